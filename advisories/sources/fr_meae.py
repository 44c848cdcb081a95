"""France: the foreign ministry's advice to travellers, zones of vigilance by colour on a page each.

A zone's heading gives the colour, its text the areas; the country's own colour is that of "the
rest of the country" or of a zone that is all of it.
"""

import re
from collections.abc import Iterator

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose, _xml
from advisories.sources._items import advice, date_in
from advisories.sources._links import absolute
from advisories.sources._names import Where, where
from advisories.sources._scale import step

SITE = "https://www.diplomatie.gouv.fr/"
PAGES = SITE + "fr/information-par-pays/"
OLD = SITE + "fr/conseils-aux-voyageurs/conseils-par-pays-destination/"
SCALE = (
    Step("vigilance normale", 1, "green"),
    Step("vigilance renforcée", 2, "yellow"),
    Step("déconseillé sauf raison impérative | déconseillée sauf raison impérative | déconseillés "
         "sauf raison impérative | déconseillées sauf raison impérative", 3, "orange"),
    Step("formellement déconseillé | formellement déconseillée | formellement déconseillés | "
         "formellement déconseillées", 4, "red"),
)  # fmt: skip
NAMES = {"salvador": "El Salvador", "israel-palestine": "Israel, Palestine",
         "kirghizstan": "Kirghizistan"}  # fmt: skip
_DATE = r"derni[èe]re (?:actualisation|mise à jour) le\s*:?\s*(\d{1,2}/\d{1,2}/\d{4})"


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the feed or of a page of links, or the item of one page with zones."""
    if not _html.is_markup(body):
        for node in _xml.items(body, item="item", roots=("rss", "RDF")):
            name = node.get("title").partition(" - ")[0]
            yield from advice(where(name, "fr"), Item(
                key="", title=name, url=node.get("link"), lang="fr", listing=True))  # fmt: skip
        return
    page = _html.page(body)
    text = zones(page)
    links = [] if text else list(_links(page))
    if not text and not links:
        raise ParseError("neither zones of vigilance nor links to countries")
    for slug in links:
        yield from advice(_place(slug), Item(key="", title=slug, url=_page(slug), lang="fr",
                                             listing=True))  # fmt: skip
    if text:
        yield from _item(page, text, url)


def _item(page: _html.Element, text: str, url: str) -> Iterator[Item]:
    heading = page.first("h1")
    name = heading.text().partition(" - ")[0] if heading else ""
    place = _place(_slug(url), name)
    names = _prose.names_of(next(iter(place.codes), None), "fr", name)
    read = _prose.read(text, SCALE, "fr", names)
    yield from advice(place, Item(
        key="",
        title=f"{name} - {read.phrase}",
        url=url if url.startswith("http") else "",
        summary=" ".join(text.split()),
        published=date_in(page.text(), _DATE, "%d/%m/%Y", "Europe/Paris"),
        lang="fr",
        level=read.level,
        regional_max=read.regional_max,
        level_text=read.words,
        unknown="" if read.level else "no zone's words are of its scale",
    ))  # fmt: skip


def zones(page: _html.Element) -> str:
    """The zones as sentences: each line of a zone's text behind its heading."""
    lines: list[str] = []
    for head, text in _html.sections(page):
        if re.search(r"vigilance|d[ée]conseill", head, re.I) and step(SCALE, head):
            lines += [line if step(SCALE, line) else f"{head}: {line}" for line in
                      _prose.sentences(text)] or [head]  # fmt: skip
        elif re.search(r"zones? de vigilance", head, re.I):
            lines += [line for line in _prose.sentences(text) if step(SCALE, line)]
    return "\n".join(lines)


def _slug(url: str) -> str:
    return "".join(re.findall(r"(?:par-pays|par-pays-destination)/([\w-]+)", url)[-1:])


def _place(slug: str, name: str = "") -> Where:
    found = where(name, "fr") if name else Where()
    return found if found.places else where(NAMES.get(slug, slug.replace("-", " ")), "fr")


def _page(slug: str) -> str:
    return f"{PAGES}{slug}/conseils-aux-voyageurs-securite"


def _links(page: _html.Element) -> Iterator[str]:
    """The slugs of the countries that a page links to."""
    targets = (absolute(SITE, a.attrs.get("href", "")) for a in page.all("a", "option"))
    yield from dict.fromkeys(s for t in targets if t.startswith((PAGES, OLD)) and (s := _slug(t)))


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page on security, as the feed or the page of links names them."""
    if _html.is_markup(body):
        slugs = _links(_html.page(body))
    else:
        nodes = _xml.items(body, item="item", roots=("rss", "RDF"))
        slugs = (s for node in nodes if (s := _slug(node.get("link"))))
    for slug in slugs:
        yield _page(slug)


SOURCE = Source(
    id="fr-meae",
    name="France Diplomatie, Conseils aux voyageurs",
    kind="advisory",
    url=SITE + "spip.php?page=backend_fcv",
    alternates=(SITE + "fr/information-par-pays", SITE + "fr/conseils-aux-voyageurs/"),
    pages=(PAGES, OLD),
    lang="fr",
    country="FR",
    issuer="FR",
    parse=parse,
    follow=follow,
    floor=5,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the site moved in 2026; the feed is reported both working (10 items) and gone",
    attribution="Ministère de l'Europe et des Affaires étrangères",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
)
