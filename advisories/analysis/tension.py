"""The tension of a pair: a daily index from 0 to 100, recomputable from what it is printed with.

    weight    a story once, at its first telling: confidence x |score| / 10 x (1, 1, 1, 1.5, 2)[severity],
              halved for travel advice that is not given for the other state's own conduct, and divided
              by its rank among the same day's stories of the same direction and act, heaviest first
    sums      conflict (score < 0) and cooperation (score > 0), each way: every covered day takes
              the sum to a 2 ** (-1 / half_life) part of itself, then the day's weights are added;
              a day on which no source answered takes nothing
    volume    the number of stories of the pair, either way, with a half-life twelve times longer
    scale     1.5 x sqrt(1 + volume / 18): what is usual for the pair's own coverage and history
    forth     100 x K x (1 - P / 2), where K = 1 - exp(-conflict / scale), P = 1 - exp(-coop / scale)
    tension   sqrt((forth ** 2 + back ** 2) / 2)

So ten reports of one act are one act, ten acts are not ten times one act, cooperation at most halves a
direction, and a pair that is always in the news needs more of it. Why these: docs/tension.md.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from advisories.analysis.coverage import Clock

SEVERITY = (1.0, 1.0, 1.0, 1.5, 2.0)
KAPPA, LONG, VOLUME = 1.5, 12.0, 18.0
ADVICE = 0.5
DRIVERS, MARGIN, YEAR, STEP = 5, 7, 365, 7

State = tuple[float, float, float, float, float]
"""volume, conflict forth, conflict back, coop forth, coop back."""
EMPTY: State = (0.0, 0.0, 0.0, 0.0, 0.0)


class Story(NamedTuple):
    """A story as the index counts it; `forth`: in the direction in which the pair is written."""

    ref: str
    when: str
    day: date
    actor: str
    target: str
    forth: bool
    act: str
    severity: int
    score: float
    confidence: float
    political: bool
    title: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that an index rests on: stories (oldest first), covered time, who told, half-life."""

    pair: str
    stories: tuple[Story, ...]
    clock: Clock
    outlets: tuple[tuple[date, str], ...]
    half_life: float


def stories(rows: Iterable[Mapping[str, Any]], first: frozenset[str]) -> tuple[Story, ...]:
    """Timeline rows as weighed stories, oldest first; `first` are the codes of the first side."""
    raw = sorted((r["date"][:10], -_raw(r), r["ref"], n, r) for n, r in enumerate(rows))
    ranks: Counter[tuple[str, bool, str]] = Counter()
    found: list[Story] = []
    for day, size, _, _, row in raw:
        forth = row["actor"] in first
        ranks[day, forth, row["act"]] += 1
        found.append(_story(row, day, forth, -size / ranks[day, forth, row["act"]]))
    return tuple(found)


def _story(row: Mapping[str, Any], day: str, forth: bool, weight: float) -> Story:
    return Story(
        row["ref"], row["date"], date.fromisoformat(day), row["actor"], row["target"], forth,
        row["act"], row["severity"], row["score"], row["confidence"], _political(row),
        row["title"], round(weight, 6),
    )  # fmt: skip


def _political(row: Mapping[str, Any]) -> bool:
    """Advice that is given for the other state's own conduct: the coder's rule says so."""
    return row["act"].startswith("ADVISE") and "political" in row["rule"]


def _raw(row: Mapping[str, Any]) -> float:
    size: float = row["confidence"] * abs(row["score"]) / 10 * SEVERITY[row["severity"]]
    advice = row["act"].startswith("ADVISE") and not _political(row)
    return size * ADVICE if advice else size


def decay(state: State, covered: float, half_life: float) -> State:
    """The sums after so many covered days."""
    kept, long = 2 ** (-covered / half_life), 2 ** (-covered / (LONG * half_life))
    return (state[0] * long, state[1] * kept, state[2] * kept, state[3] * kept, state[4] * kept)


def add(state: State, story: Story, kept: float = 1.0, long: float = 1.0) -> State:
    """The sums with a story, of whose weight a part is left."""
    slot = (1 if story.forth else 2) + (2 if story.score > 0 else 0)
    sums = list(state)
    sums[0] += long
    if story.score:
        sums[slot] += story.weight * kept
    return (sums[0], sums[1], sums[2], sums[3], sums[4])


def scale(volume: float) -> float:
    """What the sums are divided by."""
    return KAPPA * math.sqrt(1 + volume / VOLUME)


def index(state: State) -> tuple[float, float, float]:
    """(tension, forth, back) of the sums."""
    unit = scale(state[0])
    forth = _direction(state[1] / unit, state[3] / unit)
    back = _direction(state[2] / unit, state[4] / unit)
    return math.sqrt((forth**2 + back**2) / 2), forth, back


def _direction(conflict: float, coop: float) -> float:
    hot, warm = 1 - math.exp(-conflict), 1 - math.exp(-coop)
    return 100 * hot * (1 - warm / 2)


def states(evidence: Evidence, days: Iterable[date]) -> dict[date, State]:
    """The sums at the end of each of these days, in one pass over the stories."""
    found: dict[date, State] = {}
    state, at, n = EMPTY, date.min, 0
    told = evidence.stories
    for day in sorted(set(days)):
        while n < len(told) and told[n].day <= day:
            state, at = _advance(evidence, state, at, told[n].day), told[n].day
            state, n = add(state, told[n]), n + 1
        state, at = _advance(evidence, state, at, day), max(at, day)
        found[day] = state
    return found


def _advance(evidence: Evidence, state: State, at: date, day: date) -> State:
    return decay(state, evidence.clock.between(at, day), evidence.half_life) if day > at else state


def periods(since: date, until: date, by: str) -> Iterator[tuple[date, date]]:
    """First and last day of each day, week (from Monday) or month of a time."""
    first = since
    while first <= until:
        last = min(_end(first, by), until)
        yield first, last
        first = last + timedelta(days=1)


def _end(day: date, by: str) -> date:
    if by == "week":
        return day + timedelta(days=6 - day.weekday())
    if by == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return day


def series(evidence: Evidence, since: date, until: date, by: str = "day") -> list[dict[str, Any]]:
    """Rows of `rows.TensionRow`, oldest first."""
    spans = list(periods(since, until, by))
    ends = [last for _, last in spans]
    held = states(evidence, {d for first, last in spans for d in _needed(first, last)})
    best = _drivers(evidence, ends)
    return [_row(evidence, held, span, best[span[1]]) for span in spans]


def _needed(first: date, last: date) -> Iterator[date]:
    yield first - timedelta(days=1)
    yield last
    yield last - timedelta(days=MARGIN)
    yield from _year(last)


def _year(day: date) -> list[date]:
    """A day of each week of the year before, for what is usual."""
    return [day - timedelta(days=n) for n in range(STEP, YEAR, STEP)]


def _row(
    evidence: Evidence, held: Mapping[date, State], span: tuple[date, date],
    best: Sequence[Story],
) -> dict[str, Any]:  # fmt: skip
    first, last = span
    state = held[last]
    tension, forth, back = index(state)
    born = evidence.stories[0].day if evidence.stories else last
    past = [index(held[d])[0] for d in _year(last) if d >= born]
    before = held[first - timedelta(days=1)]
    return {
        "pair": evidence.pair, "date": last.isoformat(), "tension": round(tension, 2),
        "change_7d": round(tension - index(held[last - timedelta(days=MARGIN)])[0], 2),
        "forth": round(forth, 2), "back": round(back, 2),
        "usual": round(sum(past) / len(past), 2) if past else round(tension, 2),
        **certainty(evidence, last),
        "covered_days": round(evidence.clock.between(first - timedelta(days=1), last), 4),
        "half_life": evidence.half_life, "scale": round(scale(state[0]), 6),
        "volume": round(state[0], 6), "conflict_forth": round(state[1], 6),
        "conflict_back": round(state[2], 6), "coop_forth": round(state[3], 6),
        "coop_back": round(state[4], 6), "before": [round(v, 6) for v in before],
        "drivers": [_driver(evidence, story, last) for story in best],
        "events": [_told(evidence, s, last) for s in _between(evidence, first, last)],
    }  # fmt: skip


def _between(evidence: Evidence, first: date, last: date) -> Sequence[Story]:
    left = bisect_left(evidence.stories, first, key=lambda s: s.day)
    return evidence.stories[left : bisect_right(evidence.stories, last, key=lambda s: s.day)]


def certainty(evidence: Evidence, day: date) -> dict[str, Any]:
    """How far the index can be trusted: outlets, coverage, age of the last answer.

    confidence = (1 - 2 ** -outlets) x (1 + coverage) / 2 x 2 ** (-gap_days / 14)
    """
    clock = evidence.clock
    recent = {o for d, o in evidence.outlets
              if d <= day and clock.between(d, day) <= evidence.half_life}  # fmt: skip
    coverage, gap = clock.coverage(day), clock.gap(day)
    sure = (1 - 2.0 ** -len(recent)) * (1 + coverage) / 2 * 2.0 ** (-gap / 14)
    return {"confidence": round(sure, 3), "outlets": len(recent), "coverage": round(coverage, 4),
            "gap_days": gap}  # fmt: skip


def _drivers(evidence: Evidence, ends: Sequence[date]) -> dict[date, list[Story]]:
    """The stories that weigh most on each day: all decay alike, so their order never changes."""
    clock, n = evidence.clock, 0
    found: dict[date, list[Story]] = {}
    ranked: list[tuple[float, int]] = []
    for end in ends:
        while n < len(evidence.stories) and evidence.stories[n].day <= end:
            story = evidence.stories[n]
            if story.weight:
                rank = math.log2(story.weight) + clock.time(story.day) / evidence.half_life
                ranked = sorted([*ranked, (-rank, n)])[:DRIVERS]
            n += 1
        found[end] = [evidence.stories[number] for _, number in ranked]
    return found


def _driver(evidence: Evidence, story: Story, day: date) -> dict[str, Any]:
    left = story.weight * 2 ** (-evidence.clock.between(story.day, day) / evidence.half_life)
    return {"ref": story.ref, "date": story.when, "actor": story.actor, "target": story.target,
            "act": story.act, "title": story.title, "left": round(left, 4)}  # fmt: skip


def _told(evidence: Evidence, story: Story, day: date) -> dict[str, Any]:
    return {
        "ref": story.ref, "date": story.when, "actor": story.actor, "target": story.target,
        "forth": story.forth, "act": story.act, "severity": story.severity, "score": story.score,
        "confidence": story.confidence, "political": story.political, "weight": story.weight,
        "age": round(evidence.clock.between(story.day, day), 4),
    }  # fmt: skip
