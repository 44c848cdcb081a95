"""The same report in twelve outlets is one story with twelve witnesses.

Two reports are one story when they say the same act of the same pair within two days and their
titles are near-duplicates. Similarity is rapidfuzz's token-set ratio, which forgives word order and
an added clause; short titles must agree more closely, since there a word is the difference.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

WINDOW = timedelta(days=2)
ALIKE = 82.0
SHORT, ALIKE_SHORT = 25, 90.0

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


def match(title: str, candidates: Iterable[tuple[int, str]]) -> int | None:
    """The id of the story whose folded title is nearest to this one, if any is near enough.

    Args:
        title: as `folded`.
        candidates: (story id, folded title) of the same pair, act and days, oldest first.
    """
    from rapidfuzz import fuzz

    best, found = 0.0, None
    for story, other in candidates:
        least = ALIKE_SHORT if min(len(title), len(other)) < SHORT else ALIKE
        alike = fuzz.token_sort_ratio(title, other)
        alike = max(alike, 0.97 * fuzz.token_set_ratio(title, other))
        if alike >= least and alike > best:
            best, found = alike, story
    return found
