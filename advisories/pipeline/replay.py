"""Recordings through the same pipeline, with each record's own date as the clock."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from advisories.errors import ParseError
from advisories.fetching import NotModified, Unread
from advisories.model import Document, Source
from advisories.pipeline.ingest import ingest
from advisories.pipeline.sync import again
from advisories.store import Connection, savepoint, transaction, writing

Find = Callable[[str], Source | None]
Progress = Callable[[int], None]


@dataclass(slots=True)
class Replayed:
    """What came of a replay: counts over all records, and refusals by source."""

    records: int = 0
    unknown: int = 0
    answers: int = 0
    items: int = 0
    new: int = 0
    changed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    partial: Counter[str] = field(default_factory=Counter)
    why: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def replay(
    conn: Connection, documents: Iterable[Document | NotModified | Unread], find: Find,
    progress: Progress = lambda n: None,
) -> Replayed:  # fmt: skip
    """Store recorded answers, each in a transaction of its own, oldest first.

    Args:
        conn: a writable store.
        documents: in order of time.
        find: the source whose address this is, or None: such records are counted and skipped.
        progress: called with the number of records so far.
    """
    done = Replayed()
    for document in documents:
        done.records += 1
        progress(done.records)
        source = find(document.url)
        if source is None:
            done.unknown += 1
            continue
        with transaction(conn):
            if source.id not in done.sources:
                writing.save_source(conn, source, document.received)
                done.sources.add(source.id)
            _one(conn, source, document, done)
    return done


def _one(
    conn: Connection, source: Source, answer: Document | NotModified | Unread,
    done: Replayed,
) -> None:  # fmt: skip
    if isinstance(answer, Document):
        _document(conn, source, answer, done)
    elif isinstance(answer, NotModified):
        again(conn, source, answer.url, answer.received)
    else:
        writing.save_failure(conn, source.id, answer.error, answer.received)
        done.refused[source.id] += 1
        done.why[source.id] = str(answer.error)


def _document(conn: Connection, source: Source, document: Document, done: Replayed) -> None:
    try:
        with savepoint(conn):
            attempt, payload = writing.save_answer(conn, source.id, document)
            if document.status != 200:
                raise ParseError(f"HTTP status {document.status}")
            reading = ingest(conn, source, document, attempt, payload)
    except ParseError as error:
        writing.save_refused(conn, source.id, document, str(error))
        done.refused[source.id] += 1
        done.why[source.id] = str(error)
        return
    done.answers += 1
    done.items += reading.items
    done.new += reading.new
    done.changed += reading.changed
    if reading.state == "partial":
        done.partial[source.id] += 1
        done.why[source.id] = reading.problem
    if reading.notes:
        done.notes[source.id] = reading.notes
