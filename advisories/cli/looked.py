"""What this user has seen already: for `changes --since last`, by name of the question.

A small file beside the user's other state, never in the store: reading writes no store.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from advisories.cli.context import Session
from advisories.errors import AdvisoriesError


def path(env: Mapping[str, str]) -> Path:
    """advisories/last.json below $XDG_STATE_HOME or ~/.local/state."""
    home = env.get("HOME") or os.path.expanduser("~")
    base = env.get("XDG_STATE_HOME") or str(Path(home) / ".local" / "state")
    return Path(base) / "advisories" / "last.json"


def name(session: Session, to: str | None, issuer: str | None, kind: str | None) -> str:
    """The question: "@mine", or what else was asked, of which store."""
    parts = [to or "", issuer or "", kind or ""]
    return f"{session.db.resolve()} {'|'.join(parts).rstrip('|')}"


def _read(file: Path) -> dict[str, int]:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in held.items() if isinstance(v, int)} if isinstance(held, dict) else {}


def last(session: Session, question: str) -> int:
    """The number of the last attempt that this question has seen; 0 at first."""
    return _read(path(session.env)).get(question, 0)


def remember(session: Session, question: str, attempt: int) -> None:
    """Note it, in one step that cannot leave half a file.

    Raises:
        AdvisoriesError: the state folder cannot be written.
    """
    file = path(session.env)
    held = _read(file) | {question: attempt}
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(held, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(draft, file)
    except OSError as error:
        raise AdvisoriesError(f"cannot remember what you saw in {file}: {error.strerror}") from None
