"""Levels out of sentences: which of an issuer's phrases, and for the country or for a part of it.

Issuers name the dangerous parts first and then say what holds "for the rest of the country", so
neither the first nor the heaviest phrase of a text is the country's level. A sentence counts for
the country if it says so ("the rest of", "the whole country") or if what stands behind its
preposition begins with the country's name; else it counts for a part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from advisories import places
from advisories.model import Step
from advisories.sources._scale import fold, found


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language says where: patterns on folded text; {place} is the country by name or word.

    `target` has a group for what follows the preposition; without a target a sentence counts for
    the country if `bare`, else not at all. `topic` must stand in the sentence, `negation` must not.
    """

    country: str
    rest: str
    whole: str
    target: str
    topic: str = ""
    negation: str = ""
    bare: bool = True


GRAMMARS = {
    "en": Grammar(
        country=r"(?:the )?country",
        rest=r"(?:all (?:of )?(?:the )?(?:other|remaining)|the (?:other|remaining)|remaining)"
        r" (?:\w+ )?(?:regions|areas|parts|states|provinces) of"
        r" (?:the )?{place}|(?:rest|remainder) of (?:the )?{place}|elsewhere in (?:the )?{place}",
        whole=r"(?:entire|whole) (?:of )?{place}|all (?:parts )?of {place}"
        r"|{place} (?:overall|as a whole)",
        target=r"\btravel(?:ling)? (?:to|in|within|near)\b[: ]*(.*)",
        negation=r"\bno longer (?:advise|recommend)|\bnot advis",
    ),
    "de": Grammar(
        country=r"(?:land(?:es)?|landesteilen?|staatsgebiet\w*)",
        rest=r"(?:übrige|restliche|andere|sonstige)\w* {place}"
        r"|\brest(?:e?s)? (?:des |von )?{place}",
        whole=r"\bganz {place}|gesamte\w* {place}|\blandesweit",
        target=r"\breisen?\b.{0,60}?\b(?:nach|in|ins|im|innerhalb|durch)"
        r" (?:(?:die|den|das|dem|der) )?(?:(?:islamische |demokratische )?republik )?(.*)",
        topic=r"\breisen?\b",
        negation=r"nicht (?:mehr )?abgeraten|aufgehoben",
        bare=False,
    ),
    "fr": Grammar(
        country=r"(?:pays|territoire)",
        rest=r"reste (?:du |de la |de l'|des |de )?{place}|partout ailleurs|ailleurs dans le pays",
        whole=r"(?:ensemble|totalité|intégralité) (?:du |de la |de l'|des |de )?{place}"
        r"|tout le {place}",
        target=r"()",
        negation=r"n'est plus|ne sont plus",
    ),
    "es": Grammar(
        country=r"(?:pais|país|territorio)",
        rest=r"resto (?:del? )?(?:los |las |la |el )?{place}",
        whole=r"todo el {place}|cualquier parte del {place}",
        target=r"\bviaj\w*\b(?: (?:a|al|por|hacia)) ((?!ninguna|cualquier circ).*)",
        negation=r"ya no se desaconseja",
    ),
    "it": Grammar(
        country=r"(?:paese|territorio)",
        rest=r"(?:resto|restante parte|restanti zone|altre zone) (?:del |della |dell'|di )?{place}",
        whole=r"(?:tutto il|intero) {place}|intera .{0,12}{place}",
        target=r"\bviaggi\b.{0,60}?\b(?:in|nel|nell'|nella|nelle|nei|negli|verso)"
        r" ?(?:(?:la|il|lo|le|i|gli) )?(.*)",
        negation=r"non (?:sono|è) più sconsigliat",
    ),
    "sv": Grammar(
        country=r"(?:landet)",
        rest=r"övriga (?:delar av )?{place}|resten av {place}",
        whole=r"hela {place}",
        target=r"\bresor\b.{0,30}?\btill (.*)",
        negation=r"hävt|avråder inte",
    ),
    "no": Grammar(
        country=r"(?:landet)",
        rest=r"resten av {place}|øvrige (?:deler av )?{place}",
        whole=r"hele {place}",
        target=r"\breiser\b.{0,60}?\btil (.*)",
        negation=r"fraråder ikke|opphevet",
    ),
}


class Hit(NamedTuple):
    """A phrase of the scale: its level, its words as matched, and the sentence it stands in."""

    level: int
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: for the rest of the country, the whole of it, and its worst part."""

    rest: Hit | None = None
    whole: Hit | None = None
    part: Hit | None = None

    @property
    def decisive(self) -> Hit | None:
        """What is said of the country as a whole."""
        return self.rest or self.whole

    @property
    def words(self) -> str:
        """The issuer's words for the country, or for its worst part if that is all there is."""
        hit = self.decisive or self.part
        return hit.sentence if hit else ""

    @property
    def phrase(self) -> str:
        """The phrase in these words that decides; "?" if there is none."""
        hit = self.decisive or self.part
        return hit.words if hit else "?"

    @property
    def level(self) -> int | None:
        """The country's level; 2 where only parts of it are warned of."""
        if self.decisive:
            return self.decisive.level
        return min(2, self.part.level) if self.part else None

    @property
    def regional_max(self) -> int | None:
        """The level of the worst part, if that is above the country's."""
        worst = self.part.level if self.part else 0
        return worst if self.level and worst > self.level else None


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, one line or less each."""
    for line in text.split("\n"):
        yield from (s for s in re.split(r"(?<=[.!?;])\s+(?=[^a-z])", line) if s.strip())


def read(text: str, scale: Sequence[Step], lang: str, names: Sequence[str]) -> Reading:
    """What the sentences of a text say of the country that has these names."""
    read: dict[str, Hit] = {}
    for sentence in sentences(text):
        hit = found(scale, sentence)
        scope = _scope(fold(sentence), lang, tuple(names)) if hit else ""
        if hit and scope and (scope not in read or hit[0].level > read[scope].level):
            read[scope] = Hit(hit[0].level, hit[1], sentence)
    return Reading(read.get("rest"), read.get("whole"), read.get("part"))


def _scope(sentence: str, lang: str, names: tuple[str, ...]) -> str:
    """What a folded sentence speaks of: "rest", "whole" or "part"; "" if of no journey."""
    topic, negation, rest, whole, target, place = _patterns(lang, names)
    if not topic.search(sentence) or negation.search(sentence):
        return ""
    if rest.search(sentence):
        return "rest"
    if whole.search(sentence):
        return "whole"
    aim = target.search(sentence)
    if not aim:
        return "whole" if GRAMMARS[lang].bare else ""
    return "whole" if place.match(aim[1]) else "part"


@lru_cache(maxsize=256)
def _patterns(lang: str, names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    grammar = GRAMMARS[lang]
    words = sorted({re.escape(fold(n)) for n in names if n}, key=len, reverse=True)
    place = rf"(?:{'|'.join([*words, grammar.country])})(?![\w-])"
    filled = (grammar.rest, grammar.whole, grammar.target)
    return (
        re.compile(grammar.topic),
        re.compile(grammar.negation or r"(?!)"),
        *(re.compile(p.replace("{place}", place)) for p in filled),
        re.compile(place),
    )


def names_of(code: str | None, lang: str, *printed: str) -> tuple[str, ...]:
    """The names by which a text in a language may call a country: as printed and as usual."""
    usual = places.name(code, lang) if code else ""
    return tuple(dict.fromkeys(n for n in (*printed, usual) if n))
