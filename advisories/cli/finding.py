"""The sources of a run: the built-in ones, the configuration's, a file's, installed packages'."""

from collections.abc import Callable, Mapping
from pathlib import Path

from advisories.cli.context import Session
from advisories.model import Source


def everything(session: Session, own: Path | None = None) -> dict[str, Source]:
    """All sources by id; a person's own table replaces a built-in one of the same name.

    Raises:
        ConfigError: a table is broken.
    """
    from advisories.sources import all_sources, feeds
    from advisories.sources.own import from_table

    found = all_sources()
    readers: Mapping[str, Source] = dict(found)
    tables = [
        (name, table, str(session.config.path)) for name, table in session.config.feeds.items()
    ]
    if own is not None:
        tables += [(name, table, str(own)) for name, table in feeds.read_file(own).items()]
    for name, table, where in tables:
        found[name] = from_table(name, table, where, readers)
    return found


def finder(session: Session, own: Path | None = None) -> Callable[[str], Source | None]:
    """A function from a document's address to its source."""
    from advisories.sources import for_url

    known = everything(session, own)
    exact = {s.url: s for s in known.values() if s.reader or s.allow_origin or s.kind != "advisory"}

    def find(url: str) -> Source | None:
        return exact.get(url) or for_url(url, known.values())

    return find
