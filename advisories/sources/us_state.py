"""United States: the State Department's travel advisories, an RSS feed and a JSON list of the same.

The level stands in the title and again in a category. Country tags are FIPS 10-4, some of them
wrong, so the name decides. Two copies of one advisory may stand in one feed, each with its date.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json, _prose, _xml
from advisories.sources._items import advice, part_above
from advisories.sources._names import Where, where
from advisories.sources._scale import agreed, step, visible
from advisories.text import plain

SCALE = (
    Step("Exercise Normal Precautions", 1, "its own level 1"),
    Step("Exercise Increased Caution", 2, "its own level 2"),
    Step("Reconsider Travel", 3, "its own level 3"),
    Step("Do Not Travel", 4, "its own level 4"),
)
# What the text says of areas; "do not travel at night" is not of them.
AREAS = (
    Step("Reconsider Travel to | Reconsider Travel within", 3),
    Step("Do Not Travel to | Do Not Travel within | Do Not Travel near", 4),
)


class Row(NamedTuple):
    """The fields of an advisory that both forms have."""

    title: str
    label: str
    tag: str
    link: str
    date: str
    description: str


_LEVEL = re.compile(r"\blevel\s*([+-]?\d+|)\s*(?:[:.]\s*(.*))?$", re.I)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Items of the RSS feed, or of the JSON list (recognised by its first character)."""
    if body.lstrip()[:1] in (b"[", b"{"):
        yield from _of_json(body)
        return
    for node in _xml.items(body, item="item", roots=("rss",)):
        tags = {c.attrs.get("domain", ""): c.content.strip() for c in node.all("category")}
        label, tag = tags.get("Threat-Level", ""), tags.get("Country-Tag", "")
        row = Row(node.get("title"), label, tag, node.get("link"), node.get("pubDate"),
                  node.raw("description"))  # fmt: skip
        yield from _items(row)


def _of_json(body: bytes) -> Iterator[Item]:
    rows, damage = _json.load(body, rows=1)
    if not isinstance(rows, list) or not rows:
        raise ParseError(f"no list of advisories{_json.error_text(rows)}")
    for row in _json.mappings(rows):
        listed = row.get("Category")
        tags = [t for t in listed if isinstance(t, str)] if isinstance(listed, list) else []
        date = _json.string(row, "Updated") or _json.string(row, "Published")
        summary = row.get("Summary")
        title, link = _json.string(row, "Title"), _json.string(row, "Link")
        text = summary if isinstance(summary, str) else ""
        yield from _items(Row(title, "", tags[0] if tags else "", link, date, text))
    if damage:
        raise Damaged(damage)


def _items(row: Row) -> Iterator[Item]:
    title, label, tag, link, date, description = row
    head, _, rest = re.sub(r"\s[–—]\s", " - ", title).partition(" - ")
    name = re.sub(r"\s+travel advisory$", "", head, flags=re.I)
    place = _narrowed(where(name, code=places.from_fips(tag)), link)
    level, unknown = _level(rest or title, label)
    names = _prose.names_of(next(iter(place.codes), None), "en", name)
    text = _html.fragment(description).lines()
    worst = _prose.read(text, AREAS, "en", names).part
    yield from advice(place, Item(
        key="",
        title=title,
        url=link,
        summary=plain(description),
        published=times.parse_date(date, us=True),
        lang="en",
        level=level,
        regional_max=part_above(level, worst.level if worst else None),
        level_text=label or _words(rest),
        unknown=unknown,
        flags=("from-words",) if level and not _number(rest or label) else (),
    ))  # fmt: skip


def _words(rest: str) -> str:
    match = _LEVEL.search(visible(rest))
    return match[0] if match else ""


def _number(text: str) -> str:
    match = _LEVEL.search(visible(text))
    return match[1] if match else ""


def _level(text: str, label: str) -> tuple[int | None, str]:
    """The level of the title and of the category, which must agree in number and words."""
    read = [_read(t) for t in (visible(text), visible(label)) if step(SCALE, t) or _words(t)]
    if not read:
        see = re.search(r"\bsee\b.*summar", text, re.I)
        return None, "see summaries: no level of its own" if see else "no level printed"
    levels = {level for level, _ in read}
    if len(levels) > 1 and None not in levels:
        return None, f"contradictory: title {text[:60]!r}, category {label[:40]!r}"
    return next((r for r in read if r[0] is None), read[0])


def _read(text: str) -> tuple[int | None, str]:
    number = _number(text)
    if not number:
        return agreed(SCALE, None, text)
    if number not in ("1", "2", "3", "4"):
        return None, f"no level of its scale: {_words(text)[:60]}"
    return agreed(SCALE, int(number), text)


def _narrowed(place: Where, link: str) -> Where:
    """Of a joint page with a link of its own for each destination, the one of this link."""
    if len(place.codes) < 2:
        return place
    slug = link.rpartition("/")[2].removesuffix(".html")
    iso3 = re.fullmatch(r"destination\.(\w{3})", slug)
    words = re.sub(r"-?(?:travel-)?advisory\d*$|\d+$", "", slug).replace("-", " ")
    code = places.from_iso3(iso3[1]) if iso3 else places.find(words).code
    return Where(tuple(p for p in place.places if p[0] == code)) if code in place.codes else place


SOURCE = Source(
    id="us-state",
    name="US Department of State, Travel Advisories",
    kind="advisory",
    url="https://travel.state.gov/_res/rss/TAsTWs.xml",
    alternates=("https://cadataapi.state.gov/api/TravelAdvisories",),
    lang="en",
    country="US",
    issuer="US",
    parse=parse,
    whole_list=True,
    floor=150,
    hours=12,
    status_date="2026-10",
    licence="public domain (US Government work)",
    attribution="US Department of State, Bureau of Consular Affairs",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Regional warnings stand only in the text; they are read from sentences such as "
    '"Do Not Travel to (an area)".',
    facts=(("AF", 4), ("KP", 4), ("RU", 4)),
)
