"""Places named in running text: countries, peoples, capitals, metonyms, organs, leaders.

Longest match first, from the left; phrases that only borrow a country's name (Air France, US Open)
are swallowed. Names that mean several things are settled by their context (`contexts.toml`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from advisories.places import tables
from advisories.places.phrases import Phrases
from advisories.places.tokens import Tokens, fold, tokenize

Hit = tuple[int, int, Sequence[str]]
"""First token, token after the last, meaning."""


PAIR = "pair"
"""How a place is named by a word for several states (俄乌)."""


class Found(NamedTuple):
    """A place named at tokens `first`..`last` (exclusive) of a text."""

    code: str
    by: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """The names of one language."""

    lang: str
    phrases: Phrases[list[Sequence[str]]]
    contexts: Mapping[str, Mapping[str, Any]]


@cache
def known() -> frozenset[str]:
    """The languages that have a table of names."""
    data = files("advisories.places") / "data"
    names = (entry.name for entry in data.iterdir())
    return frozenset(n[8:-5] for n in names if n.startswith("aliases-"))


@cache
def table(lang: str) -> Table:
    """The table of one language, English for a language without one; read once."""
    lang = lang if lang in known() else "en"
    return ready(tables.read("advisories.places", f"aliases-{lang}.json"), lang)


def ready(raw: Mapping[str, Any], lang: str) -> Table:
    """A table as `aliases_build` makes it, ready to find names with."""
    meanings: list[Sequence[str]] = raw["meanings"]
    phrases = Phrases(raw, lang, lambda numbers: [meanings[number] for number in numbers])
    return Table(lang, phrases, raw["contexts"])


def _in_office(meaning: Sequence[str], day: str) -> bool:
    """Whether a dated name counts on `day`."""
    _, _, first, last = meaning
    return first <= day and (not last or day <= last)


def _longest(names: Table, words: list[str], day: str) -> list[Hit]:
    """Hits that do not overlap: leftmost first, longest at each place, traps before names.

    Without a day any holder of an office counts.
    """
    best: dict[int, Hit] = {}
    for first, last, meanings in names.phrases.hits(words):
        for meaning in meanings:
            if day and not _in_office(meaning, day):
                continue
            hit = (first, last, meaning)
            if first not in best or _rank(hit) > _rank(best[first]):
                best[first] = hit
    out: list[Hit] = []
    done = 0
    for first, hit in best.items():
        if first >= done:
            out.append(hit)
            done = hit[1]
    return out


def _rank(hit: Hit) -> tuple[int, bool, str]:
    """Longest first, then a trap, then who took office last: a text without a date is read today."""
    _, last, meaning = hit
    return last, meaning[1] == "trap", meaning[2]


def _title_case(words: list[str]) -> bool:
    long = [w for w in words if len(w) > 3 and w.isalpha()]
    return sum(w[0].isupper() for w in long) > 0.8 * len(long)


_OFFICES = frozenset(
    [
        "king",
        "queen",
        "pm",
        "prime",
        "president",
        "foreign",
        "minister",
        "parliament",
        "army",
        "police",
        "court",
        "government",
        "gov",
        "senate",
        "democrats",
        "republicans",
        "officials",
        "embassy",
        "ambassador",
        "defense",
        "defence",
        "military",
        "airport",
        "valley",
        "river",
        "bank",
        "and",
        "or",
        "says",
        "border",
        "government's",
        "state",
        "city",
        "university",
    ]
)


def _person(words: list[str], first: int, last: int, context: Mapping[str, Any]) -> bool:
    """A given name before, or a surname after, in running (not title-cased) text."""
    before = words[first - 1] if first else ""
    if before in context.get("given", ()):
        return True
    after = words[last] if last < len(words) else ""
    named = after[:1].isupper() and after.isalpha() and after.lower() not in _OFFICES
    return named and not after.isupper() and not _title_case(words)


def _settle(names: Table, words: list[str], hit: Hit, hits: list[Hit]) -> str:
    """The code a hit stands for in this context; "" for none."""
    first, last, meaning = hit
    code: str = meaning[0]
    context = names.contexts.get(" ".join(words[first:last]))
    if context is None or not code:
        return code
    around = set(words)
    elsewhere = "other" in context and (
        context.get("always") or around.intersection(context["words"])
    )
    if elsewhere and not around.intersection(context.get("unless", ())):
        return str(context["other"])
    followed = any(other[0] == last and other[2][0] for other in hits)
    if context.get("personal") and not followed and _person(words, first, last, context):
        return ""
    return code


def _shares(code: str, hit: Hit) -> list[Found]:
    """The places of a pair word (俄乌): several, which share its tokens in order."""
    first, last, _ = hit
    names = code.split("+")
    size, count = last - first, len(names)
    if size < count:
        return [Found(name, PAIR, first, last) for name in names]
    cuts = [first + size * n // count for n in range(count + 1)]
    return [Found(name, PAIR, cuts[n], cuts[n + 1]) for n, name in enumerate(names)]


def find(tokens: Tokens, lang: str, day: str = "") -> list[Found]:
    """Places in order of appearance; `day` (ISO, "": unknown) decides between office-holders."""
    names = table(lang)
    words = tokens.words
    hits = _longest(names, words, day[:10])
    out: list[Found] = []
    for hit in hits:
        code = _settle(names, words, hit, hits)
        if "+" in code:
            out += _shares(code, hit)
        elif code:
            out.append(Found(code, hit[2][1], hit[0], hit[1]))
    return out


def codes(text: str, lang: str, day: str = "") -> tuple[str, ...]:
    """The codes of all places that `text` names, in order of first appearance."""
    found = find(tokenize(text, lang), lang, day)
    return tuple(dict.fromkeys(f.code for f in found))


__all__ = ["Found", "Table", "codes", "find", "fold", "known", "ready", "table"]
