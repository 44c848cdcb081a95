"""The index over a store: reads what it rests on, hands it to `analysis.tension`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from advisories.analysis import tension as index
from advisories.analysis.coverage import Clock, clock
from advisories.errors import UsageError
from advisories.places.pairs import Pair, text_of
from advisories.places.scope import Reach, reaches, sides
from advisories.rows import PairRow, fields
from advisories.store.reading import series

if TYPE_CHECKING:
    from advisories.api import Day, Store

BY = ("day", "week", "month")
CANDIDATES, LEAST = 2, 45
"""For a ranking of n, so many times n pairs are looked at, and at least so many: those that come first
by the sums of their days, which rank nearly as their stories do."""
RECENT, WEEK = timedelta(days=30), timedelta(days=index.MARGIN)


def tension(
    store: "Store", about: str, since: "Day", until: "Day", by: str, as_of: "Day"
) -> list[dict[str, Any]]:
    """Rows of `rows.TensionRow`; see `Store.tension`.

    Raises:
        UsageError: a list, or no such period.
    """
    if by not in BY:
        raise UsageError(f"--by must be one of {', '.join(BY)}, not {by!r}")
    pair = store.scope(about).single
    if pair is None:
        raise UsageError(f"{about}: the index is of one pair; ask for each of the list")
    end = _end(store, until, as_of)
    time = covered(store, as_of, end)
    start = store.day(since) or last_heard(time, end) - timedelta(days=90)
    held = evidence(store, pair, time, as_of, (start, end))
    return index.series(held, start, end, by)


def last_heard(time: Clock, end: date) -> date:
    """The last day on which a source answered, up to a day."""
    return end - timedelta(days=time.gap(end)) if end >= time.start else end


def _end(store: "Store", until: "Day", as_of: "Day") -> date:
    days = [d for d in (store.last_day(until), store.last_day(as_of)) if d is not None]
    return min(days, default=store.now.date())


def covered(store: "Store", as_of: "Day", end: date) -> Clock:
    """The clock of a store, as known on a day."""
    answered = series.answered(store.conn, _before(store, as_of))
    start = date.fromisoformat(answered[0][0]) if answered else end
    return clock(answered, start, max(start, end))


def _before(store: "Store", as_of: "Day") -> str:
    day = store.last_day(as_of)
    return (day + timedelta(days=1)).isoformat() if day else ""


def evidence(
    store: "Store", pair: Pair, time: Clock, as_of: "Day", span: tuple[date, date]
) -> index.Evidence:
    """All that a pair's index rests on, on the days from one to another."""
    reached = reaches([pair], None, span[1])
    recent = reaches([pair], _covered_before(time, span[0], store.half_life_days, 0), span[1])
    before = _before(store, as_of)
    first, second = sides(pair)
    rows = series.stories(store.conn, reached, before)
    told = index.stories([r for r in rows if _between(r, first, second)], first)
    return index.Evidence(
        text_of(pair), told, time, _outlets(store, recent, before), store.half_life_days
    )


def _between(row: dict[str, Any], first: frozenset[str], second: frozenset[str]) -> bool:
    """From one side to the other: acts among a bloc's own members are not the bloc's."""
    ends = row["actor"], row["target"]
    if not second:
        return (ends[0] in first) != (ends[1] in first)
    return (ends[0] in first and ends[1] in second) or (ends[1] in first and ends[0] in second)


def _outlets(store: "Store", reached: Sequence[Reach], before: str) -> tuple[tuple[date, str], ...]:
    rows = series.outlets(store.conn, reached, before)
    return tuple((date.fromisoformat(day), outlet) for day, outlet in rows)


def pairs(store: "Store", rising: bool, limit: int, as_of: "Day") -> list[dict[str, Any]]:
    """Rows of `rows.PairRow`; see `Store.pairs`."""
    end = _end(store, None, as_of)
    time = covered(store, as_of, end)
    found = _likely(store, time, end, rising)
    if limit >= 0:
        found = found[: max(LEAST, CANDIDATES * limit)]
    rows = [_pair(store, pair, time, as_of, end) for pair in found]
    key = "change_7d" if rising else "tension"
    keys = fields(PairRow)
    kept = [{k: r[k] for k in keys} for r in rows if r["tension"] > 0 and r[key] > 0]
    kept.sort(key=lambda r: (-r[key], r["pair"]))
    return kept[: limit if limit >= 0 else None]


def _likely(store: "Store", time: Clock, end: date, rising: bool) -> list[Pair]:
    """Pairs of countries in the order of an index (or its rise) made from their days' sums alone."""
    sums = _sums(store, time, end)
    volumes = series.volumes(store.conn)
    found: list[tuple[float, str, str]] = []
    for a, b in {(min(ends), max(ends)) for ends in sums}:
        forth, back = sums.get((a, b), (0.0,) * 4), sums.get((b, a), (0.0,) * 4)
        volume = volumes.get((a, b), 0) + volumes.get((b, a), 0)
        now, then = (index.index((volume, forth[n], back[n], forth[n + 1], back[n + 1]))[0]
                     for n in (0, 2))  # fmt: skip
        found.append((then - now if rising else -now, a, b))
    return [Pair(a, b) for size, a, b in sorted(found) if size < 0]


def _sums(store: "Store", time: Clock, end: date) -> dict[tuple[str, str], tuple[float, ...]]:
    """(conflict, cooperation) of each direction as it is now, and as it was a week before."""
    first = _covered_before(time, last_heard(time, end), 6 * store.half_life_days, 0)
    days = [end - timedelta(days=n) for n in range((end - first).days + 1)]
    kept = [(d.isoformat(), _left(store, time, d, end), _left(store, time, d, end - WEEK))
            for d in days]  # fmt: skip
    found: dict[tuple[str, str], tuple[float, ...]] = {}
    for actor, target, severity, *scores in series.sums(store.conn, kept):
        before = found.get((actor, target), (0.0,) * 4)
        size = index.SEVERITY[severity] / 10
        found[actor, target] = tuple(
            old + size * abs(score) for old, score in zip(before, scores, strict=True)
        )
    return found


def _left(store: "Store", time: Clock, day: date, end: date) -> float:
    """How much of a day's weight is left at the end of another day."""
    return 2.0 ** (-time.between(day, end) / store.half_life_days) if day <= end else 0.0


def _covered_before(time: Clock, until: date, days: float, least: int = 365) -> date:
    """A day from which on at least so many covered days passed, and at least `least` days."""
    day = until - timedelta(days=least)
    while day > time.start and time.between(day, until) < days:
        day -= timedelta(days=30)
    return day if day > time.start else date(1990, 1, 1)


def _pair(store: "Store", pair: Pair, time: Clock, as_of: "Day", end: date) -> dict[str, Any]:
    held = evidence(store, pair, time, as_of, (end, end))
    (row,) = index.series(held, end, end)
    top = row["drivers"][0] if row["drivers"] else {"title": "", "ref": ""}
    since = last_heard(time, end) - RECENT
    return {
        **row,
        "stories": sum(1 for s in held.stories if s.day > since),
        "last": held.stories[-1].day.isoformat() if held.stories else None,
        "top": top["title"],
        "ref": top["ref"],
    }


def now_of(store: "Store", pair: Pair, as_of: "Day" = None) -> dict[str, Any]:
    """A pair's index today, as one row."""
    end = _end(store, None, as_of)
    return _pair(store, pair, covered(store, as_of, end), as_of, end)


def instant(day: str) -> datetime:
    """Midnight (UTC) of a day."""
    return datetime.fromisoformat(day + "T00:00:00+00:00")
