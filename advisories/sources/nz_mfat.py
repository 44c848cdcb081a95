"""New Zealand: SafeTravel, a sitemap and a page for each destination.

The first phrase of the scale on a page is the destination's; phrases further down are of areas.
"""

import re
from collections.abc import Iterator

from advisories import times
from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _sitemap
from advisories.sources._items import advice, part_above
from advisories.sources._names import where
from advisories.sources._scale import fold, pattern

SITE = "https://www.safetravel.govt.nz/"
PREFIX = SITE + "destinations/"
SCALE = (
    Step("Exercise normal safety precautions | Exercise normal safety and security precautions", 1,
         "its lowest"),
    Step("Exercise increased caution", 2, "caution, but go"),
    Step("Avoid non-essential travel", 3, "not without need"),
    Step("Do not travel", 4, "its highest"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the sitemap, or the item of one page."""
    if _sitemap.is_sitemap(body):
        yield from _sitemap.listings(body, PREFIX, {})
        return
    page = _html.page(body)
    main = page.first("main") or page
    heading = main.first("h1") or page.first("h1")
    hits = sorted((m.start(), s) for s in SCALE
                  if (m := pattern(s.words).search(fold(main.text()))))  # fmt: skip
    if not heading or not (hits or "/destinations/" in url):
        raise ParseError("no page of a destination")
    updated = re.search(r"updated:?\s*(\d{1,2} \w+ \d{4})", main.text(), re.I)
    level = hits[0][1].level if hits else None
    higher = "higher advice level" in fold(main.text())
    yield from advice(where(heading.text()), Item(
        key="",
        title=f"{heading.text()} - {hits[0][1].words.partition(' | ')[0] if hits else '?'}",
        url=url if url.startswith("http") else "",
        summary=main.text()[:1500],
        published=times.parse_date(updated[1] if updated else "",
                                   default_zone="Pacific/Auckland"),
        lang="en",
        level=level,
        regional_max=part_above(level, max((s.level for _, s in hits), default=None)),
        level_text=hits[0][1].words.partition(" | ")[0] if hits else "",
        unknown="" if hits else "no words of its scale",
        flags=("regional",) if higher else (),
    ))  # fmt: skip


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each destination's page, stamped with the sitemap's date of its change."""
    for link, _, date in _sitemap.entries(body, PREFIX):
        yield f"{link}#{date}" if date else link


SOURCE = Source(
    id="nz-mfat",
    name="New Zealand MFAT, SafeTravel",
    kind="advisory",
    url=SITE + "sitemap.xml",
    pages=(PREFIX,),
    lang="en",
    country="NZ",
    issuer="NZ",
    parse=parse,
    follow=follow,
    floor=100,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="known from programs that read its pages; no page was recorded",
    licence="CC BY 4.0",
    attribution="New Zealand Ministry of Foreign Affairs and Trade, SafeTravel",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("RU", 4), ("UA", 4)),
)
