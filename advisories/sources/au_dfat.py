"""Australia: Smartraveller's export of all destinations, and its RSS feeds with `ta:` elements.

The export prints words; the feeds print words and a number out of five whose meaning is not
documented ("4/5" beside "Do not travel"), so the words decide.
"""

import html
from collections.abc import Iterator, Mapping
from typing import Any

from advisories import times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json, _xml
from advisories.sources._items import advice, part_above
from advisories.sources._names import where
from advisories.sources._scale import fold, pattern, step
from advisories.text import plain

SITE = "https://www.smartraveller.gov.au"
SCALE = (
    Step("Exercise normal safety precautions", 1, "its lowest"),
    Step("Exercise a high degree of caution", 2, "caution, but go"),
    Step("Reconsider your need to travel", 3, "not without need"),
    Step("Do not travel", 4, "its highest"),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Items of the export (JSON) or of a feed (RSS)."""
    if body.lstrip()[:1] in (b"[", b"{"):
        yield from _of_json(body)
        return
    for node in _xml.items(body, item="item", roots=("rss",)):
        yield from _of_rss(node)


def _of_json(body: bytes) -> Iterator[Item]:
    rows, damage = _json.load(body, rows=1)
    found = [r for r in _json.mappings(rows) if "field_overall_advice_level" in r]
    if not found:
        raise ParseError(f"no list of destinations{_json.error_text(rows)}")
    for row in found:
        yield from _row(row)
    if damage:
        raise Damaged(damage)


def _row(row: Mapping[str, Any]) -> Iterator[Item]:
    words = plain(_json.string(row, "field_overall_advice_level"))
    found = step(SCALE, words)
    date = _json.string(row, "changed").partition(", ")[2]
    level = found.level if found else None
    yield from advice(where(plain(_json.string(row, "title"))), Item(
        key="",
        title=f"{_json.string(row, 'title')} - {words}",
        url=_json.string(row, "field_url"),
        summary=mended(_json.string(row, "field_last_update")),
        published=times.parse_date(date, default_zone="Australia/Sydney"),
        lang="en",
        level=level,
        regional_max=part_above(level, worst(mended(_json.string(row, "field_advice_levels")))),
        level_text=words,
        unknown="" if found else f"no words of its scale: {words[:60] or 'none'}",
    ))  # fmt: skip


def mended(text: str) -> str:
    """Text without the export's broken quotes ("you&amp;**re")."""
    return plain(html.unescape(text).replace("&**", "’"))


def worst(text: str) -> int | None:
    """The highest level that the areas' texts name."""
    folded = fold(text)
    return max((s.level for s in SCALE if pattern(s.words).search(folded)), default=None)


def _of_rss(node: _xml.Node) -> Iterator[Item]:
    warnings = node.all("warnings") or [node]
    said = [w.get("description") if w is not node else "" for w in warnings]
    found = [s for words in said if (s := step(SCALE, words))]
    level = found[0].level if found else None
    printed = node.get("warnings", "level")
    title = node.get("title")
    unknown = f"a number of unknown meaning: {printed}" if printed else "no words of its scale"
    yield from advice(where(title.removesuffix(" travel advice")), Item(
        key="",
        title=title,
        url=node.get("link"),
        summary=mended(node.raw("description")),
        published=times.parse_date(node.get("pubDate")),
        lang="en",
        level=level,
        regional_max=part_above(level, max((s.level for s in found), default=None)),
        level_text=said[0],
        unknown="" if level else unknown,
    ))  # fmt: skip


SOURCE = Source(
    id="au-dfat",
    name="Australian DFAT, Smartraveller",
    kind="advisory",
    url=SITE + "/destinations-export",
    alternates=(SITE + "/countries/documents/index.rss",),
    pages=(
        SITE + "/countries/documents/do-not-travel.rss",
        SITE + "/countries/documents/reconsider-your-need-to-travel.rss",
    ),
    lang="en",
    country="AU",
    issuer="AU",
    parse=parse,
    whole_list=True,
    floor=150,
    hours=24,
    status_date="2026-10",
    status_note="refuses many automated clients since about August 2025",
    licence="CC BY 4.0 for most text (as the site states)",
    attribution="Commonwealth of Australia, Smartraveller",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note='"No travel advice" is not a level. The areas of a destination are read from its '
    "list of levels.",
    facts=(("AF", 4), ("RU", 4), ("UA", 4)),
)
