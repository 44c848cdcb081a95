"""One source's fetch outcome into the store: all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from advisories.errors import FetchError, ParseError, Postponed
from advisories.fetching import SKEW_WARNING, Outcome, Request, Validators, place
from advisories.model import Document, Source
from advisories.pipeline.ingest import ingest, unchanged
from advisories.pipeline.reading import document_name
from advisories.store import Connection, savepoint, transaction, writing
from advisories.store.items import Reading, Seen, last_reading
from advisories.store.replaying import payload, remembered
from advisories.times import from_iso


@dataclass(slots=True)
class Fetched:
    """What a source's fetch came to: one line at the end.

    `state`: ok, partial, unchanged, failed, postponed.
    """

    source: Source
    state: str = "ok"
    items: int = 0
    new: int = 0
    changed: int = 0
    documents: int = 0
    failures: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_before: datetime | None = None


def request(
    conn: Connection | None, source: Source, now: datetime, *, force: bool, named: bool
) -> Request | None:
    """What to ask of a source, given what the store remembers of it; None: it is not due.

    A named source is asked at once, unless a 429 or 503 stands against it; others in their own
    rhythm. `force` asks anew, in full, whatever stands.
    """
    if conn is None or force:
        return Request(source)
    held = remembered(conn, source.id)
    wait = from_iso(held.not_before) if held.not_before else None
    if wait is None and not named and held.last_good and now < _due(source, held.last_good):
        return None
    validators = {place(url): Validators(*v) for url, v in held.validators.items()}
    return Request(source, validators, held.known, wait)


def _due(source: Source, last_good: str) -> datetime:
    """A quarter of the rhythm after the last good answer: a cron job a little early still asks."""
    from datetime import timedelta

    return from_iso(last_good) + timedelta(hours=source.hours) / 4


def store(conn: Connection, source: Source, outcome: Outcome, now: datetime) -> Fetched:
    """Everything that one source's fetch brought, in one transaction."""
    result = Fetched(source, notices=[*outcome.notices, *_skewed(outcome)])
    with transaction(conn):
        writing.save_source(conn, source, now)
        for document in _pages_first(outcome.documents):
            _document(conn, source, document, result)
        for url in outcome.unchanged:
            _unchanged(conn, source, url, now, result)
        for error in outcome.failures:
            _failure(conn, source, error, now, result, outcome.asked)
    result.state = _state(result, outcome)
    return result


def _skewed(outcome: Outcome) -> list[str]:
    """One warning if the server's clock and ours are more than five minutes apart."""
    skew = outcome.clock_skew
    if skew is None or abs(skew) <= SKEW_WARNING:
        return []
    minutes = round(skew.total_seconds() / 60)
    side = "ahead of" if minutes > 0 else "behind"
    return [f"its clock is {abs(minutes)} min {side} ours; one of the two is wrong"]


def _pages_first(documents: tuple[Document, ...]) -> Iterator[Document]:
    """The pages before their index, so that the index finds what it lists."""
    yield from documents[1:]
    yield from documents[:1]


def _document(conn: Connection, source: Source, document: Document, result: Fetched) -> None:
    try:
        with savepoint(conn):
            attempt, number = writing.save_answer(conn, source.id, document)
            reading = ingest(conn, source, document, attempt, number)
    except ParseError as error:
        writing.save_refused(conn, source.id, document, str(error))
        result.failures.append(str(error))
        return
    _add(result, reading)


def _add(result: Fetched, reading: Reading) -> None:
    result.documents += 1
    result.items += reading.items
    result.new += reading.new
    result.changed += reading.changed
    result.notes += reading.notes
    if reading.state == "partial":
        result.problems.append(reading.problem)


def _unchanged(conn: Connection, source: Source, url: str, now: datetime, result: Fetched) -> None:
    before, reading = again(conn, source, url, now)
    result.items += before
    if reading is not None:
        _add(result, replace(reading, items=0))


def again(conn: Connection, source: Source, url: str, at: datetime) -> tuple[int, Reading | None]:
    """A 304: the items of the last body, and its reading if something waited for a second look."""
    attempt = writing.save_unchanged(conn, source.id, url, at)
    doc = document_name(url)
    before = last_reading(conn, source.id, doc)
    if before is None:
        return 0, None
    if not unchanged(conn, Seen(source, attempt, doc, at)):
        return before[0], None
    document = Document(url, 200, payload(conn, before[1]), at)
    return before[0], ingest(conn, source, document, attempt, before[1])


def _failure(
    conn: Connection, source: Source, error: FetchError, now: datetime,
    result: Fetched, asked: int,
) -> None:  # fmt: skip
    if isinstance(error, Postponed):
        result.not_before = error.not_before
        if not asked:  # the wait that stands already is in the log
            return
    writing.save_failure(conn, source.id, error, now)
    result.failures.append(str(error))


def _state(result: Fetched, outcome: Outcome) -> str:
    if result.not_before is not None and not result.documents:
        return "failed" if outcome.asked else "postponed"
    if result.failures and not result.documents and not outcome.unchanged:
        return "failed"
    if result.failures or result.problems:
        return "partial"
    return "ok" if result.documents else "unchanged"
