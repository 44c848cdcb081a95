"""Germany: the Foreign Office's travel warnings, an index of flags and a text for each country.

A flag means a formal warning, for the country or for parts of it. Short of that the ministry
"advises against" journeys, and no flag tells: only the text of the country's document does. So the
index's items carry the flag "index": what a country's document says of the same key goes before.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json, _prose
from advisories.sources._items import advice, part_above
from advisories.sources._names import where

INDEX = "https://www.auswaertiges-amt.de/opendata/travelwarning"
SCALE = (
    Step("(no flag)", 1, "derived: no formal warning; the text may still advise against"),
    Step("partialWarning | situationWarning | situationPartWarning", 2,
         "parts only: 2 for the country, with 4 as its regional maximum for a partial warning; the "
         "situation flags date from the pandemic and are caution"),
    Step("abgeraten | rät ... ab | raten ... ab", 3,
         "advises against journeys, also those that are not necessary: short of a formal warning"),
    Step("warning | Reisewarnung | wird gewarnt | warnt vor Reisen", 4,
         "a formal travel warning, the highest"),
)  # fmt: skip
FLAGS = {"warning": (4, 4), "partialWarning": (2, 4), "situationWarning": (2, 2),
         "situationPartWarning": (2, 2)}  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Items of the index, or of one country's document (which has `content`)."""
    value, damage = _json.load(body, rows=2)
    rows = _json.at(value, "response")
    found = {k: v for k, v in rows.items() if k.isdecimal()} if isinstance(rows, Mapping) else {}
    if not found:
        raise ParseError(f"no countries in `response`{_json.error_text(value)}")
    for key, row in found.items():
        yield from _row(key, row)
    if damage:
        raise Damaged(damage)


def _row(key: str, row: Any) -> Iterator[Item]:
    if not isinstance(row, Mapping):
        yield from advice(where(""), Item(key="", title=key, unknown="the row is no object"))
        return
    name = _json.string(row, "countryName").rstrip("*")
    iso2, iso3 = _json.string(row, "countryCode"), _json.string(row, "iso3CountryCode")
    code = iso2 if places.is_code(iso2) else places.from_iso3(iso3)
    flags = [f for f in FLAGS if row.get(f) is True]
    content = row.get("content")
    text = _html.fragment(content).lines() if isinstance(content, str) else ""
    level, worst, unknown = _level(row, flags)
    words = ",".join(flags) or SCALE[0].words
    if text and level in (1, 2):
        read = _prose.read(text, SCALE[2:], "de", _prose.names_of(code, "de", name))
        level, worst, words = _with_text(read, level, worst, words)
    yield from advice(where(name, "de", code=code, sure=True), Item(
        key="",
        title=_json.string(row, "title") or name,
        url=f"{INDEX}/{key}",
        summary=" ".join(text.split()),
        published=times.from_unix(_json.number(row.get("lastModified"))),
        lang="de",
        level=level,
        regional_max=part_above(level, worst),
        level_text=words,
        unknown=unknown,
        flags=() if text else ("index",),
    ))  # fmt: skip


def _level(row: Mapping[str, Any], flags: list[str]) -> tuple[int | None, int | None, str]:
    odd = [f for f in FLAGS if f in row and not isinstance(row[f], bool)]
    if odd or "warning" not in row:
        return None, None, f"{(odd or ['warning'])[0]} is neither true nor false"
    level = max((FLAGS[f][0] for f in flags), default=1)
    return level, max((FLAGS[f][1] for f in flags), default=None), ""


def _with_text(
    read: _prose.Reading, level: int, worst: int | None, words: str
) -> tuple[int, int | None, str]:
    """The flags' level, or what the text advises if that is more."""
    part = max(worst or 0, read.part.level if read.part else 0) or None
    if read.decisive and read.decisive.level > level:
        return read.decisive.level, part, read.words
    return max(level, read.level or 1), part, words


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's document, stamped with the second of its last change."""
    rows = _json.at(_json.load(body, rows=2)[0], "response")
    for key, row in rows.items() if isinstance(rows, Mapping) else ():
        if key.isdecimal() and isinstance(row, Mapping) and "content" not in row:
            yield f"{INDEX}/{key}#{_json.number(row.get('lastModified'))}"


SOURCE = Source(
    id="de-aa",
    name="Auswärtiges Amt, Reise- und Sicherheitshinweise",
    kind="advisory",
    url=INDEX,
    pages=(INDEX + "/",),
    lang="de",
    country="DE",
    issuer="DE",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=180,
    hours=24,
    status_date="2026-10",
    licence="Datenlizenz Deutschland - Namensnennung 2.0 (as users of it state)",
    attribution="Auswärtiges Amt, opendata",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Never 3 for a partial warning: that painted Japan orange because of Fukushima.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
