"""Denmark: the foreign ministry's travel guidance, a page for each country with coloured boxes.

A box names what it holds for ("Hele landet" or an area). Two layouts are known: headings with the
colour in their class (2024), items of an accordion (2026).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html
from advisories.sources._items import advice, date_in, part_above
from advisories.sources._links import absolute
from advisories.sources._names import where

SITE = "https://um.dk"
LIST = SITE + "/rejse-og-ophold/rejse-til-udlandet/rejsevejledninger"
SCALE = (
    Step("minimal", 1, "be attentive: its lowest colour"),
    Step("low", 2, "be extra careful"),
    Step("medium", 3, "against journeys that are not necessary"),
    Step("high", 4, "against all journeys"),
)
LEVELS = {step.words: step.level for step in SCALE}
_COLOUR = re.compile(r"(?:module-travel-advice|travel-guide-accordion__item-)-(\w+)")
_NONE = "vi har ingen rejsevejledning"


class Box(NamedTuple):
    """One coloured box: its colour, and whether it holds for the whole country."""

    colour: str
    whole: bool


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the list's options, or the item of one page."""
    page = _html.page(body)
    boxes, links = list(_boxes(page)), list(_links(page))
    none = _NONE in page.text().casefold()
    if boxes or none:
        yield from _item(page, boxes, none, url)
        return
    if not links:
        raise ParseError("neither a list of countries nor a page with boxes")
    for link, name in links:
        yield from advice(where(name, "da"), Item(key="", title=name, url=link, lang="da",
                                                  listing=True))  # fmt: skip


def _boxes(page: _html.Element) -> Iterator[Box]:
    for element in page.all("h2", "h3", "li"):
        colour = _COLOUR.search(element.attrs.get("class", ""))
        if colour and colour[1] in LEVELS:
            subtitle = element.first(cls="travel-guide-accordion__subtitle") or element
            yield Box(colour[1], "hele landet" in subtitle.text().casefold())


def _item(page: _html.Element, boxes: list[Box], none: bool, url: str) -> Iterator[Item]:
    heading = page.first(cls="page-title") or page.first("h1")
    name = re.sub(rf"(?i){_NONE} for\s*", "", heading.text() if heading else "").strip(" .")
    whole = max((LEVELS[b.colour] for b in boxes if b.whole), default=None)
    part = max((LEVELS[b.colour] for b in boxes if not b.whole), default=None)
    level = whole or (min(part, 2) if part else None)
    colours = ",".join(dict.fromkeys(b.colour for b in boxes))
    unknown = "no guidance is published" if none else "no box of its scale"
    yield from advice(where(name, "da"), Item(
        key="",
        title=f"{name} - {colours or 'ingen rejsevejledning'}",
        url=url if url.startswith("http") else "",
        published=date_in(page.text(), r"opdateret:?\s*(\d\d\.\d\d\.\d{4})", "%d.%m.%Y",
                          "Europe/Copenhagen"),
        lang="da",
        level=level,
        regional_max=part_above(level, part),
        level_text=colours,
        unknown="" if level else unknown,
    ))  # fmt: skip


def _links(page: _html.Element) -> Iterator[tuple[str, str]]:
    """(address, name) of each country, from the list's options or links."""
    seen: set[str] = set()
    for element in page.all("option", "a"):
        link = absolute(SITE, element.attrs.get("value") or element.attrs.get("href") or "")
        slug = link.rstrip("/").removeprefix(LIST + "/")
        if re.fullmatch(r"[\w-]+", slug) and slug not in seen and element.text():
            seen.add(slug)
            yield f"{LIST}/{slug}", element.text()


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page (the list prints no dates)."""
    for link, _ in _links(_html.page(body)):
        yield link


SOURCE = Source(
    id="dk-um",
    name="Udenrigsministeriet, Rejsevejledninger",
    kind="advisory",
    url=LIST,
    pages=(LIST + "/",),
    lang="da",
    country="DK",
    issuer="DK",
    parse=parse,
    follow=follow,
    floor=50,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="known from programs that read its pages (2024 and 2026 layouts)",
    attribution="Udenrigsministeriet",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note='"Vi har ingen rejsevejledning" is no guidance published, not level 1.',
)
