"""Philippines: the foreign ministry's advisories, with "Alert Level 3" in the title."""

import re
from collections.abc import Iterator
from dataclasses import replace

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _listed
from advisories.sources._names import named

SITE = "https://dfa.gov.ph/"
SCALE = (
    Step("Alert Level 1", 2, "precautionary phase"),
    Step("Alert Level 2", 3, "restriction phase: no journeys without need"),
    Step("Alert Level 3", 4, "voluntary repatriation: leave"),
    Step("Alert Level 4", 4, "mandatory repatriation: all must leave"),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The notices whose titles print an alert level."""
    found = 0
    for item in _listed.notices(body, SITE, "en", r"alert\s+level", "Asia/Manila"):
        found += 1
        yield _read(item)
    if not found:
        raise ParseError("no title on the page prints an alert level")


def _read(item: Item) -> Item:
    """The notice with the destination and the level of its title ("to" a level beats "from")."""
    codes = [c for c in named(item.title, "en") if c != "PH"]
    numbers = re.findall(r"alert\s+level\s+(\d)", item.title, re.I)
    new = re.search(r"\b(?:raised?|lowered?|upgraded?|downgraded?)\b.*?\bto\s+(?:alert\s+level\s+)?"
                    r"(\d)", item.title, re.I)  # fmt: skip
    number = int(new[1]) if new else int(numbers[-1]) if len(set(numbers)) == 1 else 0
    known = SCALE[number - 1] if 1 <= number <= 4 else None
    lifted = re.search(r"\blift(?:s|ed|ing)?\b", item.title, re.I)
    one = len(codes) == 1
    return replace(
        item,
        destination=codes[0] if one else None,
        level=known.level if known and one and not lifted else None,
        level_text=known.words if known else "",
        unknown="" if known and one and not lifted else "no single country or level in the title",
    )


SOURCE = Source(
    id="ph-dfa",
    name="Philippines DFA, Alert levels",
    kind="advisory",
    url=SITE + "travel-advisories",
    alternates=(SITE + "index.php/travel-advisories",),
    lang="en",
    country="PH",
    issuer="PH",
    parse=parse,
    hours=48,
    prose=True,
    status="unproven",
    status_date="2026-09",
    status_note="answers automated clients with a browser challenge",
    attribution="Department of Foreign Affairs, Philippines",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
    scale_note="Dated notices, not a list of standing levels.",
)
