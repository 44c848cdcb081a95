"""Netherlands: the open data of NederlandWereldwijd, a colour in a sentence of prose.

Dangerous parts come first in the text and the rest of the country last, so the colour's sentence
has to name the country, or "de rest van" it, to be the country's. No such sentence: no level.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json, _prose, _xml
from advisories.sources._items import advice, date_in, part_above
from advisories.sources._names import Where, where
from advisories.sources._scale import fold

LIST = (
    "https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/traveladvice"
)
COUNTRIES = (
    "https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/countries/"
)
ROWS = 200
SCALE = (
    Step("groen", 1, "no particular safety risks"),
    Step("geel", 2, "mind the safety risks"),
    Step("oranje", 3, "only journeys that are necessary"),
    Step("rood", 4, "do not travel"),
)
LEVELS = {step.words: step.level for step in SCALE}
_COLOUR = re.compile(r"\b(groen|geel|oranje|rood)\b(?=( (?:geldt |is |blijft )?voor )?)")
_TARGET = re.compile(r"\bvoo?r (?:(?:geheel |het |de )?(?:hele |heel )?)?")
_TOPIC = re.compile(r"kleurcode|reisadvies|\bgeldt\b|\bcode\b")


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Items of a list of documents or of one document, as JSON or as XML."""
    if body.lstrip()[:1] in (b"[", b"{"):
        yield from _of_json(body)
        return
    for node in _xml.items(body, item="document", roots=("documents", "document")):
        yield from _document({c.name: c.content for c in node.children})


def _of_json(body: bytes) -> Iterator[Item]:
    rows, damage = _documents(body)
    for row in rows:
        yield from _document({k: v for k, v in row.items() if isinstance(v, str)})
    if damage:
        raise Damaged(damage)


def _documents(body: bytes) -> tuple[list[Mapping[str, Any]], str]:
    value, damage = _json.load(body, rows=1)
    if isinstance(value, Mapping):
        _json.refuse_cut(damage)
        value = value.get("documents") or [value]
    rows = [row for row in _json.mappings(value) if "isocode" in row or "location" in row]
    if not rows:
        raise ParseError(f"no documents of travel advice{_json.error_text(value)}")
    return rows, damage


def _document(row: Mapping[str, str]) -> Iterator[Item]:
    iso, name = row.get("isocode", "").strip(), row.get("location", "").strip()
    place = _place(iso, name)
    text = _html.fragment(row.get("introduction", "")).text()
    listing = "introduction" not in row
    level, worst = read(text, _prose.names_of(next(iter(place.codes), None), "nl", name))
    unknown = "" if level or listing else "no sentence gives a colour for the country"
    changed = times.parse_date(row.get("lastmodified", ""))
    yield from advice(place, Item(
        key="",
        title=row.get("title", "").partition("|")[0].strip() or name,
        url=row.get("canonical", ""),
        summary=text,
        published=changed or date_in(row.get("modificationdate", ""),
                                     r"(\d\d-\d\d-\d{4})", "%d-%m-%Y", "Europe/Amsterdam"),
        lang="nl",
        level=level,
        regional_max=part_above(level, worst),
        level_text=next((c for c, n in LEVELS.items() if n == level), ""),
        unknown=unknown,
        listing=listing,
    ))  # fmt: skip


def _place(iso: str, name: str) -> Where:
    """The destination; codes of islands such as BQ-BO are the country's with a scope."""
    code = places.from_iso3(iso) or (iso[:2] if re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", iso) else None)
    place = where(name, "nl", code=code, sure=True)
    if "-" in iso and place.codes == (code,) and not place.places[0][1]:
        return Where(((str(code), iso[3:].lower()),))
    return place


def read(text: str, names: tuple[str, ...]) -> tuple[int | None, int | None]:
    """(the country's level, its worst part) as the sentences of a summary give them."""
    own = "|".join(sorted((re.escape(fold(n)) for n in names if n), key=len, reverse=True))
    place = rf"(?:(?:de |het )?(?:{own or '(?!)'})|het land|nederland(?!s))(?![\w-])"
    rest = re.compile(rf"(?:rest|overige \w+|andere \w+) van {place}|overig")
    whole = re.compile(place)
    found: dict[str, int] = {}
    for sentence in map(fold, re.split(r"(?<=[.!?])\s+", text)):
        for target, level in _pairs(sentence) if _TOPIC.search(sentence) else ():
            scope = "rest" if rest.match(target) else "whole" if whole.match(target) else "part"
            found[scope] = max(level, found.get(scope, 0))
    return found.get("rest") or found.get("whole"), found.get("part")


def _pairs(sentence: str) -> Iterator[tuple[str, int]]:
    """(what stands behind "voor", level) for each colour of a sentence."""
    targets = [m.end() for m in _TARGET.finditer(sentence)]
    for colour in _COLOUR.finditer(sentence):
        before = [t for t in targets if t < colour.start()]
        after = [t for t in targets if t > colour.end()]
        nearest = (after[:1] if colour[2] else before[-1:]) or before[-1:] or after[:1]
        if nearest:
            yield sentence[nearest[0] :], LEVELS[colour[1]]


def follow(body: bytes, url: str) -> Iterator[str]:
    """The next page if this one is full, and documents whose text the list does not hold."""
    if body.lstrip()[:1] not in (b"[", b"{"):
        return
    rows, _ = _documents(body)
    for row in rows:
        if "introduction" not in row and _json.string(row, "isocode"):
            iso = _json.string(row, "isocode").lower()
            yield f"{COUNTRIES}{iso}/traveladvice?output=json#{_json.string(row, 'lastmodified')}"
    if len(rows) >= ROWS:
        offset = int(parse_qs(urlsplit(url).query).get("offset", ["0"])[0] or 0) + ROWS
        yield f"{LIST}?{urlencode({'output': 'json', 'rows': ROWS, 'offset': offset})}"


SOURCE = Source(
    id="nl-bz",
    name="Ministerie van Buitenlandse Zaken, Reisadviezen",
    kind="advisory",
    url=f"{LIST}?output=json&rows={ROWS}&offset=0",
    pages=(LIST, COUNTRIES),
    lang="nl",
    country="NL",
    issuer="NL",
    parse=parse,
    follow=follow,
    floor=150,
    hours=24,
    status_date="2026-10",
    licence="CC0 1.0",
    attribution="Ministerie van Buitenlandse Zaken, NederlandWereldwijd",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="A page holds at most 200 rows, so the list is never whole in one body.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
