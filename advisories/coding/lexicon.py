"""Words that show acts, and the little words around them, found in a list of tokens."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

from advisories.model import ActKind
from advisories.places.memo import Memo
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


Sense = tuple[list[str], tuple[str, ...], list[int]]
"""What words stand for: the acts, the markers, and the parts of patterns with gaps."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    phrases: Phrases
    senses: Memo[tuple[int, ...], Sense]
    gaps: Mapping[int, list[tuple[list[int], str]]]
    reach: int


@cache
def acts() -> Mapping[str, Act]:
    """All acts by name, such as `SANCTION.expel`."""
    raw = (files("advisories.coding") / "data" / "acts.json").read_text(encoding="utf-8")
    return {name: Act(name, **facts) for name, facts in json.loads(raw).items()}


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


def _sense(meanings: list[list[str]], numbers: tuple[int, ...]) -> Sense:
    acts, marks, parts = [], [], []
    for number in numbers:
        kind, value = meanings[number]
        if kind == "act":
            acts.append(value)
        elif kind == "part":
            parts.append(number)
        elif value not in marks:
            marks.append(value)
    return acts, tuple(marks), parts


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of one language, English for a language without one; read once."""
    lang = lang if lang in known() else "en"
    path = files("advisories.coding") / "data" / f"lexicon-{lang}.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    gaps = {int(first): [(rest, act) for rest, act in rows] for first, rows in raw["gaps"].items()}
    senses = Memo(partial(_sense, raw["meanings"]), limit=100_000)
    return Lexicon(Phrases(raw, lang), senses, gaps, 12 if lang in UNSPACED else 7)


def _bridge(
    start: int,
    rest: list[int],
    parts: Mapping[int, list[tuple[int, int]]],
    clauses: list[int],
    reach: int,
) -> int:
    """Where a pattern with gaps ends whose first part ended at `start`; 0 if it does not fit."""
    end = start
    for number in rest:
        nexts = [
            (first, last)
            for first, last in parts.get(number, ())
            if end <= first <= end + reach and clauses[first] == clauses[start - 1]
        ]
        if not nexts:
            return 0
        end = min(nexts)[1]
    return end


Parts = dict[int, list[tuple[int, int]]]


def _gapped(
    lex: Lexicon, parts: Parts, clauses: list[int], found: dict[tuple[str, int], int]
) -> None:
    """Add the acts of patterns with gaps, all of whose parts stand in one clause."""
    for number, places in parts.items():
        for rest, act in lex.gaps.get(number, ()):
            if rest[0] not in parts:
                continue
            for first, last in places:
                end = _bridge(last, rest, parts, clauses, lex.reach)
                if end:
                    found[act, first] = max(end, found.get((act, first), 0))


def scan(
    words: list[str], clauses: list[int], lang: str
) -> tuple[list[ActHit], dict[int, tuple[str, ...]]]:
    """Acts shown by the words, and the markers at each token."""
    lex = lexicon(lang)
    found: dict[tuple[str, int], int] = {}
    marks: dict[int, tuple[str, ...]] = {}
    parts: Parts = {}
    for first, last, numbers in lex.phrases.hits(words):
        shown, told, begun = lex.senses[numbers]
        for act in shown:
            found[act, first] = max(last, found.get((act, first), 0))
        for number in begun:
            parts.setdefault(number, []).append((first, last))
        if told:
            marks[first] = tuple(dict.fromkeys(marks[first] + told)) if first in marks else told
    _gapped(lex, parts, clauses, found)
    hits = sorted([(first, -last, act) for (act, first), last in found.items()])
    return [ActHit(act, first, -last) for first, last, act in hits], marks
