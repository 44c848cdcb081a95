"""Everything derived, made again from payloads, attempts and decisions, offline."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from advisories.errors import ConfigError, ParseError
from advisories.model import Document, Source
from advisories.pipeline.ingest import ingest, unchanged
from advisories.pipeline.reading import document_name
from advisories.store import (
    Connection,
    copy_to,
    read_only,
    remake_derived,
    savepoint,
    transaction,
    writable,
)
from advisories.store.items import Seen, last_reading
from advisories.store.replaying import Attempt, attempts, definitions, events, payload
from advisories.times import from_iso

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that a rebuild would add, drop or code otherwise."""

    what: str  # appears, vanishes, moves
    ref: str
    actor: str
    target: str
    act: str
    before: str
    after: str


def sources_of(conn: Connection, known: Mapping[str, Source]) -> dict[str, Source]:
    """The sources of a store: today's readers, with the definitions that were in use."""
    from advisories.sources.own import from_table

    found: dict[str, Source] = {}
    for source_id, body in definitions(conn):
        table = json.loads(body)
        if source_id in known:
            found[source_id] = known[source_id]
            continue
        kept = {k: v for k, v in table.items() if v not in (None, "")}
        try:
            found[source_id] = from_table(source_id, kept, "the store", known)
        except ConfigError:  # its reader is no longer there: the rows of truth stay
            continue
    return found


def rebuild(
    conn: Connection, known: Mapping[str, Source], progress: Progress = lambda n, of: None
) -> int:
    """Re-derive the whole store in one transaction; the number of answers read."""
    with transaction(conn):
        sources = sources_of(conn, known)
        remake_derived(conn)
        _save_sources(conn, sources)
        todo = list(attempts(conn))
        for n, attempt in enumerate(todo):
            source = sources.get(attempt.source)
            if source is not None:
                _redo(conn, source, attempt)
            progress(n + 1, len(todo))
    return len(todo)


def _save_sources(conn: Connection, sources: Mapping[str, Source]) -> None:
    from advisories.store.writing import save_row

    for source in sorted(sources.values(), key=lambda s: s.id):
        save_row(conn, source)


def _redo(conn: Connection, source: Source, attempt: Attempt) -> None:
    if attempt.outcome == "unchanged":
        _redo_unchanged(conn, source, attempt)
        return
    document = _document(conn, attempt)
    if document is None or attempt.payload is None:
        return
    with suppress(ParseError), savepoint(conn):
        ingest(conn, source, document, attempt.id, attempt.payload)


def _redo_unchanged(conn: Connection, source: Source, attempt: Attempt) -> None:
    doc = document_name(attempt.url)
    seen = Seen(source, attempt.id, doc, from_iso(attempt.at))
    if unchanged(conn, seen):
        before = last_reading(conn, source.id, doc)
        if before:
            same = replace(attempt, payload=before[1])
            _redo(conn, source, replace(same, outcome="answered"))


def _document(conn: Connection, attempt: Attempt) -> Document | None:
    if attempt.payload is None:
        return None
    body = payload(conn, attempt.payload)
    headers: dict[str, str] = json.loads(attempt.headers or "{}")
    return Document(attempt.url, attempt.status or 200, body, from_iso(attempt.at), headers,
                    attempt.final_url or "")  # fmt: skip


def differences(path: Path, known: Mapping[str, Source], scratch: Path) -> Iterator[Difference]:
    """What a rebuild of the store at `path` would change, tried on a copy at `scratch`."""
    copy_to(path, scratch)
    with closing(writable(scratch)) as copy:
        rebuild(copy, known)
        after = events(copy)
    with closing(read_only(path)) as conn:
        before = events(conn)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            what = "moves" if old and new else "appears" if new else "vanishes"
            yield Difference(what, *key, old or "", new or "")
