"""Which destinations a heading means: names first, a code only to decide between candidates.

A joint page ("Israel, the West Bank and Gaza") gives one destination each. A part of a country
that an issuer lists beside others keeps the country's code and gets a scope ("BQ/saba"), but for
the few that issuers list beside their own country (the Azores, the Canary Islands).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisories import places
from advisories.sources._scale import visible

NOT_PLACES = frozenset(("worldwide caution", "worldwide", "world", "global", "no travel advice"))
# What splitting at commas and "and" would get wrong, and names that only issuers use.
JOINT: dict[str, tuple[str, ...]] = {
    "canary islands": ("ES-CN",), "islas canarias": ("ES-CN",), "kanarische inseln": ("ES-CN",),
    "french west indies": ("GP", "MQ", "MF", "BL"),
    "china hong kong macao": ("HK", "MO"),
    "antarctica british antarctic territory": ("AQ",),
    "st martin and st barthelemy": ("MF", "BL"),
    "saint martin and saint barthelemy": ("MF", "BL"),
    "cook islands tokelau and niue": ("CK", "TK", "NU"),
    "israel palestine": ("IL", "PS"), "occupied territories": ("PS",),
    "british antarctic territory": ("AQ",), "solomon island": ("SB",),
    "pitcairn": ("PN",), "pitcairn island": ("PN",),
    "saint tome sao tome and principe": ("ST",), "virgin islands u s": ("VI",),
    "virgin islands us": ("VI",), "virgin islands british": ("VG",),
}  # fmt: skip
# Names of parts that stand in lists of destinations, and the scope they get.
PARTS: dict[str, tuple[str, str]] = {
    "bonaire": ("BQ", "bonaire"), "saba": ("BQ", "saba"),
    "sint eustatius": ("BQ", "sint-eustatius"), "st eustatius": ("BQ", "sint-eustatius"),
    "saint eustatius": ("BQ", "sint-eustatius"),
    "saba and sint eustatius": ("BQ", "saba-sint-eustatius"),
    "gaza": ("PS", "gaza"), "gaza strip": ("PS", "gaza"), "west bank": ("PS", "west-bank"),
    "ascension island": ("SH", "ascension"), "tristan da cunha": ("SH", "tristan-da-cunha"),
    "hawaii": ("US", "hawaii"), "madeira": ("PT", "madeira"), "zanzibar": ("TZ", "zanzibar"),
    "somaliland": ("SO", "somaliland"), "abkhazia": ("GE", "abkhazia"),
    "northern cyprus": ("CY", "north"), "ross dependency": ("AQ", "ross"),
}  # fmt: skip
_AND = r"(?:and|und|et|en|y|e|og|och|ja|with)"
_SEPARATOR = re.compile(rf"(?:\s*[,;/+&]\s*|\s+){_AND}\s+|\s*[,;/+&]\s*")


@dataclass(frozen=True, slots=True)
class Where:
    """What a heading names: (code, scope) pairs, or none, the reason, and what was named."""

    places: tuple[tuple[str, str], ...] = ()
    unknown: str = ""
    name: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes without their scopes."""
        return tuple(dict.fromkeys(code for code, _ in self.places))


def where(name: str, lang: str = "en", *, code: str | None = None, sure: bool = False) -> Where:
    """The destinations of a heading.

    Args:
        name: as printed, without what is said about it.
        lang: of the name (BCP 47).
        code: our code for the issuer's own code, if it has one.
        sure: the issuer's codes are right: one stands for a name that nobody knows.
    """
    lang, name = lang.replace("-", "_"), visible(name)
    key = places.fold(name)
    if key in NOT_PLACES:
        return Where(unknown="not a destination", name=name)
    known = _known(key, name, lang) or _split(name, lang)
    if known:
        return Where(known)
    candidates = places.find(name, lang).candidates
    if code and places.is_code(code) and (code in candidates or sure):
        return Where(((code, ""),))
    if candidates:
        return Where(unknown=f"ambiguous: {' or '.join(candidates)}", name=name)
    return Where(unknown=f"no place of this name: {name[:60]}" if key else "no name", name=name)


def _known(key: str, name: str, lang: str) -> tuple[tuple[str, str], ...]:
    if key in PARTS:
        return (PARTS[key],)
    if key in JOINT:
        return tuple((code, "") for code in JOINT[key])
    for form in _forms(name):
        code = places.find(form, lang).code
        if code:
            return ((code, ""),)
    return ()


def _forms(name: str) -> Iterator[str]:
    """The name as printed, without brackets, and the right way round ("Palestine, State of")."""
    bare = re.sub(r"\s*[(（].*?[)）]|\*", "", name).strip()
    yield from dict.fromkeys((name, bare))
    turned = re.fullmatch(r"(.+?), (.+ of(?: the)?)", bare, re.I)
    if turned:
        yield f"{turned[2]} {turned[1]}"
        yield turned[1]
    yield re.sub(r"(?i)^(?:union|state) of (?:the )?|\s+islands?$", "", bare)


def _split(name: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Each of several names, if all are known; parts of one country become that country."""
    names = [n for n in _SEPARATOR.split(re.sub(r"\s+[-–]\s+", ", ", name)) if n]
    found = [_known(places.fold(n), n, lang) for n in names]
    if len(names) < 2 or not all(found):
        return ()
    codes = dict.fromkeys(code for each in found for code, _ in each)
    return tuple((code, "") for code in codes)


def named(text: str, lang: str) -> tuple[str, ...]:
    """The codes of all places that a short text names, in order, each once: longest names first."""
    lang = lang.replace("-", "_")
    spaced = lang not in ("zh", "zh_Hant", "ja", "ko", "th")
    units = re.findall(r"[^\W_][\w'’.-]*" if spaced else r"\w", text)
    return tuple(dict.fromkeys(_longest(units, lang, spaced)))


def _longest(units: list[str], lang: str, spaced: bool) -> Iterator[str]:
    while units:
        width, code = _name_at(units, lang, spaced)
        if code:
            yield code
        units = units[width:]


def _name_at(units: list[str], lang: str, spaced: bool) -> tuple[int, str]:
    """(units taken, code) of the longest name at the start; a spaced name begins with a capital."""
    if spaced and not units[0][0].isupper():
        return 1, ""
    widest, least, glue = (6, 1, " ") if spaced else (14, 2, "")
    for width in range(min(widest, len(units)), least - 1, -1):
        code = places.find(glue.join(units[:width]).rstrip("."), lang).code
        if code:
            return width, code
    return 1, ""
