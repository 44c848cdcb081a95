"""Canada: Global Affairs' index of all destinations, and a page for each with regional advisories.

The index tells with a flag that parts of a country are worse, not how bad; the page does. Such
an entry of the index carries the flag "index": what the country's page says goes before it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json
from advisories.sources._items import advice, part_above
from advisories.sources._links import absolute
from advisories.sources._names import where
from advisories.sources._scale import agreed, step
from advisories.text import plain

BASE = "https://data.international.gc.ca/travel-voyage/"
SCALE = (
    Step("Take normal security precautions | Exercise normal security precautions", 1,
         "advisory-state 0, its lowest"),
    Step("Exercise a high degree of caution", 2, "advisory-state 1: caution, but go"),
    Step("Avoid non-essential travel", 3, "advisory-state 2: not without need"),
    Step("Avoid all travel", 4, "advisory-state 3, its highest"),
)  # fmt: skip
# The issuer's keys that are no ISO codes.
KEYS = {"IC": "ES-CN"}


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Items of the index, or of one country's page (which holds one country's fields)."""
    value, damage = _json.load(body, rows=2)
    data = _json.at(value, "data")
    if not isinstance(data, Mapping) or not data:
        raise ParseError(f"no data of destinations{_json.error_text(value)}")
    if "advisory-state" in data or "country-iso" in data:
        _json.refuse_cut(damage)
        yield from _page(data)
    else:
        for key, row in data.items():
            yield from _row(key, row)
    if damage:
        raise Damaged(damage)


def _row(key: str, row: Any) -> Iterator[Item]:
    code = KEYS.get(key, key if places.is_code(key) else None)
    if not isinstance(row, Mapping):
        reason = "contradictory: two rows of one key" if isinstance(row, _json.Twice) else ""
        item = Item(key="", title=key, lang="en", unknown=reason or "the row is no object")
        yield from advice(where(key, code=code, sure=True), item)
        return
    name = _json.string(row, "eng", "name") or _json.string(row, "country-eng")
    words = plain(_json.string(row, "eng", "advisory-text"))
    level, unknown = level_of(row.get("advisory-state"), words)
    slug = _json.string(row, "eng", "url-slug")
    regional = row.get("has-regional-advisory") in (1, True, "1")
    yield from advice(where(name or key, code=code, sure=True), Item(
        key="",
        title=f"{name or key} - {words}",
        url=f"https://travel.gc.ca/destinations/{slug}" if slug else "",
        summary=plain(_json.string(row, "eng", "recent-updates")),
        published=times.from_unix(_json.number(_json.at(row, "date-published", "timestamp"))),
        lang="en",
        level=level,
        level_text=words,
        unknown=unknown,
        flags=("index", "regional") if regional else (),
    ))  # fmt: skip


def level_of(state: object, words: str) -> tuple[int | None, str]:
    """The level of an advisory-state 0..3 and of the words beside it, which must agree."""
    number = _json.number(state)
    if isinstance(state, _json.Twice):
        return None, f"contradictory: {state[0]} and {state[1]}"
    if number is None:
        return agreed(SCALE, None, words)
    if number not in (0, 1, 2, 3):
        return None, f"no level of its scale: {number}"
    return agreed(SCALE, number + 1, words)


def _page(data: Mapping[str, Any]) -> Iterator[Item]:
    code = _json.string(data, "country-iso")
    name, slug = _json.string(data, "eng", "name"), _json.string(data, "eng", "url-slug")
    words = plain(_json.string(data, "eng", "advisory-text"))
    level, unknown = level_of(data.get("advisory-state"), words)
    markup = _json.at(data, "eng", "advisories")
    areas = _html.fragment(markup if isinstance(markup, str) else "")
    levels = [s.level for e in areas.all("div", cls="AdvisoryContainer")
              if (s := step(SCALE, _area_words(e)))]  # fmt: skip
    place = where(name or code, code=KEYS.get(code, code), sure=places.is_code(code))
    yield from advice(place, Item(
        key="",
        title=f"{name} - {words}",
        url=f"https://travel.gc.ca/destinations/{slug}" if slug else "",
        summary=areas.text(),
        published=times.parse_date(_json.string(data, "eng", "friendly-date")),
        lang="en",
        level=level,
        regional_max=part_above(level, max(levels, default=None)),
        level_text=words,
        unknown=unknown,
    ))  # fmt: skip


def _area_words(area: _html.Element) -> str:
    """An area's advice: its class in words ("AvoidAll"), else its heading."""
    heading = area.first(*_html.HEADINGS)
    classes = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", area.attrs.get("class", ""))
    known = {"Avoid All": "Avoid all travel", "Avoid Non": "Avoid non-essential travel",
             "Avoid Nonessential": "Avoid non-essential travel"}  # fmt: skip
    named = next((words for start, words in known.items() if start in classes), "")
    return (heading.text() if heading else "") or named


def follow(body: bytes, url: str) -> Iterator[str]:
    """The pages of the destinations with regional advisories, stamped with their date."""
    data = _json.at(_json.load(body, rows=2)[0], "data")
    for key, row in data.items() if isinstance(data, Mapping) else ():
        if isinstance(row, Mapping) and row.get("has-regional-advisory") in (1, True, "1"):
            file = _json.string(row, "full-info-url") or f"cta-cap-{key}.json"
            yield f"{absolute(BASE, file)}#{_json.at(row, 'date-published', 'timestamp')}"


SOURCE = Source(
    id="ca-gac",
    name="Global Affairs Canada, Travel Advice and Advisories",
    kind="advisory",
    url=BASE + "index-alpha-eng.json",
    pages=(BASE + "cta-cap-",),
    lang="en",
    country="CA",
    issuer="CA",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=200,
    hours=24,
    status_date="2026-10",
    licence="Open Government Licence - Canada",
    attribution="Contains information licensed under the Open Government Licence - Canada",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note='The index only flags that parts are worse (flag "regional", regional maximum '
    "unknown); the country's page names the areas and their level.",
    facts=(("AF", 4), ("RU", 4), ("UA", 4)),
)
