"""Words that show acts, and the little words around them, found in a list of tokens."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

from advisories.model import ActKind
from advisories.places import tables
from advisories.places.phrases import Phrases
from advisories.places.tokens import UNSPACED


class ActHit(NamedTuple):
    """Words at tokens `first`..`last` (exclusive) that show an act."""

    act: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Act:
    """What an act means; see `acts.toml` for units and sources."""

    name: str
    kind: ActKind
    severity: int
    score: float
    goldstein: float
    cameo: str
    mutual: bool
    about: str


Pattern = list[Any]
"""Of a pattern with gaps, as JSON has it: the numbers of the parts after the first, and the act."""
Sense = tuple[list[str], tuple[str, ...], list[int], list[Pattern]]
"""What words stand for: acts, markers, parts of patterns, and the patterns that they begin."""
Parts = dict[int, list[tuple[int, int]]]
Found = dict[tuple[str, int], int]
"""The token after the last, by act and first token."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    phrases: Phrases[Sense]
    reach: int


@cache
def acts() -> Mapping[str, Act]:
    """All acts by name, such as `SANCTION.expel`."""
    raw = tables.read("advisories.coding", "acts.json")
    return {name: Act(name, **facts) for name, facts in raw.items()}


def read_acts(text: str) -> dict[str, dict[str, Any]]:
    """The acts as written in `acts.toml`, one flat row each."""
    table = tomllib.loads(text)
    return {
        f"{category}.{mode}": {"mutual": False, **facts}
        for category, modes in table.items()
        for mode, facts in modes.items()
    }


@cache
def known() -> frozenset[str]:
    """The languages that have a lexicon."""
    names = (entry.name for entry in (files("advisories.coding") / "data").iterdir())
    return frozenset(n[8:-5] for n in names if n.startswith("lexicon-"))


def _sense(
    meanings: list[list[str]], gaps: Mapping[str, list[Pattern]], numbers: tuple[int, ...]
) -> Sense:
    acts: list[str] = []
    marks: list[str] = []
    parts: list[int] = []
    for number in numbers:
        kind, value = meanings[number]
        if kind == "act":
            acts.append(value)
        elif kind == "part":
            parts.append(number)
        elif value not in marks:
            marks.append(value)
    begun = [pattern for number in parts for pattern in gaps.get(str(number), ())]
    return acts, tuple(marks), parts, begun


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of one language, English for a language without one; read once."""
    lang = lang if lang in known() else "en"
    raw = tables.read("advisories.coding", f"lexicon-{lang}.json")
    phrases = Phrases(raw, lang, partial(_sense, raw["meanings"], raw["gaps"]))
    return Lexicon(phrases, 12 if lang in UNSPACED else 7)


def _bridge(
    start: int,
    rest: list[int],
    parts: Mapping[int, list[tuple[int, int]]],
    clauses: list[int],
    reach: int,
) -> int:
    """Where a pattern with gaps ends whose first part ended at `start`; 0 if it does not fit."""
    clause = clauses[start - 1]
    end = start
    for number in rest:
        latest = end + reach
        nexts = [
            place
            for place in parts.get(number, ())
            if end <= place[0] <= latest and clauses[place[0]] == clause
        ]
        if not nexts:
            return 0
        end = min(nexts)[1]
    return end


def _gapped(
    begun: list[tuple[int, int, list[Pattern]]],
    parts: Parts,
    clauses: list[int],
    reach: int,
    found: Found,
) -> None:
    """Add the acts of patterns with gaps, all of whose parts stand in one clause."""
    for first, last, patterns in begun:
        for rest, act in patterns:
            if rest[0] in parts:
                end = _bridge(last, rest, parts, clauses, reach)
                if end > found.get((act, first), 0):
                    found[act, first] = end


def scan(
    words: list[str], clauses: list[int], lang: str
) -> tuple[list[ActHit], dict[int, tuple[str, ...]]]:
    """Acts shown by the words, and the markers at each token."""
    lex = lexicon(lang)
    found: Found = {}
    marks: dict[int, tuple[str, ...]] = {}
    parts: Parts = {}
    begun: list[tuple[int, int, list[Pattern]]] = []
    for first, last, (acts_shown, told, numbers, patterns) in lex.phrases.hits(words):
        for act in acts_shown:
            found[act, first] = max(last, found.get((act, first), 0))
        for number in numbers:
            parts.setdefault(number, []).append((first, last))
        if told:
            marks[first] = tuple(dict.fromkeys(marks[first] + told)) if first in marks else told
        if patterns:
            begun.append((first, last, patterns))
    _gapped(begun, parts, clauses, lex.reach, found)
    hits = sorted([(first, -last, act) for (act, first), last in found.items()])
    return [ActHit(act, first, -last) for first, last, act in hits], marks
