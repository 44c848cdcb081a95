"""One text as the coder sees it: sentences, clauses, places, acts and the little words between."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

from advisories.coding.language import detect
from advisories.coding.lexicon import ActHit, scan
from advisories.model import Text
from advisories.places.mentions import PAIR, Found, find
from advisories.places.tokens import (
    COMMAS,
    PARTING,
    SENTENCE_ENDS,
    UNSPACED,
    Tokens,
    fold,
    fold_all,
    tokenize,
)

LIMIT = 6_000
"""Characters of a summary or body that are read."""

_JOINERS = frozenset(
    [
        "and",
        "und",
        "et",
        "y",
        "e",
        "i",
        "и",
        "й",
        "та",
        "та",
        "і",
        "و",
        "和",
        "与",
        "與",
        "及",
        "、",
        "・",
        "·",
        "跟",
        "ve",
        "ile",
        "と",
        "や",
        "및",
        "של",
        "ו",
        "oraz",
        "en",
        "och",
        "și",
        "dan",
    ]
)
_INNER = frozenset(
    [
        "the",
        "le",
        "la",
        "les",
        "der",
        "die",
        "das",
        "el",
        "los",
        "il",
        "i",
        "o",
        "a",
        "os",
        "as",
        "l",
        "d",
        "of",
        "de",
        "du",
        "des",
        "del",
        "di",
    ]
)


_GLUE = _JOINERS | COMMAS | {"-"}
"""What joins two places; one at least must stand between them."""
_SOFT = _GLUE | _INNER
"""All that may stand between two places that are joined."""
_SIGNS = PARTING | frozenset("：；，。")
"""Signs that part the clauses of Chinese and Japanese."""
_TOPIC = frozenset({"ja", "ko"})
"""Languages whose comma sets off the subject and joins nothing."""
_PREFIX = {"ar": "و", "he": "ו"}
"""The letter that joins a word to the one before."""
_ENDINGS = {"ko": ("와", "과"), "ja": ("と", "や")}
"""The particles that join a word to the next."""

_ABBREVIATIONS = frozenset(
    "no gen mr mrs ms dr st sen rep gov lt col maj sgt jr vs mt prof capt adm hon rev art nr ca "
    "bzw sr sra г ул им т д п".split()
)
_MOST = 12
"""Sentences of a section that are read for events."""


class Place(NamedTuple):
    """A mention with its place in the sentence: tokens, clause and coordinated group."""

    code: str
    by: str
    first: int
    last: int
    clause: int
    group: int


class Section(NamedTuple):
    """One sentence of title, summary or body, prepared."""

    where: str
    """The text that its tokens point into: title, summary or text (the body)."""
    part: str
    """What it is read as: the same, or "inside" an article."""
    number: int
    """Its place in that part."""
    tokens: Tokens
    folded: list[str]
    clauses: list[int]
    places: list[Place]
    acts: list[ActHit]
    marks: dict[int, tuple[str, ...]]
    passive: tuple[int, ...]
    """Tokens that mark the passive voice."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole text, prepared."""

    lang: str
    sections: tuple[Section, ...]
    codes: tuple[str, ...]
    modes: frozenset[str]
    """The acts that the words show, anywhere."""


def _ends(words: list[str], at: int) -> bool:
    """Whether the stop at `at` ends a sentence (no abbreviation, no number)."""
    if words[at] != "." or at + 1 == len(words):
        return True
    after = words[at + 1]
    if after[0].isdigit() or after[0].islower():
        return False
    return at > 0 and fold(words[at - 1]) not in _ABBREVIATIONS and len(words[at - 1]) > 1


def _cut(words: list[str]) -> list[tuple[int, int]]:
    """First token of each sentence and the token after its last."""
    size = len(words)
    if SENTENCE_ENDS.isdisjoint(words):
        return [(0, size)] if size else []
    ends = [at + 1 for at, word in enumerate(words) if word in SENTENCE_ENDS and _ends(words, at)]
    return [(a, b) for a, b in pairwise([0, *ends, size]) if b > a]


def _clauses(tokens: Tokens, lang: str) -> list[int]:
    """Clause number of each token of a sentence, by punctuation.

    Chinese and Japanese headlines part their clauses by a blank.
    """
    words = tokens.words
    if lang in UNSPACED:
        after = zip(words, tokens.ends, tokens.starts[1:], strict=False)
        cuts = [(word in _SIGNS) + (start > end) for word, end, start in after]
    elif PARTING.isdisjoint(words):
        return [0] * len(words)
    else:
        cuts = [word in PARTING for word in words[:-1]]
    return [*accumulate(cuts, initial=0)]


def _subordinate(clauses: list[int], marks: dict[int, tuple[str, ...]]) -> list[int]:
    """Clause numbers with a further cut at each word that opens a background ("after", "over")."""
    opens = [at for at, found in marks.items() if "background" in found]
    if not opens:
        return clauses
    shifts = [0] * len(clauses)
    for at in opens:
        shifts[at] = 1
    return [*map(add, clauses, accumulate(shifts))]


def _beside(folded: list[str], left: Found, right: Found, lang: str) -> bool:
    """Whether two places with no word between are coordinated: 俄乌, "روسيا وأوكرانيا", 미국과 중국."""
    if left.by == right.by == PAIR:
        return True
    ends = _ENDINGS.get(lang, ())
    return folded[right.first].startswith(_PREFIX.get(lang, "-")) or (
        bool(ends) and folded[left.last - 1].endswith(ends)
    )


def _joined(folded: list[str], left: Found, right: Found, lang: str) -> bool:
    """Whether two neighbouring places are coordinated: "A, B and C", "A-B"."""
    apart = right.first - left.last
    if apart > 3 or left.code == right.code:
        return False
    if apart <= 0:
        return _beside(folded, left, right, lang)
    between = folded[left.last : right.first]
    if lang in _TOPIC and not COMMAS.isdisjoint(between):
        return False
    return _SOFT.issuperset(between) and not _GLUE.isdisjoint(between)


def _places(found: list[Found], folded: list[str], clauses: list[int], lang: str) -> list[Place]:
    out: list[Place] = []
    group = 0
    for n, this in enumerate(found):
        if n and not _joined(folded, found[n - 1], this, lang):
            group += 1
        code, by, first, last = this
        out.append(Place(code, by, first, last, clauses[first], group))
    return out


def _outside(hits: list[ActHit], places: list[Place]) -> list[ActHit]:
    """The acts that are not part of a place's name."""
    inside = {at for place in places for at in range(place.first, place.last)}
    if inside.isdisjoint([hit.first for hit in hits]):
        return hits
    return [hit for hit in hits if not inside.issuperset(range(hit.first, hit.last))]


def _sentence(where: str, number: int, tokens: Tokens, found: list[Found], lang: str) -> Section:
    folded = fold_all(tokens.words)
    clauses = _clauses(tokens, lang)
    hits, marks = scan(tokens.words, clauses, lang)
    clauses = _subordinate(clauses, marks)
    places = _places(found, folded, clauses, lang)
    if hits and places:
        hits = _outside(hits, places)
    passive = tuple([at for at, shown in marks.items() if "passive" in shown])
    return Section(where, where, number, tokens, folded, clauses, places, hits, marks, passive)


def _of(found: list[Found], first: int, last: int) -> list[Found]:
    """The places of a sentence, counted from its first token."""
    return [
        Found(code, by, start - first, min(end, last) - first)
        for code, by, start, end in found
        if first <= start < last
    ]


def _sections(where: str, text: str, lang: str, day: str) -> list[Section]:
    tokens = tokenize(text[:LIMIT], lang)
    found = find(tokens, lang, day)
    cuts = _cut(tokens.words)[:_MOST]
    if len(cuts) == 1:
        return [_sentence(where, 0, tokens, found, lang)]
    out = []
    for number, (first, last) in enumerate(cuts):
        part = Tokens(tokens.words[first:last], tokens.starts[first:last], tokens.ends[first:last])
        out.append(_sentence(where, number, part, _of(found, first, last), lang))
    return out


def prepare(text: Text) -> Scene:
    """Read a text once; everything later works on what is found here."""
    lang = detect(f"{text.title} {text.summary[:300]}", text.lang)
    sections: list[Section] = []
    for where, words in (("title", text.title), ("summary", text.summary), ("text", text.body)):
        if words:
            sections += _sections(where, words, lang, text.date)
    return scene_of(lang, sections)


def scene_of(lang: str, sections: Sequence[Section]) -> Scene:
    """The scene that these sentences make."""
    codes = dict.fromkeys([place.code for section in sections for place in section.places])
    modes = frozenset([hit.act for section in sections for hit in section.acts])
    return Scene(lang, tuple(sections), tuple(codes), modes)


__all__ = ["Place", "Scene", "Section", "prepare", "scene_of"]
