"""Sweden: the foreign ministry's list of countries it advises against journeys to.

An entry names a country and one of two phrases, for all of it or for parts. A country that is not
in the list is not advised against; no row is made up for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose
from advisories.sources._items import advice, date_in
from advisories.sources._links import absolute
from advisories.sources._names import where
from advisories.sources._scale import step

LIST = "https://www.regeringen.se/uds-reseinformation/ud-avraader/"
SCALE = (
    Step("icke nödvändiga resor | icke-nödvändiga resor | ej nödvändiga resor", 3,
         "not without need"),
    Step("alla resor", 4, "against all journeys"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each country of the list."""
    page = _html.page(body)
    texts: dict[str, list[str]] = defaultdict(list)
    links: dict[str, str] = {}
    for name, text, link in _entries(page):
        texts[name].append(text)
        links.setdefault(name, link)
    if not texts:
        raise ParseError("no entries that name a country and advise against journeys")
    for name, lines in texts.items():
        yield from _item(name, "\n".join(lines), links[name])


def _entries(page: _html.Element) -> Iterator[tuple[str, str, str]]:
    """(country, text, address) of each smallest block that holds a phrase and a country's name."""
    for block in page.all("li", "tr", "article", "p"):
        inner = any(b is not block for b in block.all("li", "tr", "article", "p"))
        text = block.text()
        if inner or not step(SCALE, text):
            continue
        anchor = block.first("a")
        link = absolute(LIST, anchor.attrs.get("href", "")) if anchor else ""
        for name in (anchor.text() if anchor else "", *_headings(text)):
            if where(name, "sv").places:
                yield name, text, link
                break


def _headings(text: str) -> Iterator[str]:
    """What may be the country's name: what stands before a colon or dash, or behind "till"."""
    yield re.split(r"\s+[-–]\s+|:", text)[0]
    behind = re.search(r"\btill (?:delar av |vissa delar av )?((?:[^\W\d_][\w-]* ?){1,4})", text)
    words = behind[1].split() if behind else []
    for size in range(len(words), 0, -1):
        yield " ".join(words[:size])


def _item(name: str, text: str, link: str) -> Iterator[Item]:
    place = where(name, "sv")
    names = _prose.names_of(next(iter(place.codes), None), "sv", name)
    read = _prose.read(text, SCALE, "sv", names)
    yield from advice(place, Item(
        key="",
        title=f"{name} - avrådan",
        url=link,
        summary=" ".join(text.split()),
        published=date_in(text, r"(\d{4}-\d\d-\d\d)", "%Y-%m-%d", "Europe/Stockholm"),
        lang="sv",
        level=read.level,
        regional_max=read.regional_max,
        level_text=read.words,
        unknown="" if read.level else "no sentence of its scale",
    ))  # fmt: skip


SOURCE = Source(
    id="se-ud",
    name="Utrikesdepartementet, UD avråder",
    kind="advisory",
    url=LIST,
    lang="sv",
    country="SE",
    issuer="SE",
    parse=parse,
    whole_list=True,
    floor=10,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="only the words of the page are known, not its markup",
    attribution="Utrikesdepartementet, Regeringskansliet",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Only two steps are published. A country that is not listed has no row here.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
