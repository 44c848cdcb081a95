"""Text to a file or to stdout: whole or not at all."""

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from advisories.cli.context import Session
from advisories.errors import AdvisoriesError


def write(session: Session, text: str, target: str | None) -> None:
    """Write to a file, or to stdout for "-" or None.

    A file is written beside its place and then moved there, so that a reader never meets half of
    it; what is no plain file (a device, a pipe) is written to.

    Raises:
        AdvisoriesError: it cannot be written.
    """
    if target in (None, "-"):
        _stdout(session, text)
        return
    path = Path(str(target)).expanduser()
    try:
        _file(path, text.encode("utf-8"))
    except OSError as error:
        raise AdvisoriesError(f"cannot write {path}: {error.strerror or error}") from None


def _stdout(session: Session, text: str) -> None:
    """UTF-8, whatever the locale: the text says so of itself."""
    buffer = getattr(session.stdout, "buffer", None)
    if buffer is None:
        session.stdout.write(text)
        return
    session.stdout.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()


def _file(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    real = path.resolve()
    with NamedTemporaryFile(dir=real.parent, prefix=f".{real.name}.", delete=False) as draft:
        try:
            draft.write(data)
            draft.close()
            _mode(Path(draft.name), real)
            os.replace(draft.name, real)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _mode(draft: Path, real: Path) -> None:
    """The rights of the file that is replaced, or those of any new file."""
    if real.exists():
        draft.chmod(real.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    draft.chmod(0o666 & ~mask)


def is_terminal(session: Session) -> bool:
    """Whether stdout is a person's screen."""
    return session.stdout.isatty() and session.stdout is sys.stdout
