"""Names, codes and blocs of places: ISO 3166-1 alpha-2 plus EU, XN, XU, XK and PT-20.

A name that fits two places is never guessed: `find` answers with the candidates.
Names come from CLDR (data/cldr.json, Unicode licence) and our own data/spellings.toml.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

EXTRA = {"EU": "European Union", "XN": "NATO", "XU": "United Nations", "PT-20": "Azores",
         "ES-CN": "Canary Islands"}  # fmt: skip
SUBCODES = {"BQ-BO": "Bonaire", "BQ-SE": "Sint Eustatius", "BQ-SA": "Saba"}
SHORT = {
    "CD": "DR Congo", "CG": "Congo (Brazzaville)", "HK": "Hong Kong", "MO": "Macao",
    "MM": "Myanmar", "PS": "Palestine",
}  # fmt: skip
# Names that stand for several places unless more is said; the order is how candidates are shown.
AMBIGUOUS = {
    "congo": ("CD", "CG"),
    "korea": ("KR", "KP"),
    "virgin islands": ("VG", "VI"),
}
# In an issuer's list of countries these name one place; from a person they could mean another.
AMBIGUOUS_ALONE = {
    "guinea": ("GN", "GW", "GQ", "PG"),
    "georgia": ("GE", "US"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The place of a name: `code`, or None with the `candidates` it could mean (none: unknown)."""

    code: str | None
    candidates: tuple[str, ...] = ()


def _data(name: str) -> str:
    return Path(__file__).with_name("data").joinpath(name).read_text(encoding="utf-8")


def fold(name: str) -> str:
    """A name without case, diacritics, punctuation, "&" for "and", and a leading "the"."""
    text = name.replace("&", " and ").replace("ß", "ss").replace("ı", "i").replace("İ", "I")
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’`´.*]", "", text)
    text = re.sub(r"[\W_]+", " ", text).strip()
    return re.sub(r"^the ", "", text)


@cache
def cldr() -> Mapping[str, Mapping[str, str]]:
    """CLDR's territory names: {language: {name: code}}."""
    names: dict[str, dict[str, str]] = json.loads(_data("cldr.json"))
    return names


@cache
def _spellings() -> Mapping[str, Mapping[str, list[str]]]:
    import tomllib

    return tomllib.loads(_data("spellings.toml"))


@cache
def _index(lang: str) -> Mapping[str, str]:
    index = {fold(n): c for n, c in cldr().get(lang, {}).items()}
    if lang == "zh":
        index |= {fold(n): c for n, c in cldr()["zh_Hant"].items()}
    for code, names in _spellings().get(lang, {}).items():
        index |= {fold(n): code for n in names}
    return index


@cache
def _codes() -> Mapping[str, tuple[str, str]]:
    rows = (line.split("\t") for line in _data("codes.tsv").splitlines()[1:])
    return {code: (iso3, fips) for code, iso3, fips in rows}


def is_code(code: str) -> bool:
    """Whether this is one of our codes; "NA" is Namibia and never a missing value."""
    return code in _codes() or code in EXTRA or code in SUBCODES


def all_codes() -> tuple[str, ...]:
    """Every code, in alphabetical order."""
    return tuple(sorted((*_codes(), *EXTRA)))


def from_iso3(code: str) -> str | None:
    """RUS -> RU; None if no place has this ISO 3166-1 alpha-3 code."""
    return _by_iso3().get(code.upper())


def from_fips(tag: str) -> str | None:
    """RS -> RU: a FIPS 10-4 code, as the US State Department and GDELT write it."""
    return _by_fips().get(tag.upper())


@cache
def _by_iso3() -> Mapping[str, str]:
    return {iso3: code for code, (iso3, _) in _codes().items()}


@cache
def _by_fips() -> Mapping[str, str]:
    return {fips: code for code, (_, fips) in _codes().items() if fips}


def name(code: str, lang: str = "en") -> str:
    """The place's short name; an unknown code is given back as it is."""
    known = EXTRA.get(code) or SUBCODES.get(code)
    if known:
        return known
    if lang == "en" and code in SHORT:
        return SHORT[code]
    return _names(lang).get(code, code)


@cache
def _names(lang: str) -> Mapping[str, str]:
    return {code: n for n, code in cldr().get(lang, cldr()["en"]).items()}


def find(text: str, lang: str = "en") -> Found:
    """The place that a name means, in `lang` first and then in English; never a guess."""
    key = fold(text)
    if not key:
        return Found(None)
    if key in AMBIGUOUS and (lang == "en" or key not in _index(lang)):
        return Found(None, AMBIGUOUS[key])
    for table in (lang, "en") if lang != "en" else ("en",):
        code = _index(table).get(key)
        if code:
            return Found(code)
    return _find_official(key)


def _find_official(key: str) -> Found:
    """Forms such as "Republic of X", "X, Republic of", "X (the)"."""
    pattern = r"\b(federal |kingdom of |republic of |state of |commonwealth of |the)\b"
    bare = re.sub(r" +", " ", re.sub(pattern, " ", key)).strip()
    if bare == key or bare in AMBIGUOUS:
        return Found(None, AMBIGUOUS.get(bare, ()))
    code = _index("en").get(bare)
    return Found(code) if code else Found(None)


@cache
def _blocs() -> Mapping[str, Mapping[str, list[str]]]:
    import tomllib

    return {code: bloc["members"] for code, bloc in tomllib.loads(_data("blocs.toml")).items()}


def is_bloc(code: str) -> bool:
    """EU and NATO have members by date."""
    return code in _blocs()


def members(code: str, on: date | None = None) -> tuple[str, ...]:
    """A bloc's members on a day; without a day, all that ever belonged. () for a country."""
    spans = _blocs().get(code, {})
    if on is None:
        return tuple(sorted(spans))
    day = on.isoformat()
    return tuple(
        sorted(
            c for c, span in spans.items() if span[0] <= day and (len(span) < 2 or day < span[1])
        )
    )


def memberships(code: str) -> dict[str, tuple[str, str]]:
    """A bloc's members, each with the day of joining and of leaving ("": still in)."""
    return {c: (s[0], s[1] if len(s) > 1 else "") for c, s in _blocs().get(code, {}).items()}
