"""Switzerland: the foreign department's travel advice in German, a page for each country, in prose.

The judgement stands under "Grundsätzliche Einschätzung" (for some countries under "Aktuelles").
"""

import re
from collections.abc import Iterator

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose
from advisories.sources._items import advice, date_in
from advisories.sources._links import absolute
from advisories.sources._names import where
from advisories.sources._scale import found

SITE = "https://www.eda.admin.ch/"
PAGES = SITE + "eda/de/home/vertretungen-und-reisehinweise/"
SCALE = (
    Step("gilt als sicher | gelten als sicher | im Allgemeinen sicher | allgemein sicher | stabil",
         1, "called safe or stable"),
    Step("erhöhte Vorsicht | erhöhter Vorsicht | erhöhte Aufmerksamkeit | grosse Vorsicht | "
         "grosser Vorsicht", 2, "raised caution"),
    Step("touristischen ... wird abgeraten | nicht dringenden ... wird abgeraten", 3,
         "against journeys that are not urgent"),
    Step("wird abgeraten | rät das EDA ... ab", 4, "against journeys and stays of any kind"),
)  # fmt: skip
JUDGEMENT = r"grundsätzliche einschätzung"


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of a page of links, or the item of one country's page."""
    page = _html.page(body)
    text = _html.section(page, JUDGEMENT)
    links = [] if text else list(_links(page))
    if not text and not links:
        raise ParseError("neither a judgement of a country nor links to countries")
    for link, name in links:
        yield from advice(where(name, "de"), Item(key="", title=name, url=link, lang="de",
                                                  listing=True))  # fmt: skip
    if text:
        yield from _item(page, text, url)


def _item(page: _html.Element, text: str, url: str) -> Iterator[Item]:
    heading = page.first("h1")
    name = re.sub(r"(?i)^reisehinweise für\s+(?:die |das |den )?|\s*[-–]?\s*reisehinweise.*$", "",
                  heading.text() if heading else "")  # fmt: skip
    place = where(name, "de")
    names = _prose.names_of(next(iter(place.codes), None), "de", name)
    judged = read(text, names)
    news = read(_html.section(page, r"^aktuelles$"), names)
    level = max(judged.level or 0, news.decisive.level if news.decisive else 0) or None
    yield from advice(place, Item(
        key="",
        title=f"{name} - Reisehinweise",
        url=url if url.startswith("http") else "",
        summary=" ".join(text.split()),
        published=date_in(page.text(), r"(?:publiziert am|aktualisiert am|Stand:?)\D{0,10}"
                          r"(\d{1,2}\.\d{1,2}\.\d{4})", "%d.%m.%Y", "Europe/Zurich"),
        lang="de",
        level=level,
        regional_max=judged.regional_max if judged.level == level else None,
        level_text=judged.words if judged.level == level else news.words,
        unknown="" if level else "the judgement uses no words of its scale",
    ))  # fmt: skip


def read(text: str, names: tuple[str, ...]) -> _prose.Reading:
    """What advises against journeys; short of that, what is said of safety in general."""
    against = _prose.read(text, SCALE[2:], "de", names)
    if against.decisive or against.part:
        return against
    mild = [_prose.Hit(hit[0].level, hit[1], sentence) for sentence in _prose.sentences(text)
            if (hit := found(SCALE[:2], sentence))]  # fmt: skip
    return _prose.Reading(whole=max(mild, key=lambda hit: hit.level, default=None))


def _links(page: _html.Element) -> Iterator[tuple[str, str]]:
    """(address, name) of the countries' pages that a page links to."""
    seen: set[str] = set()
    for anchor in page.all("a"):
        link = absolute(SITE, anchor.attrs.get("href", ""))
        slug = "".join(re.findall(rf"^{re.escape(PAGES)}([\w-]+)(?:/|\.html)", link))
        name = anchor.text()
        if slug and slug not in seen and where(name, "de").places:
            seen.add(slug)
            yield f"{PAGES}{slug}/reisehinweise-fuer{slug}.html", name


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page (the list prints no dates)."""
    for link, _ in _links(_html.page(body)):
        yield link


SOURCE = Source(
    id="ch-eda",
    name="EDA Schweiz, Reisehinweise",
    kind="advisory",
    url=SITE + "eda/de/home/laender-reise-information.html",
    alternates=(SITE + "eda/de/home/vertretungen-und-reisehinweise.html",),
    pages=(PAGES,),
    lang="de",
    country="CH",
    issuer="CH",
    parse=parse,
    follow=follow,
    floor=100,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="blocks addresses of data centres; the French pages are empty without a browser",
    attribution="Eidgenössisches Departement für auswärtige Angelegenheiten EDA",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
