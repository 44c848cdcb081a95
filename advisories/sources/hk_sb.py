"""Hong Kong: the Security Bureau's Outbound Travel Alert, JSON with a list for each colour.

Old alerts stay in the lists, marked as not shown. A title with a bracket is about a part of a
country. A country that is in no list has no alert; no row is made up for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json
from advisories.sources._items import advice, date_by, part_above
from advisories.sources._names import where
from advisories.sources._scale import step

SITE = "https://www.sb.gov.hk/"
SCALE = (
    Step("amber", 2, "signs of threat: monitor the situation, exercise caution"),
    Step("red", 3, "significant threat: adjust plans, avoid travel without need"),
    Step("black", 4, "severe threat: avoid all travel"),
)
Row = tuple[str, str | None, Mapping[str, Any], Step | None, bool]


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each destination with an alert that is in force."""
    value, damage = _json.load(body, rows=4)
    buckets = list(_json.mappings(_json.at(value, "otas")))
    rows = [row for bucket in buckets for row in _rows(bucket)]
    if not rows:
        raise ParseError(f"no alerts in `otas`{_json.error_text(value)}")
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[1] or row[0]].append(row)
    for group in grouped.values():
        yield from _item(group)
    if damage:
        raise Damaged(damage)


def _rows(bucket: Mapping[str, Any]) -> Iterator[Row]:
    colour = step(SCALE, _json.string(bucket, "level"))
    for row in _json.mappings(bucket.get("countries")):
        if row.get("showInIndex", True) in (True, 1, "1", "true"):
            title = _json.string(row, "titleEn")
            iso = _json.string(row, "countryCode").upper()
            whole, _, part = title.partition("(")
            known = iso if places.is_code(iso) else None
            code = next(iter(where(whole, code=known, sure=True).codes), None)
            yield title, code, row, colour, bool(part) and not places.find(title).code


def _item(group: list[Row]) -> Iterator[Item]:
    title, code, row, *_ = next((r for r in group if not r[4]), group[0])
    whole = max((r[3].level for r in group if r[3] and not r[4]), default=None)
    part = max((r[3].level for r in group if r[3] and r[4]), default=None)
    colour = next((r[3] for r in group if r[3]), None)
    level = whole or (2 if part else None)
    file = _json.string(row, "countryFileName")
    yield from advice(where(title.partition("(")[0] or title, code=code, sure=True), Item(
        key="",
        title="; ".join(f"{r[0]} - {r[3].words if r[3] else '?'}" for r in group),
        url=f"{SITE}eng/ota/{file}",
        published=date_by(_json.string(row, "updateDate"), "%Y%m%d%H%M%S", "Asia/Hong_Kong"),
        lang="en",
        level=level,
        regional_max=part_above(level, part),
        level_text=",".join(dict.fromkeys(r[3].words for r in group if r[3])),
        unknown="" if colour else "no colour of its scale",
    ))  # fmt: skip


SOURCE = Source(
    id="hk-sb",
    name="Hong Kong Security Bureau, Outbound Travel Alert",
    kind="advisory",
    url=SITE + "json/ota_index/ota_index.json",
    alternates=(SITE + "json/ota_index/ota_index_2022.json",),
    lang="en",
    country="HK",
    issuer="HK",
    parse=parse,
    whole_list=True,
    floor=5,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of programs which read it, no whole answer was read",
    attribution="Security Bureau, Government of the Hong Kong Special Administrative Region",
    outlet="state",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="No alert has no row and no level here; a row that goes is no longer listed.",
    facts=(("RU", 3), ("SY", 3), ("UA", 3)),
)
