"""The same report in twelve outlets is one story with twelve witnesses.

Two reports are one story when they say the same act of the same pair within two days and their
titles are near-duplicates. Similarity is rapidfuzz's token-set ratio, which forgives word order and
an added clause; short titles must agree more closely, since there a word is the difference.

Titles in two languages cannot be compared, so there the act decides: one state does not expel another's
diplomats, swap prisoners or sanction it anew twice within a day in two languages. A travel warning is
one story within a day in whatever words: the issuer's own and the reports of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW = timedelta(days=2)
ALIKE = 82.0
SHORT, ALIKE_SHORT = 25, 90.0
ALIKE_REPLACED = 92.0
"""Where each title has words that the other lacks (Kyiv, Odesa), not just one of them."""

_NOISE = re.compile(
    r"\s+[-|–—]\s+[^-|–—]{2,40}$|^(?:live|breaking|update[sd]?|watch|video)\s*[:|-]\s*", re.I
)


def folded(title: str) -> str:
    """A title without case, punctuation, an outlet's name at its end, or a "LIVE:" before it."""
    words = re.findall(r"\w+", _NOISE.sub("", title).casefold())
    return " ".join(words)


def days_around(day: date) -> tuple[str, str]:
    """First and last day of the stories that a report of `day` may belong to."""
    return (day - WINDOW).isoformat(), (day + WINDOW).isoformat()


SINGULAR = frozenset(
    "SANCTION.expel SANCTION.recall SANCTION.close SANCTION.sanction SANCTION.tariff SANCTION.break "
    "RETREAT.swap RETREAT.release RETREAT.ceasefire PROTEST.summon COERCE.detain COOPERATE.restore "
    "SUPPORT.recognise".split()
)
"""Acts that are one story in two languages when they fall on one day or the next."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared: the folded title, its language, the act, the day."""

    title: str
    lang: str
    act: str
    day: date


def match(report: Report, candidates: Iterable[tuple[int, str, str, str]]) -> int | None:
    """The id of the story that this report belongs to, or None.

    Args:
        report: the new one.
        candidates: (story id, folded title, language, day) of the same pair, act and days, oldest
            first.
    """
    from rapidfuzz import fuzz

    best, found = 0.0, None
    title = report.title
    for story, other, lang, day in candidates:
        if _by_act(report, lang, day):
            return story
        least = _least(title, other)
        alike = fuzz.token_sort_ratio(title, other)
        alike = max(alike, 0.97 * fuzz.token_set_ratio(title, other))
        if alike >= least and alike > best:
            best, found = alike, story
    return found


def _least(title: str, other: str) -> float:
    """How alike two titles must be."""
    here, there = set(title.split()), set(other.split())
    if here - there and there - here:
        return ALIKE_REPLACED
    return ALIKE_SHORT if min(len(title), len(other)) < SHORT else ALIKE


def _by_act(report: Report, lang: str, day: str) -> bool:
    near = abs(report.day - date.fromisoformat(day)) <= timedelta(days=1)
    other_language = bool(lang and report.lang and lang != report.lang)
    return near and (
        report.act.startswith("ADVISE.") or (other_language and report.act in SINGULAR)
    )
