"""Spain: the foreign ministry's travel recommendations, an index and a page for each country.

The judgement stands under "Notas importantes". An unknown name is answered with an empty page.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose
from advisories.sources._items import advice, date_by
from advisories.sources._links import absolute
from advisories.sources._names import Where, where

SITE = "https://www.exteriores.gob.es/es/ServiciosAlCiudadano/Paginas/"
LIST = SITE + "Recomendaciones-de-viaje.aspx"
PAGE = SITE + "Detalle-recomendaciones-de-viaje.aspx"
SCALE = (
    Step("viajar con normalidad", 1, "normally"),
    Step("viajar con precaución | viajar con extrema precaución | viajar con mucha precaución | "
         "viajar con la máxima precaución", 2, "with caution, also where areas are to be avoided"),
    Step("se desaconseja | desaconsejamos | no viajar salvo | salvo por razones de extrema "
         "necesidad", 3, "not without great need"),
    Step("bajo cualquier circunstancia | se desaconseja todo viaje | se desaconseja ... todo tipo "
         "de viaje | abandonar el país", 4, "against journeys of any kind"),
)  # fmt: skip
NAMES = {"corea": "Corea del Sur", "república del congo": "República del Congo",
         "santa sede": "Ciudad del Vaticano", "puerto rico (eeuu)": "Puerto Rico"}  # fmt: skip
_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
           "octubre", "noviembre", "diciembre")  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the index, or the item of one page."""
    page = _html.page(body)
    links = list(_links(page))
    notes = notas(page)
    if not notes and not links:
        raise ParseError("neither the index nor a page with notes")
    for link, name in links if not notes else ():
        yield from advice(_place(name), Item(key="", title=name, url=link, lang="es", listing=True))
    if notes:
        yield from _item(page, notes, url)


def _place(name: str) -> Where:
    return where(NAMES.get(name.casefold(), name), "es")


def notas(page: _html.Element) -> str:
    """The text of "Notas importantes"; "" if the page has none."""
    text = _html.section(page, r"^notas importantes")
    if text:
        return text
    found = re.search(r"Notas importantes\s*(.{20,3000}?)(?:Documentación y visados|$)",
                      page.lines(), re.S)  # fmt: skip
    return found[1] if found else ""


def _item(page: _html.Element, notes: str, url: str) -> Iterator[Item]:
    name = parse_qs(urlsplit(url).query).get("trc", [""])[0]
    heading = page.first("h1")
    name = name or (heading.text() if heading else "")
    place = _place(name)
    names = _prose.names_of(next(iter(place.codes), None), "es", name)
    read = _prose.read(notes, SCALE, "es", names)
    yield from advice(place, Item(
        key="",
        title=f"{name} - {read.phrase}",
        url=url if url.startswith("http") else "",
        summary=" ".join(notes.split()),
        published=_date(page.text()),
        lang="es",
        level=read.level,
        regional_max=read.regional_max,
        level_text=read.words,
        unknown="" if read.level else "the notes use no words of its scale",
    ))  # fmt: skip


def _date(text: str) -> datetime | None:
    """The date of the last change, "29 de mayo de 2026" (not the day of printing beside it)."""
    found = re.search(r"última actualización el\s*(\d{1,2}) de (\w+) de (\d{4})", text, re.I)
    if not found or found[2].casefold() not in _MONTHS:
        return None
    month = _MONTHS.index(found[2].casefold()) + 1
    return date_by(f"{found[1]}.{month}.{found[3]}", "%d.%m.%Y", "Europe/Madrid")


def _links(page: _html.Element) -> Iterator[tuple[str, str]]:
    """(address, name) of each country in the index."""
    seen: set[str] = set()
    for anchor in page.all("a"):
        link = absolute(LIST, anchor.attrs.get("href", ""))
        name = parse_qs(urlsplit(link).query).get("trc", [""])[0]
        if link.startswith(PAGE) and name and link not in seen:
            seen.add(link)
            yield link, name


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page (the index prints no dates)."""
    for link, _ in _links(_html.page(body)):
        yield link


SOURCE = Source(
    id="es-maec",
    name="Ministerio de Asuntos Exteriores, Recomendaciones de viaje",
    kind="advisory",
    url=LIST,
    pages=(PAGE,),
    lang="es",
    country="ES",
    issuer="ES",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=150,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="known from programs that read its pages; limits the rate",
    attribution="Ministerio de Asuntos Exteriores, Unión Europea y Cooperación",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("SY", 3), ("UA", 3)),
)
