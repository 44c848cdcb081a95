"""One text as the coder sees it: sentences, clauses, places, acts and the little words between."""

from dataclasses import dataclass
from typing import NamedTuple

from advisories.coding.language import detect
from advisories.coding.lexicon import ActHit, scan
from advisories.model import Text
from advisories.places.mentions import Found, find
from advisories.places.tokens import CLAUSE_ENDS, COMMAS, SENTENCE_ENDS, Tokens, fold, tokenize

LIMIT = 6_000
"""Characters of a summary or body that are read."""

_JOINERS = frozenset(
    ["and", "und", "et", "y", "e", "i", "и", "й", "та", "та", "і", "و", "和", "与", "與", "及", "跟", "ve", "ile", "と", "や", "및", "של", "ו", "oraz", "en", "och", "și", "dan"]
)
_INNER = frozenset(["the", "le", "la", "les", "der", "die", "das", "el", "los", "il", "i", "o", "a", "os", "as", "l", "d", "of", "de", "du", "des", "del", "di"])


class Place(NamedTuple):
    """A mention with its place in the text: section, sentence, clause and coordinated group."""

    code: str
    by: str
    first: int
    last: int
    sentence: int
    clause: int
    group: int


@dataclass(frozen=True, slots=True)
class Section:
    """Title, summary or body, prepared."""

    where: str
    tokens: Tokens
    folded: list[str]
    clauses: list[int]
    sentences: list[int]
    places: list[Place]
    acts: list[ActHit]
    marks: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole text, prepared."""

    lang: str
    sections: tuple[Section, ...]
    codes: tuple[str, ...]
    modes: frozenset[str]
    """The acts that the words show, anywhere."""


def _cut(words: list[str]) -> tuple[list[int], list[int]]:
    """Clause and sentence number of each token."""
    clauses, sentences = [], []
    clause = sentence = 0
    for word in words:
        clauses.append(clause)
        sentences.append(sentence)
        if word in SENTENCE_ENDS:
            clause += 1
            sentence += 1
        elif word in CLAUSE_ENDS and word != "-":
            clause += 1
    return clauses, sentences


def _subordinate(clauses: list[int], marks: dict[int, tuple[str, ...]]) -> list[int]:
    """Clause numbers with a further cut at each word that opens a background ("after", "over")."""
    out, shift = [], 0
    for at, clause in enumerate(clauses):
        shift += "background" in marks.get(at, ())
        out.append(clause + shift)
    return out


def _joined(folded: list[str], left: Found, right: Found) -> bool:
    """Whether two neighbouring places are coordinated: "A, B and C", "A-B"."""
    between = folded[left.last : right.first]
    if not between or len(between) > 3 or left.code == right.code:
        return False
    return all(w in COMMAS or w in _JOINERS or w == "-" or w in _INNER for w in between) and any(
        w in COMMAS or w in _JOINERS or w == "-" for w in between
    )


def _places(found: list[Found], folded: list[str], cuts: tuple[list[int], list[int]]) -> list[Place]:
    clauses, sentences = cuts
    out: list[Place] = []
    group = 0
    for n, this in enumerate(found):
        if n and not _joined(folded, found[n - 1], this):
            group += 1
        out.append(Place(*this, sentences[this.first], clauses[this.first], group))
    return out


def _section(where: str, text: str, lang: str, day: str) -> Section:
    tokens = tokenize(text[:LIMIT], lang)
    folded = [fold(word) for word in tokens.words]
    clauses, sentences = _cut(tokens.words)
    hits, marks = scan(tokens.words, clauses, lang)
    clauses = _subordinate(clauses, marks)
    places = _places(find(tokens, lang, day), folded, (clauses, sentences))
    inside = {at for place in places for at in range(place.first, place.last)}
    hits = [hit for hit in hits if not inside.issuperset(range(hit.first, hit.last))]
    return Section(where, tokens, folded, clauses, sentences, places, hits, marks)


def prepare(text: Text) -> Scene:
    """Read a text once; everything later works on what is found here."""
    lang = detect(f"{text.title} {text.summary[:300]}", text.lang)
    parts = (("title", text.title), ("summary", text.summary), ("text", text.body))
    sections = tuple(_section(where, words, lang, text.date) for where, words in parts if words)
    codes = dict.fromkeys(p.code for section in sections for p in section.places)
    modes = frozenset(hit.act for section in sections for hit in section.acts)
    return Scene(lang, sections, tuple(codes), modes)


__all__ = ["Place", "Scene", "Section", "prepare"]
