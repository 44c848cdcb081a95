"""One read body into the store: what is new, what changed, what it means.

Runs inside the caller's transaction, with the document's own time as the clock, so that a fetch, a
replay and a rebuild do the same.
"""

from dataclasses import dataclass

from advisories.analysis import judge
from advisories.coding import code, read_advice
from advisories.model import Advice, Coding, Document, Item, Source, Text
from advisories.pipeline import absence, reading
from advisories.pipeline.levels import settle
from advisories.pipeline.tell import item_kind, tell
from advisories.store import Connection
from advisories.store import items as shelf
from advisories.store.items import ItemRow, Reading, Seen
from advisories.store.levels import mark_bulk
from advisories.times import iso


@dataclass(slots=True)
class Count:
    """Running counts of one body."""

    new: int = 0
    changed: int = 0
    stale: int = 0
    waiting: int = 0


def ingest(
    conn: Connection, source: Source, document: Document, attempt: int, payload: int
) -> Reading:
    """Store what a document holds.

    Raises:
        ParseError: the body is not this source's; nothing was written.
    """
    seen = Seen(source, attempt, reading.document_name(document.url), document.received)
    before = shelf.last_reading(conn, source.id, seen.doc)
    if before and before[1] == payload and not shelf.waiting(conn, source.id, seen.doc):
        return _again(conn, seen, before)
    body = reading.read(source, document)
    count = _store(conn, seen, body.items)
    state, problem = absence.check(conn, seen, body, before)
    mark_bulk(conn, attempt)
    result = _result(body.items, count, state, problem)
    shelf.save_reading(conn, seen, result)
    return result


def _again(conn: Connection, seen: Seen, before: shelf.Last) -> Reading:
    """The same bytes as last time: only absences grow older."""
    absence.still(conn, seen)
    return Reading(before[2], items=before[0], problem=before[3])


def unchanged(conn: Connection, seen: Seen) -> bool:
    """A 304. True if something waits for a second look, so that the last body must be read anew."""
    if shelf.waiting(conn, seen.source.id, seen.doc):
        return True
    absence.still(conn, seen)
    return False


def _result(items: tuple[Item, ...], count: Count, state: str, problem: str) -> Reading:
    places = [i for i in items if i.destination and not i.listing]
    return Reading(
        state,
        items=len(items),
        places=len(places),
        levels=sum(1 for i in places if i.level is not None and "unread" not in i.flags),
        new=count.new,
        changed=count.changed,
        problem=problem,
        notes=reading.notes(items),
    )


def _store(conn: Connection, seen: Seen, items: tuple[Item, ...]) -> Count:
    count = Count()
    rows = shelf.items(conn, seen.source.id, [i.key for i in items])
    for item in items:
        row = rows.get(item.key)
        if row is not None and (item.listing or _page_knows_better(seen, item, row)):
            continue
        _one(conn, seen, item, row, count)
    return count


def _page_knows_better(seen: Seen, item: Item, row: ItemRow) -> bool:
    """An entry of an index gives way to what the page behind it said, unless it warns of more."""
    more = item.level is not None and row.level is not None and item.level > row.level
    return "index" in item.flags and row.doc != seen.doc and not more


def _one(conn: Connection, seen: Seen, item: Item, row: ItemRow | None, count: Count) -> None:
    known = _known(row)
    item = judge.keep_known_level(item, known)
    verdict = judge.judge(item, known, seen.at)
    if row is not None and verdict.verdict in ("same", "stale", "pending", "reissued"):
        _no_new_state(conn, seen, item, row, verdict)
        count.stale += verdict.verdict == "stale"
        count.waiting += verdict.verdict == "pending"
        return
    count.new += row is None
    count.changed += row is not None
    _new_state(conn, seen, item, row, known)


def _known(row: ItemRow | None) -> judge.Known | None:
    if row is None:
        return None
    waits = judge.Pending(*row.pending) if row.pending else None
    return judge.Known(row.digest, row.level, row.regional_max, row.published, waits)


def _no_new_state(
    conn: Connection, seen: Seen, item: Item, row: ItemRow, verdict: judge.Judgement
) -> None:
    if verdict.verdict == "reissued":
        settle(conn, seen, item, None, _known(row))
        shelf.redate(conn, row.id, item.published)
        return
    waits = (verdict.pending.level, verdict.pending.since) if verdict.pending else None
    if waits != row.pending:
        shelf.wait(conn, row.id, waits)


def _new_state(
    conn: Connection, seen: Seen, item: Item, row: ItemRow | None,
    known: judge.Known | None,
) -> None:  # fmt: skip
    number = row.id if row else shelf.add_item(conn, seen, item)
    count = row.count + 1 if row else 1
    coding = _code(seen.source, item)
    advices = _advices(seen.source, item)
    told = item_kind(seen.source, bool(advices)), coding.countries
    observation = shelf.observe(conn, seen, item, (number, count), judge.digest(item), told)
    kind = settle(conn, seen, item, observation, known, advices)
    tell(conn, seen, item, (observation, number), coding, kind, advices)


def _advices(source: Source, item: Item) -> tuple[Advice, ...]:
    """Advice out of a statement's words; a notice whose title says all is read by its source."""
    if not source.prose:
        return ()
    if item.destination and item.level and source.issuer:
        return (
            Advice(source.issuer, item.destination, item.level, item.regional_max, item.reasons,
                   item.level_text),
        )  # fmt: skip
    return read_advice(_text(source, item))


def _text(source: Source, item: Item) -> Text:
    day = iso(item.published)[:10] if item.published else ""
    return Text(
        title=item.title,
        summary=item.summary,
        lang=item.lang or source.lang,
        date=day,
        issuer=source.issuer or "",
    )


def _code(source: Source, item: Item) -> Coding:
    """A structured advisory is its own event; only free text is read by the coder."""
    if item.destination and not source.prose:
        places = tuple(c for c in (source.issuer, item.destination) if c)
        return Coding(item.lang or source.lang, None, places, ())
    return code(_text(source, item))
