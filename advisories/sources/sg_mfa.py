"""Singapore: the foreign ministry's travel pages, a sitemap and a page of prose a country."""

import re
from collections.abc import Iterator

from advisories import times
from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _prose, _sitemap
from advisories.sources._items import advice
from advisories.sources._names import where

SITE = "https://www.mfa.gov.sg/"
PREFIX = SITE + "travelling-overseas/travel-advisories-notices-and-visa-information/"
SCALE = (
    Step("exercise caution | exercise vigilance | remain vigilant | take necessary precautions | "
         "exercise a high level of caution", 2, "a notice: be careful"),
    Step("defer non-essential travel | defer all non-essential travel | avoid non-essential travel"
         " | avoid all non-essential travel", 3, "not without need"),
    Step("defer all travel | avoid all travel | defer travel | leave as soon as possible", 4,
         "do not go, or leave"),
)  # fmt: skip
NAMES = {
    "republic-of-guinea": "Guinea", "republic-of-south-korea": "South Korea",
    "bolivarian-republic-of-venezuela": "Venezuela", "kyrgyz-republic": "Kyrgyzstan",
    "democratic-republic-of-congo": "Democratic Republic of the Congo",
}  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Listings of the sitemap, or the item of one page."""
    if _sitemap.is_sitemap(body):
        yield from _sitemap.listings(body, PREFIX, NAMES)
        return
    page = _html.page(body)
    heading = page.first("h1")
    text = "\n".join(p.text() for p in page.all("p"))
    if not heading or not text:
        raise ParseError("no page of a country: no heading or no text")
    name = heading.text()
    slug = url.partition("#")[0].rstrip("/").rpartition("/")[2]
    place = where(NAMES.get(slug) or name)
    names = _prose.names_of(next(iter(place.codes), None), "en", name)
    read = _prose.read(text, SCALE, "en", names)
    updated = re.search(r"(?:updated|dated|as of):?\s*(\d{1,2} \w+ \d{4})", page.text(), re.I)
    yield from advice(place, Item(
        key="",
        title=f"{name} - {read.phrase}",
        url=url if url.startswith("http") else "",
        summary=" ".join(text.split())[:2000],
        published=times.parse_date(updated[1], default_zone="Asia/Singapore") if updated else None,
        lang="en",
        level=read.level,
        regional_max=read.regional_max,
        level_text=read.words,
        unknown="" if read.level else "no words of its scale (a page without a notice)",
    ))  # fmt: skip


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each country's page, stamped with the sitemap's date of its change."""
    for link, _, date in _sitemap.entries(body, PREFIX):
        yield f"{link}#{date}" if date else link


SOURCE = Source(
    id="sg-mfa",
    name="Singapore MFA, Travel advisories and notices",
    kind="advisory",
    url=SITE + "sitemap.xml",
    pages=(PREFIX,),
    lang="en",
    country="SG",
    issuer="SG",
    parse=parse,
    follow=follow,
    floor=100,
    hours=24,
    prose=True,
    status="unproven",
    status_date="2026-10",
    status_note="known from programs that read its pages; no page was recorded",
    attribution="Ministry of Foreign Affairs, Singapore",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
    scale_note="A page without a notice says nothing of a level, so none is read from it.",
)
