"""Ireland: the Department of Foreign Affairs' advice, a list of destinations and a page for each.

The page prints its security status once as a heading and may print all four as a legend; the
legend's words follow each other at once and are no status. The old site (dfa.ie) is frozen.
"""

import re
from collections.abc import Iterator

from advisories import times
from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html
from advisories.sources._items import advice
from advisories.sources._links import absolute
from advisories.sources._names import where
from advisories.sources._scale import fold, pattern, step

LIST = "https://www.ireland.ie/en/dfa/overseas-travel/advice/"
SCALE = (
    Step("Normal Precautions", 1, "its lowest"),
    Step("High Degree of Caution", 2, "caution, but go"),
    Step("Avoid Non-Essential Travel", 3, "not without need"),
    Step("Do Not Travel", 4, "its highest"),
)
NAMES = {
    "great-britain": "United Kingdom", "democratic-republic-of-korea": "North Korea",
    "republic-of-korea": "South Korea", "myanmar-burma": "Myanmar",
    "slovak-republic-slovakia": "Slovakia", "republic-of-the-gambia": "Gambia",
    "saint-tome-sao-tome-and-principe": "São Tomé and Príncipe",
}  # fmt: skip
LEGEND = 30


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the destinations, or the item of one page."""
    page = _html.page(body)
    status = status_of(page)
    links = [] if status else list(_links(page))
    if not status and not links:
        raise ParseError("neither the list of destinations nor a page with a security status")
    for link, name in links:
        yield from advice(where(name), Item(key="", title=name, url=link, lang="en", listing=True))
    if status:
        heading = page.first("h1")
        name = heading.text() if heading else url.rstrip("/").rpartition("/")[2].replace("-", " ")
        found = step(SCALE, status)
        yield from advice(where(NAMES.get(_slug(url)) or name), Item(
            key="",
            title=f"{name} - {status}",
            url=url if url.startswith("http") else "",
            summary=_html.section(page, r"^(?:latest )?travel alert|^overview").replace("\n", " "),
            published=times.parse_date(_html.meta(page, "website:modified_time")),
            lang="en",
            level=found.level if found else None,
            level_text=status,
            unknown="" if found else f"no words of its scale: {status[:60]}",
        ))  # fmt: skip


def _slug(url: str) -> str:
    return url.partition("#")[0].rstrip("/").rpartition("/")[2]


def status_of(page: _html.Element) -> str:
    """The words of the page's security status; "" if there is none (a legend is none)."""
    text = fold(page.text())
    for place in re.finditer(r"security (?:status|rating)", text):
        window = text[place.end() : place.end() + 160]
        hits = sorted((m.start(), m.end(), s.words) for s in SCALE
                      if (m := pattern(s.words).search(window)))  # fmt: skip
        if hits and not (len(hits) > 1 and hits[1][0] - hits[0][1] < LEGEND):
            return hits[0][2]
    badge = page.first(cls="accordion__title")
    found = step(SCALE, badge.text()) if badge else None
    return found.words if found else ""


def _links(page: _html.Element) -> Iterator[tuple[str, str]]:
    """(address, name) of each destination, from links and from the options of the list."""
    below = re.compile(re.escape(LIST) + r"[\w-]+/?$")
    seen: set[str] = set()
    for element in page.all("a", "option"):
        target = element.attrs.get("href") or element.attrs.get("value") or ""
        link = absolute(LIST, target if element.tag == "a" or "/" in target else f"{target}/")
        if target and below.match(link) and link not in seen and element.text():
            seen.add(link)
            yield link, NAMES.get(_slug(link)) or element.text()


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each destination's page (the list prints no dates)."""
    for link, _ in _links(_html.page(body)):
        yield link


SOURCE = Source(
    id="ie-dfa",
    name="Ireland, Department of Foreign Affairs, Travel advice",
    kind="advisory",
    url=LIST,
    pages=(LIST,),
    lang="en",
    country="IE",
    issuer="IE",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=150,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="403 for many automated clients; the layout changed twice in 2025",
    attribution="Department of Foreign Affairs, Ireland",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("RU", 4), ("UA", 4)),
)
