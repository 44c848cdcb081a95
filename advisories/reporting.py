"""The report over a store: reads all that it shows, hands it to `output.report`."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from advisories import indexing
from advisories.errors import UsageError
from advisories.places import countries
from advisories.places.pairs import ANY, Pair
from advisories.places.scope import Reach, reaches
from advisories.store.reading import origins
from advisories.store.reading.changes import REAL
from advisories.store.reading.standing import newest, stale
from advisories.store.reading.timeline import Filters, near, timeline, total
from advisories.times import iso

if TYPE_CHECKING:
    from advisories.api import Store
    from advisories.output.report import Report

WORLD = "world"
LINES, PARTNERS, PAIRS = 5, 10, 20
SPAN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for. `as_of` None: all that the store knows."""

    about: str
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    min_severity: int = 0
    limit: int = 400


@dataclass(frozen=True, slots=True)
class Frame:
    """The question in the store's words: pair (None: the world), days, ranges, clock."""

    store: "Store"
    asked: Asked
    pair: Pair | None
    since: date
    until: date
    before: str
    reached: tuple[Reach, ...]

    @property
    def ends(self) -> tuple[str, ...]:
        """The codes that it is about."""
        pair = self.pair
        return tuple(code for code in (pair.first, pair.second) if code) if pair else ()

    @property
    def past(self) -> bool:
        """Whether it is of a day before the store's present."""
        return bool(self.before) and self.before <= iso(self.store.now)[:10]


def gather(store: "Store", asked: Asked, command: str) -> "Report":
    """All that a report shows.

    Args:
        store: open, with its own clock.
        asked: about what, and of which days.
        command: what makes the report again (the page names it).

    Raises:
        UsageError: neither a pair, a place nor "world", or days in the wrong order.
    """
    from advisories import __version__
    from advisories.output.report import Made, Report

    frame = _frame(store, asked)
    heard, coders = origins.behind(store.conn, frame.reached, frame.before)
    changed, levels = _changes(frame), _levels(frame)
    own = _own(frame)
    used = {*heard, *(r["source"] for r in (*changed, *levels, *own))}
    answered = newest(store.conn, store.now, frame.before)
    filters, ranking = _filters(frame), _ranking(frame)
    index = _index(frame, ranking)
    driving = [d["ref"] for rows in index[:1] for d in rows[-1]["drivers"]]
    return Report(
        about=asked.about if frame.pair is None else "-".join(frame.ends),
        places=frame.ends, since=frame.since, until=frame.until,
        known=f"{asked.as_of}" if frame.past else iso(store.now), index=index,
        standing=_standing(levels, frame),
        timeline=list(timeline(store.conn, frame.reached, filters)),
        total=total(store.conn, frame.reached, filters), changes=changed, levels=levels, own=own,
        ranking=ranking, sources=_sources(frame, used),
        told=origins.told(store.conn, driving),
        made=Made(__version__, coders, answered, command, store.half_life_days),
    )  # fmt: skip


def _filters(frame: Frame) -> Filters:
    asked = frame.asked
    return Filters(min_severity=asked.min_severity, seen_before=frame.before, limit=asked.limit)


def _frame(store: "Store", asked: Asked) -> Frame:
    pair = _pair(store, asked.about)
    today = store.now.date()
    until = min(d for d in (asked.until, asked.as_of, today) if d is not None)
    since = asked.since or _start(store, asked, until)
    if since > until:
        raise UsageError(f"the report would end on {until}, before it begins on {since}")
    before = (asked.as_of + timedelta(days=1)).isoformat() if asked.as_of else ""
    end = (until + timedelta(days=1)).isoformat()
    whole = (Reach(None, None, since.isoformat(), end),)
    reached = reaches([pair], since, until) if pair else whole
    return Frame(store, asked, pair, since, until, before, reached)


def _start(store: "Store", asked: Asked, until: date) -> date:
    """90 days before the last day of an answer."""
    time = indexing.covered(store, asked.as_of, until)
    return indexing.last_heard(time, until) - SPAN


def _pair(store: "Store", about: str) -> Pair | None:
    if about.strip().lower() == WORLD:
        return None
    pair = store.scope(about).single
    if pair is None:
        raise UsageError(f"{about}: a report is of one pair, one place, or {WORLD}")
    return replace(pair, second=None) if pair.second == ANY else pair


def _index(frame: Frame, ranking: list[Any]) -> list[Any]:
    """One series for a pair or a place; of the world those of the most tense pairs."""
    store, asked = frame.store, frame.asked
    tense = [row["pair"] for row in ranking[:LINES]]
    names = tense if frame.pair is None else ["-".join(frame.ends)]
    return [
        store.tension(name, since=frame.since, until=frame.until, as_of=asked.as_of)
        for name in names
    ]


def _changes(frame: Frame) -> list[Any]:
    """Real changes and new advice of the time, newest first."""
    store, pair = frame.store, frame.pair
    about = ["-".join(frame.ends)] if pair else []
    rows: list[Any] = list(store.changes(
        since=frame.since, as_of=_earlier(frame), to=about, kinds=(*REAL, "first"),
        every=pair is not None,
    ))  # fmt: skip
    begun = {s: origins.first_answer(store.conn, s)[:10] for s in {r["source"] for r in rows}}
    return [r for r in rows if r["kind"] != "first" or _is_new(r, begun[r["source"]])]


def _earlier(frame: Frame) -> date:
    return min(frame.until, frame.asked.as_of or frame.until)


def _is_new(row: Any, begun: str) -> bool:
    """Advice given after its source was first read: news, not the store's beginning."""
    return row["destination"] is not None and (row["published"] or "") > begun


def _levels(frame: Frame) -> list[Any]:
    """The matrix's: all issuers on what the report is about."""
    codes = sorted({c for end in frame.ends for c in (end, *countries.members(end, frame.until))})
    return list(frame.store.levels(codes, as_of=frame.asked.as_of))


def _own(frame: Frame) -> list[Any]:
    if len(frame.ends) != 1:
        return []
    return list(frame.store.levels(issuers=frame.ends, as_of=frame.asked.as_of))


def _standing(levels: list[Any], frame: Frame) -> list[Any]:
    """What stands between the two of a pair."""
    if len(frame.ends) != 2:
        return []
    ways = [frame.ends, frame.ends[::-1]]
    return [r for way in ways for r in levels if (r["issuer"], r["destination"]) == way]


def _ranking(frame: Frame) -> list[Any]:
    store, as_of = frame.store, frame.asked.as_of
    if frame.pair is None:
        return list(store.pairs(limit=PAIRS, as_of=as_of))
    if frame.pair.second is not None:
        return []
    first = frame.pair.first
    around = near(store.conn, first, PARTNERS)
    rows = [indexing.now_of(store, Pair(first, r["place"]), as_of) for r in around]
    return sorted((r for r in rows if r["tension"]), key=lambda r: (-r["tension"], r["pair"]))


def _sources(frame: Frame, used: set[str]) -> list[Any]:
    """The sources, those that need care first within a kind's order as `status` has it."""
    store = frame.store
    states = {} if frame.past else {r["source"]: r["state"] for r in store.status()}
    rows = origins.sources(store.conn, used, frame.before)
    return [r | {"state": states.get(r["id"]) or _state(r, store.now)} for r in rows]


def _state(row: Any, now: datetime) -> str:
    """Of a day in the past: what is known of it."""
    if row["last_good"] is None:
        return "never"
    return "stale" if stale(row["last_good"], row["hours"], now) else "ok"
