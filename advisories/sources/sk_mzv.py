"""Slovakia: the foreign ministry's notices before travel, from its open data. Nearly all are news
(toll stickers, new rules); a column holds a level of risk where one is given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json
from advisories.sources._items import advice, date_by, part_above, slug
from advisories.sources._names import Where, where
from advisories.text import plain

API = "https://opendata.mzv.sk/api/3/action/datastore_search"
SCALE = (
    Step("1. stupeň", 2, "raised caution"),
    Step("2. stupeň", 3, "weigh whether the journey is necessary; to certain areas: 2 for the "
         "country, 3 as its regional maximum"),
    Step("3. stupeň", 4, "do not travel"),
    Step("4. stupeň", 4, "leave the country"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each notice and each country it is about."""
    value, damage = _json.load(body, rows=3)
    rows = [r for r in _json.mappings(_json.at(value, "result", "records")) if "Nadpis" in r]
    if not rows:
        raise ParseError(f"no records of notices{_json.error_text(value)}")
    for row in rows:
        yield from _row(row)
    if damage:
        raise Damaged(damage)


def _row(row: Mapping[str, Any]) -> Iterator[Item]:
    title, words = _json.string(row, "Nadpis"), _json.string(row, "Stupen rizika CO")
    level, worst = _levels(words)
    text = row.get("Text CO/ICV")
    for item in advice(_place(row), Item(
        key="",
        title=title,
        url="https://www.mzv.sk/",
        summary=plain(text) if isinstance(text, str) else "",
        published=date_by(_json.string(row, "Datum zmeny"), "%d.%m.%Y %H:%M:%S",
                          "Europe/Bratislava"),
        lang="sk",
        level=level,
        regional_max=part_above(level, worst),
        level_text=words,
        unknown="" if level else "a notice without a level of risk",
    )):  # fmt: skip
        yield replace(item, key=f"notice/{item.destination or '?'}/{slug(title)}")


def _place(row: Mapping[str, Any]) -> Where:
    """By the Slovak name, then by the English one; "Spojené štáty, USA" is one country."""
    name = _json.string(row, "Stat")
    tries = [where(n.strip(), "sk") for n in (name, *name.split(","))]
    tries.append(where(_json.string(row, "Oficialny anglicky nazov")))
    return next((t for t in tries if t.places), Where(unknown="no country given"))


def _levels(words: str) -> tuple[int | None, int | None]:
    match = re.match(r"\s*([1-4])\.\s*stup", words)
    if not match:
        return None, None
    level = SCALE[int(match[1]) - 1].level
    areas = "určitých oblastí" in words or "niektorých oblastí" in words
    return (2, level) if areas else (level, None)


SOURCE = Source(
    id="sk-mzv",
    name="Ministerstvo zahraničných vecí SR, oznamy pred cestovaním",
    kind="advisory",
    url=API + "?resource_id=d2b4a3bf-2606-4b28-a51a-277b0708c076&limit=500",
    pages=(API,),
    lang="sk",
    country="SK",
    issuer="SK",
    parse=parse,
    floor=50,
    hours=48,
    prose=True,
    status_date="2026-05",
    status_note="notices, not levels: 1 of 138 had a level when last recorded",
    licence="CC BY 4.0 (open data of the ministry; not verified)",
    attribution="Ministerstvo zahraničných vecí a európskych záležitostí SR",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
)
