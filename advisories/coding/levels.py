"""The level of travel advice for one known destination, out of the words of its page.

Two numbers, never one: the country as a whole, and its worst part. A phrase counts for the whole
when it stands in the title, stands alone, or names the destination; it counts for a part when it
names something else. Words that could be either are left unknown rather than guessed.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from advisories.model import REASONS, Advice, Span
from advisories.places.mentions import find
from advisories.places.tokens import tokenize

PARTS_ONLY = frozenset({"GB", "DE"})
"""Issuers that say nothing where nothing is wrong: no warning is level 1, a part's alone level 2."""
OFFICIAL = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
"""Issuers that print a step of a scale in English: only their own phrases count."""
READ = 6_000
"""Characters of a page that are read."""

_PART = re.compile(
    r"\b(?:areas?|parts?|regions?|provinces?|districts?|states? of|border|within|north|south|east|west|"
    r"northern|southern|eastern|western|km|kilomet|islands?|cit(?:y|ies)|department|zones?|following|number|excluding|except|including)\b"
    r"|gebiet|region|provinz|grenz|teile|zone|région|frontali|provinc|frontera|zona|regi[oó]n|confin",
    re.I,
)  # fmt: skip
_HEADING = re.compile(
    r"(?:areas?|places?|parts?|regions?|locations?|where|why)\W+(?:\w+\W+){0,3}$", re.I
)
_ALARM = re.compile(
    r"leave (?:\w+ )?(?:immediately|now)|state of war|depart (?:now|immediately)|"
    r"no (?:consular|diplomatic)|severely limited|armed conflict|suspended operations|"
    r"wrongful|arbitrar\w+ det|hostage|\[ADVICE\]|martial law|advis\w+ against|against travel",
    re.I,
)
_AIM = re.compile(
    r"\W{0,3}(?:when )?(?:travel\w* |trips? |visit\w* )?(?:to|in|nach|vers|a|à|in den|en)[ :]+"
    r"(?P<place>.*?)(?= due to | because | given | as | for any |,? where | if |$)",
    re.I | re.S,
)
_END = re.compile(r"[.\n;!?。！？]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a level's wording that stands in a text."""

    level: int
    start: int
    end: int
    whole: bool


def _toml(name: str) -> dict[str, dict[str, object]]:
    text = (files("advisories.coding") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def scale(lang: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The wording of each level in one language (English for a language without one)."""
    table = _toml("scales.toml")
    own: Mapping[str, object] = table.get(lang) or table["en"]
    rows = [(int(level), "|".join(f"(?:{p})" for p in _texts(own[level]))) for level in own]
    return tuple((level, re.compile(rows_, re.I)) for level, rows_ in sorted(rows, reverse=True))


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []


@cache
def _reason_words(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = _toml("reasons.toml")
    own = table.get(lang) or table["en"]
    return tuple((name, re.compile(str(own[name]), re.I)) for name in REASONS if name in own)


def reasons(text: str, lang: str) -> tuple[str, ...]:
    """Why the text warns, in the order of `model.REASONS`."""
    return tuple(name for name, pattern in _reason_words(lang) if pattern.search(text))


def _is_whole(
    text: str, match: re.Match[str], issuer: str, destination: str, lang: str, title_end: int
) -> bool:
    """Whether a phrase speaks of the country as a whole."""
    if match.end() <= title_end:
        return True
    before = text[max(0, match.start() - 40) : match.start()].rpartition("\n")[2]
    if _HEADING.search(before):
        return False
    stop = _END.search(text, match.end())
    after = text[match.end() : stop.start() if stop else len(text)][:160]
    aim = _AIM.match(after)
    if aim is None:
        return issuer not in PARTS_ONLY and not _PART.search(after[:60])
    place = aim["place"]
    named = {f.code for f in find(tokenize(place, lang), lang) if f.by == "name"}
    return destination in named and not _PART.search(_strip_names(place, lang))


def _strip_names(text: str, lang: str) -> str:
    """A phrase without the names of places, so that "South Sudan" holds no "south"."""
    tokens = tokenize(text, lang)
    named = [f for f in find(tokens, lang) if f.by == "name"]
    inside = {at for f in named for at in range(f.first, f.last)}
    return " ".join(word for at, word in enumerate(tokens.words) if at not in inside)


def phrases(text: str, issuer: str, destination: str, lang: str, title_end: int) -> list[Phrase]:
    """All level phrases in order; where two levels fit one place, the graver wins."""
    found: list[Phrase] = []
    for level, pattern in scale("official" if issuer in OFFICIAL and lang == "en" else lang):
        for match in pattern.finditer(text):
            if not any(p.start < match.end() and match.start() < p.end for p in found):
                whole = _is_whole(text, match, issuer, destination, lang, title_end)
                found.append(Phrase(level, match.start(), match.end(), whole))
    return sorted(found, key=lambda p: p.start)


def _without_phrase(issuer: str, text: str, parts: list[int]) -> tuple[int | None, str]:
    """The level where no phrase speaks of the whole country."""
    if issuer not in PARTS_ONLY:
        return None, "no words of a level for the whole country"
    if parts:
        return 2, ""
    if _ALARM.search(text):
        return None, "no words of a level, but words of alarm"
    return 1, ""


def read_level(title: str, body: str, issuer: str, destination: str, lang: str) -> Advice:
    """The level of one known destination from the title and text of its page.

    Level and regional maximum are 1..4 or None; `unknown` says why a level was not read.
    """
    text = f"{title}\n{body}"[:READ]
    found = phrases(text, issuer, destination, lang, len(title))
    whole = [p for p in found if p.whole]
    parts = [p.level for p in found if not p.whole and p.level > 2]
    level, unknown = (whole[0].level, "") if whole else _without_phrase(issuer, text, parts)
    worst = max(parts, default=None)
    shown = tuple(
        Span(text[p.start : p.end], p.start - off, p.end - off, where)
        for p in whole[:1]
        for where, off in [("title", 0) if p.end <= len(title) else ("text", len(title) + 1)]
    )
    return Advice(
        issuer, destination, level, worst if worst and worst > (level or 0) else None,
        reasons(text, lang), shown[0].text if shown else "", unknown, shown,
    )  # fmt: skip
