"""Italy: Viaggiare Sicuri of the foreign ministry, a list of countries and a JSON sheet for each.

No level is printed. The security section's two nodes are read: the general words, and the areas of
particular caution; a sheet that names none and advises against nothing is level 1, derived.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json, _prose
from advisories.sources._items import advice, date_by
from advisories.sources._names import where

SITE = "https://www.viaggiaresicuri.it/"
SHEETS = SITE + "schede_paese/"
SCALE = (
    Step("(nessuna area di particolare cautela)", 1,
         "derived: no area of particular caution and no words against journeys"),
    Step("particolare cautela | massima cautela | prestare cautela", 2, "particular caution"),
    Step("si sconsigliano | sconsigliati | sconsigliata | si sconsiglia | rinviare i viaggi", 3,
         "against journeys, or against those that are not necessary"),
    Step("sconsigliati ... a qualsiasi titolo | sconsigliano ... a qualsiasi titolo | sconsigliati "
         "tutti i viaggi | lasciare il paese", 4, "against journeys of any kind"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the list of countries, or the item of one sheet."""
    value, damage = _json.load(body, rows=1)
    if isinstance(value, Mapping) and isinstance(value.get("infoSicurezza"), Mapping):
        _json.refuse_cut(damage)
        yield from _sheet(value, url)
    else:
        yield from _listings(value)
    if damage:
        raise Damaged(damage)


def _listings(value: Any) -> Iterator[Item]:
    rows = [row for row in _json.mappings(value) if _json.string(row, "Codice-3")]
    if not rows:
        raise ParseError(f"neither a list of countries nor a sheet{_json.error_text(value)}")
    for row in rows:
        iso, name = _json.string(row, "Codice-3"), _json.string(row, "Nome")
        place = where(name, "it", code=places.from_iso3(iso), sure=True)
        link = f"{SITE}find-country/country/{iso}"
        yield from advice(place, Item(key="", title=name, url=link, lang="it", listing=True))


def _sheet(value: Mapping[str, Any], url: str) -> Iterator[Item]:
    iso = url.partition("#")[0].rpartition("/")[2].removesuffix(".json").upper()
    code = places.from_iso3(iso)
    name = _json.string(value, "nome") or _json.string(value, "infoGenerali", "nome")
    general = _node(value, "Indicazioni-generali")
    areas = _node(value, "Aree-di-particolare-cautela")
    level, worst, words = _levels(general, areas, _prose.names_of(code, "it", name))
    shown = name or (places.name(code, "it") if code else iso)
    yield from advice(where(shown, "it", code=code, sure=True), Item(
        key="",
        title=f"{shown} - Sicurezza",
        url=f"{SITE}find-country/country/{iso}",
        summary=" ".join(f"{general} {areas}".split()),
        published=_date(_json.string(value, "updateDate")),
        lang="it",
        level=level,
        regional_max=worst,
        level_text=words,
        unknown="" if level else "the section on security is empty",
    ))  # fmt: skip


def _date(text: str) -> datetime | None:
    return times.parse_date(text, default_zone="Europe/Rome") or date_by(
        text[:10], "%d/%m/%Y", "Europe/Rome"
    )


def _node(value: Mapping[str, Any], name: str) -> str:
    content = _json.at(value, "infoSicurezza", "nodi", name, "contenuto")
    return _html.fragment(content).lines() if isinstance(content, str) else ""


def _levels(general: str, areas: str, names: tuple[str, ...]) -> tuple[int | None, int | None, str]:
    """(level, worst part, words) of the general words and of the areas."""
    if not general and not areas:
        return None, None, ""
    read = _prose.read(general, SCALE[1:], "it", names)
    local = _prose.read(areas, SCALE[1:], "it", names)
    level = read.level or (2 if areas else 1)
    parts = [s.level for s in (read.part, local.part, local.whole) if s]
    worst = max(parts, default=0)
    words = read.words or local.words or SCALE[1 if areas else 0].words
    return level, worst if worst > level else None, words


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's sheet (the list prints no dates)."""
    for row in _json.mappings(_json.load(body, rows=1)[0]):
        iso = _json.string(row, "Codice-3")
        if iso:
            yield f"{SHEETS}{iso}.json"


SOURCE = Source(
    id="it-mae",
    name="Farnesina, Viaggiare Sicuri",
    kind="advisory",
    url=SHEETS + "lista_nazioni.json",
    pages=(SHEETS,),
    lang="it",
    country="IT",
    issuer="IT",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=150,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of programs which read it, no answer was recorded",
    attribution="Ministero degli Affari Esteri e della Cooperazione Internazionale, Unità di Crisi",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("SY", 3), ("UA", 3)),
)
