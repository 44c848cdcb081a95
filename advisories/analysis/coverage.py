"""The clock by which the index decays: days count as far as the sources answered on them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WEEK = 7


@dataclass(frozen=True, slots=True)
class Clock:
    """Covered time. `shares` holds the coverage (0..1) of each day from `start` on."""

    start: date
    shares: tuple[float, ...]
    sums: tuple[float, ...]
    heard: tuple[int, ...]
    """For each day, the number of days since any source answered."""

    def _at(self, day: date) -> int:
        return min((day - self.start).days, len(self.shares) - 1)

    def time(self, day: date) -> float:
        """Covered days from the start to the end of this day."""
        at = self._at(day)
        return self.sums[at] if at >= 0 else 0.0

    def between(self, after: date, until: date) -> float:
        """Covered days after one day, up to the end of another."""
        return self.time(until) - self.time(after)

    def coverage(self, day: date, days: int = 30) -> float:
        """Mean share of the sources that answered in the last `days` days."""
        return self.between(day - timedelta(days=days), day) / days

    def gap(self, day: date) -> int:
        """Days since any source answered; since the start if none ever did."""
        at = self._at(day)
        return self.heard[at] + (day - self.start).days - at if at >= 0 else 0


def clock(answered: Iterable[tuple[str, str]], start: date, end: date) -> Clock:
    """The clock of a store (its news and official feeds; its lists of advice if it has no others).

    A day's share is the number of sources that answered on it over the number that answered on any
    of the seven days up to it: 1 with a daily fetch, 0 where nothing could be asked.

    Args:
        answered: (day, source) of good answers, "2024-12-11".
        start: first day, before the first story.
        end: last day.
    """
    by_day: dict[str, set[str]] = defaultdict(set)
    for told, source in answered:
        by_day[told].add(source)
    shares, heard, since = [], [], 0
    for n in range((end - start).days + 1):
        day = start + timedelta(days=n)
        here = by_day.get(day.isoformat(), set())
        since = 0 if here else since + 1
        heard.append(since)
        shares.append(len(here) / len(_week(by_day, day)) if here else 0.0)
    return Clock(start, tuple(shares), tuple(accumulate(shares)), tuple(heard))


def _week(by_day: dict[str, set[str]], day: date) -> set[str]:
    days = ((day - timedelta(days=n)).isoformat() for n in range(WEEK))
    return set().union(*(by_day[d] for d in days if d in by_day))
