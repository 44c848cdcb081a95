"""Romania: the foreign ministry's travel alerts, titles with a level from 1 to 9."""

import re
from collections.abc import Iterator
from dataclasses import replace

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _listed
from advisories.sources._names import named

SITE = "https://www.mae.ro/"
SCALE = (
    Step("level 1 | level 2", 1, "of 9: usual or normal caution"),
    Step("level 3 | level 4", 2, "of 9: raised caution"),
    Step("level 5 | level 6", 3, "of 9: avoid journeys without need"),
    Step("level 7 | level 8 | level 9", 4, "of 9: avoid all journeys, leave"),
)
LEVELS = {n: step for step in SCALE for n in re.findall(r"\d", step.words)}


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The notices whose titles print a level."""
    found = 0
    for item in _listed.notices(body, SITE, "en", r"\b(?:alert|level|nivel)", "Europe/Bucharest"):
        number = re.search(r"\b(?:level|nivel(?:ul)?)\s*:?\s*(\d+)", item.title, re.I)
        codes = [c for lang in ("en", "ro") for c in named(item.title, lang) if c != "RO"]
        codes = list(dict.fromkeys(codes))
        if not number and not codes:
            continue
        found += 1
        step = LEVELS.get(number[1]) if number else None
        sure = bool(step) and len(codes) == 1
        yield replace(
            item,
            destination=codes[0] if len(codes) == 1 else None,
            level=step.level if step and sure else None,
            level_text=f"level {number[1]}" if number else "",
            unknown="" if sure else "no single country or level in the title",
        )
    if not found:
        raise ParseError("no title on the page prints a level or a country")


SOURCE = Source(
    id="ro-mae",
    name="Romania MAE, Travel alerts",
    kind="advisory",
    url=SITE + "en/travel-alerts",
    alternates=("https://mae.ro/en/travel-alerts",),
    lang="en",
    country="RO",
    issuer="RO",
    parse=parse,
    hours=48,
    prose=True,
    status="unproven",
    status_date="2026-09",
    status_note="answered 503 to programs; only the words of the page are known",
    attribution="Ministerul Afacerilor Externe, România",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
    scale_note="Nine steps; the mapping is one program's reading.",
)
