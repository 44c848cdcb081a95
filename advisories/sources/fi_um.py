"""Finland: the foreign ministry's travel bulletins, a list with the level of each country, and a
page for each (`/matkustustiedote/-/c/{ISO2}`).
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
from advisories.sources._scale import step

SITE = "https://um.fi/"
SCALE = (
    Step("noudata tavanomaista varovaisuutta | tavanomaista varovaisuutta", 1, "its lowest"),
    Step("noudata erityistä varovaisuutta | erityistä varovaisuutta", 2, "special caution"),
    Step("vältä tarpeetonta matkustamista | vältä tarpeetonta", 3, "not without need"),
    Step("vältä kaikkea matkustamista | poistu maasta", 4, "its highest"),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The items of the list, or the item of one page."""
    page = _html.page(body)
    level = page.first(cls="safetylevel") or page.first(id="safetyLevelMainLevel")
    rows = [(row, a) for row in page.all("div", cls="item span-row") if (a := row.first("a"))]
    if level:
        heading = page.first(cls="country-name") or page.first("h1")
        date = next((e.attrs["data-modifydate"] for e in page.walk()
                     if "data-modifydate" in e.attrs), "")  # fmt: skip
        yield from _item(heading.text() if heading else "", level.text(), url, date)
    elif rows:
        for row, anchor in rows:
            words = " ".join(p.text() for p in row.all("p"))
            yield from _item(anchor.text(), words, absolute(SITE, anchor.attrs.get("href", "")), "")
    else:
        raise ParseError("neither the list of countries nor a page with a safety level")


def _item(heading: str, words: str, url: str, date: str) -> Iterator[Item]:
    name = heading.partition(":")[0].strip()
    found = step(SCALE, words)
    iso = "".join(re.findall(r"/c/([A-Z]{2})\b", url))
    yield from advice(where(name, "fi", code=iso or None, sure=bool(iso)), Item(
        key="",
        title=f"{name} - {words[:80]}",
        url=url if url.startswith("http") else "",
        summary=words,
        published=times.parse_date(date, default_zone="Europe/Helsinki"),
        lang="fi",
        level=found.level if found else None,
        level_text=found.words.partition(" | ")[0] if found else words[:80],
        unknown="" if found else "no words of its scale",
    ))  # fmt: skip


SOURCE = Source(
    id="fi-um",
    name="Ulkoministeriö, Matkustustiedotteet",
    kind="advisory",
    url=SITE + "matkustustiedotteet-a-o",
    pages=(SITE + "matkustustiedote/",),
    lang="fi",
    country="FI",
    issuer="FI",
    parse=parse,
    whole_list=True,
    floor=100,
    hours=24,
    status="unproven",
    status_date="2026-09",
    status_note="answers automated clients with a browser challenge (403)",
    attribution="Ulkoministeriö",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("RU", 3), ("UA", 4)),
)
