"""Norway: the foreign ministry's travel information, a page for each country.

Only a country that is advised against has a section "Reiseadvarsel"; a page without one is level 1
here, derived.
"""

import re
from collections.abc import Iterator

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose
from advisories.sources._items import advice, date_in
from advisories.sources._links import absolute
from advisories.sources._names import where

SITE = "https://www.regjeringen.no/"
HOME = SITE + "no/tema/utenrikssaker/reiseinformasjon/"
PAGES = HOME + "velg-land/"
SCALE = (
    Step("(ingen reiseadvarsel)", 1, "derived: the page has no travel warning"),
    Step("fraråder ... ikke er strengt nødvendige | fraråder ... ikke er nødvendige | fraråder ... "
         "ikke-nødvendige reiser | fraråder ... ikke nødvendige reiser", 3, "not without need"),
    Step("fraråder alle reiser | fraråder reiser | fraråder", 4, "against all journeys"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of a page of links, or the item of one country's page."""
    page = _html.page(body)
    links = list(_links(page))
    heading = page.first("h1")
    if "reiseinfo_" in url or (heading and _html.section(page, r"reiseadvarsel")):
        yield from _item(page, heading.text() if heading else "", url)
        return
    if not links:
        raise ParseError("neither a list of countries nor a country's page")
    for link, name in links:
        yield from advice(where(name, "no"), Item(key="", title=name, url=link, lang="no",
                                                  listing=True))  # fmt: skip


def _item(page: _html.Element, heading: str, url: str) -> Iterator[Item]:
    if not heading:
        raise ParseError("a page without a heading")
    name = re.split(r"\s+[-–]\s+|:", heading)[0].strip()
    place = where(name, "no")
    warning = _html.section(page, r"reiseadvarsel")
    names = _prose.names_of(next(iter(place.codes), None), "no", name)
    read = _prose.read(warning, SCALE[1:], "no", names)
    level = read.level or (None if warning else 1)
    yield from advice(place, Item(
        key="",
        title=heading,
        url=url if url.startswith("http") else "",
        summary=" ".join(warning.split()),
        published=date_in(page.text(), r"oppdatert:?\s*(\d{1,2}\.\d{1,2}\.\d{4})", "%d.%m.%Y",
                          "Europe/Oslo"),
        lang="no",
        level=level,
        regional_max=read.regional_max,
        level_text=read.words or ("" if warning else SCALE[0].words),
        unknown="" if level else "a travel warning in words that are not of its scale",
    ))  # fmt: skip


def _links(page: _html.Element) -> Iterator[tuple[str, str]]:
    """(address, name) of the countries' pages that a page links to."""
    seen: set[str] = set()
    for anchor in page.all("a"):
        link = absolute(SITE, anchor.attrs.get("href", ""))
        if link.startswith(PAGES + "reiseinfo_") and link not in seen and anchor.text():
            seen.add(link)
            yield link, re.split(r"\s+[-–]\s+", anchor.text())[0]


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page (the list prints no dates)."""
    for link, _ in _links(_html.page(body)):
        yield link


SOURCE = Source(
    id="no-ud",
    name="Utenriksdepartementet, Reiseinformasjon",
    kind="advisory",
    url=HOME + "id2413163/",
    alternates=(HOME + "reiseraad/id2413163/",),
    pages=(PAGES,),
    lang="no",
    country="NO",
    issuer="NO",
    parse=parse,
    follow=follow,
    floor=20,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the countries' pages challenge automated clients",
    licence="NLOD 2.0",
    attribution="Utenriksdepartementet, regjeringen.no",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
)
