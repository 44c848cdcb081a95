"""Pairs as people write them: "RU-US", "russia-usa", "RU-any", "Россия-США", "RU-EU"; or one place.

`RU-US` means both directions, in the order written. `any` is the wildcard (`*` and `>` belong to
the shell).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisories.errors import UsageError
from advisories.places import countries

LANGS = (
    "en ru uk ar zh zh_Hant es pt fr de it pl ja tr fa he ko nl da fi no sv sk id ro".split()
)  # fmt: skip
ANY = "any"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places in the order written; `second` None: one place and all its pairs."""

    first: str
    second: str | None = None

    def __str__(self) -> str:
        return f"{self.first}-{self.second or ANY}"


class UnknownPlace(UsageError):
    """No place has this name; the text holds the nearest ones."""


class AmbiguousPlace(UsageError):
    """The name fits several places; the text holds them."""


def place(text: str) -> str:
    """The code of one place, from a code or a name in any of the languages we know.

    Raises:
        UnknownPlace: nothing has this name; suggests near ones.
        AmbiguousPlace: it fits several places; names them.
    """
    code = text.strip().upper()
    if countries.is_code(code) and text.strip() not in ("us",):
        return code
    if code == "US":
        return "US"
    iso3 = countries.from_iso3(code) if len(code) == 3 else None
    if iso3:
        return iso3
    return _by_name(text)


def _by_name(text: str) -> str:
    alone = countries.AMBIGUOUS_ALONE.get(countries.fold(text))
    if alone:
        raise AmbiguousPlace(_ambiguous(text, alone))
    for lang in LANGS:
        found = countries.find(text, lang)
        if found.code:
            return found.code
        if found.candidates and lang == "en":
            raise AmbiguousPlace(_ambiguous(text, found.candidates))
    raise UnknownPlace(_unknown(text))


def _ambiguous(text: str, candidates: tuple[str, ...]) -> str:
    names = ", ".join(f"{c} ({countries.name(c)})" for c in candidates)
    state = " (US: the state of Georgia)" if "GE" in candidates else ""
    return f"{text!r} could mean {names}{state}; write the code"


def _unknown(text: str) -> str:
    near = suggest(text)
    hint = f"; near: {', '.join(near)}" if near else ""
    return f"no country or bloc is called {text!r}{hint}"


def suggest(text: str, n: int = 3) -> list[str]:
    """Places whose code or name is near a mistyped one, such as "RU (Russia)"."""
    code = text.strip().upper()
    if len(code) == 2:
        near = [c for c in countries.all_codes() if len(c) == 2 and _one_letter_off(c, code)]
        near.sort(key=lambda c: (c[0] != code[0], _rank(c), c))
    else:
        import difflib

        names = {countries.fold(countries.name(c)): c for c in countries.all_codes()}
        keys = difflib.get_close_matches(countries.fold(text), names, n=n, cutoff=0.6)
        near = [names[k] for k in keys]
    return [f"{c} ({countries.name(c)})" for c in near[:n]]


COMMON = "US RU CN GB UA IL IR FR DE IN TR JP KP KR SA ZA ZM ZW".split()


def _rank(code: str) -> int:
    return COMMON.index(code) if code in COMMON else len(COMMON)


def _one_letter_off(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or a == b[::-1]


def parse(text: str) -> Pair:
    """A pair or a single place.

    Raises:
        UnknownPlace, AmbiguousPlace: as `place`.
        UsageError: both halves are the same place.
    """
    whole = _try_place(text)
    if whole:
        return Pair(whole)
    errors: list[UsageError] = []
    for left, right in _splits(text):
        try:
            return _pair(left, right)
        except UsageError as error:
            errors.append(error)
    if errors:
        raise errors[0]
    place(text)  # raises, with the nearest names
    raise UnknownPlace(_unknown(text))


def _try_place(text: str) -> str | None:
    try:
        return place(text)
    except AmbiguousPlace:
        if "-" in text:
            return None
        raise
    except UnknownPlace:
        return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut at a hyphen, dash, slash or colon: "guinea-bissau-us" has two."""
    for m in re.finditer(r"\s*[-–—/:]\s*", text.strip()):
        left, right = text[: m.start()].strip(), text[m.end() :].strip()
        if left and right:
            yield left, right


def _pair(left: str, right: str) -> Pair:
    if left.casefold() in (ANY, "*"):
        return Pair(place(right))
    if right.casefold() in (ANY, "*"):
        return Pair(place(left))
    pair = Pair(place(left), place(right))
    if pair.first == pair.second:
        raise UsageError(f"{text_of(pair)}: a pair needs two different places")
    return pair


def text_of(pair: Pair) -> str:
    """The pair as "RU-US", or "RU" for one place."""
    return f"{pair.first}-{pair.second}" if pair.second else pair.first
