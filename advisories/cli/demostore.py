"""The demo store: the bundled recording, replayed once into the cache folder.

Its name carries a fingerprint of the recording and of the program, so that a new version builds its
own and an old one is not read by mistake.
"""

import hashlib
import os
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from advisories.errors import StoreError

CLOCK = datetime(2025, 1, 1, tzinfo=UTC)
"""The demo's now: the recording tells November and December 2024."""


def recording() -> bytes:
    """The bundled recording (WARC, uncompressed)."""
    return files("advisories").joinpath("data", "demo.warc").read_bytes()


def _folder(env: Mapping[str, str]) -> Path:
    home = env.get("HOME") or os.path.expanduser("~")
    return Path(env.get("XDG_CACHE_HOME") or str(Path(home) / ".cache")) / "advisories"


def path(env: Mapping[str, str]) -> Path:
    """Where the demo store of this version is, or will be."""
    from advisories import __version__
    from advisories.coding import VERSION as CODER

    package = files("advisories").joinpath("data", "demo.warc")
    with as_file(package) as file:
        stamp = f"{file.stat().st_size}.{int(file.stat().st_mtime)}"
    mark = hashlib.sha256(f"{__version__} {CODER} {stamp}".encode()).hexdigest()[:10]
    return _folder(env) / f"demo-{mark}.db"


def ensure(env: Mapping[str, str]) -> Path:
    """The demo store, built if it is not there yet.

    Raises:
        StoreError: the cache folder cannot be written.
    """
    store = path(env)
    if not store.is_file():
        try:
            store.parent.mkdir(parents=True, exist_ok=True)
            _build(store)
        except OSError as error:
            raise StoreError(f"cannot build the demo store in {store.parent}: {error}") from None
    return store


def _build(store: Path) -> None:
    """In a folder beside it, then moved: two at once do no harm, an interrupt leaves nothing."""
    from advisories.fetching import recordings
    from advisories.pipeline.replay import replay
    from advisories.sources import all_sources, for_url
    from advisories.store import closed_file, writable

    known = all_sources().values()
    with TemporaryDirectory(dir=store.parent) as folder:
        tape, draft = Path(folder) / "demo.warc", Path(folder) / "demo.db"
        tape.write_bytes(recording())
        with closing(writable(draft)) as conn:
            replay(conn, recordings.read([tape]), lambda url: for_url(url, known))
            closed_file(conn)
        os.replace(draft, store)
