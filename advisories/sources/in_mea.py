"""India: the external affairs ministry's travel advisories, a page of dated statements; the coder
reads destination and advice out of the words.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _listed
from advisories.sources._names import named

SITE = "https://www.mea.gov.in/"
SCALE = (
    Step("exercise caution | exercise utmost caution | remain vigilant", 2, "caution, but go"),
    Step("avoid non-essential travel | avoid all non-essential travel | avoid unnecessary travel",
         3, "not without need"),
    Step("avoid all travel | leave immediately | leave the country | not to travel", 4,
         "do not go, or leave"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The statements of the page whose titles are of travel or advice."""
    found = 0
    for item in _listed.notices(body, SITE, "en", r"\badvisor|\btravel", "Asia/Kolkata"):
        if set(named(item.title, "en")) - {"IN"}:
            found += 1
            yield replace(item, unknown="a statement: read by the coder")
    if not found:
        raise ParseError("no statement on the page names a country")


SOURCE = Source(
    id="in-mea",
    name="India, Ministry of External Affairs, Travel advisories",
    kind="advisory",
    url=SITE + "travel-advisories.htm",
    alternates=(SITE + "travel-advisory.htm",),
    lang="en",
    country="IN",
    issuer="IN",
    parse=parse,
    hours=24,
    prose=True,
    status="unproven",
    status_date="2026-10",
    status_note="403 from many addresses; the page's markup is not known, only its words",
    attribution="Ministry of External Affairs, Government of India",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
    scale_note="No scale is published; these are the words that statements use.",
)
