"""Taiwan: the Bureau of Consular Affairs' travel alerts, a feed or a list page, an alert a row.

A country may have several rows: one for all of it, and others for areas behind a dash or with
provinces named, which may be worse. A row "other areas" is the country's own level.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from advisories import places, times
from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _xml
from advisories.sources._items import advice, part_above
from advisories.sources._links import absolute
from advisories.sources._names import Where, where
from advisories.sources._scale import step

SITE = "https://www.boca.gov.tw/"
SCALE = (
    Step("第一級 | 灰色 | grayblock | greyblock", 1, "grey: information, its lowest"),
    Step("第二級 | 黃色 | yellowblock", 2, "yellow: special attention, consider the journey"),
    Step("第三級 | 橙色 | orangeblock", 3, "orange: avoid what is not necessary"),
    Step("第四級 | 紅色 | redblock", 4, "red: do not go, leave"),
)
_REST = re.compile(r"(?:以外|其他|其它|其餘).{0,4}(?:地區|區域)")
_PREFIX = re.compile(r"^第[一二三四]級\s*(?:[（(][^）)]*[）)]|[：:][^\s－-]*)?\s*[-－]?\s*")
_AREA = re.compile(r"[-－–—、]|省.*省|州.*州|半島|邊境|邊界|公里")


class Alert(NamedTuple):
    """One row: the place, what it says beyond the country's name, its step, address and date."""

    place: Where
    area: str
    step: Step | None
    title: str
    url: str
    date: datetime | None


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each country, out of all its rows."""
    damage: ParseError | None = None
    alerts: list[Alert] = []
    try:
        for alert in _of_page(body) if _html.is_markup(body) else _of_feed(body):
            alerts.append(alert)
    except ParseError as error:
        damage = error
    grouped: dict[str, list[Alert]] = defaultdict(list)
    for alert in alerts:
        grouped[next(iter(alert.place.codes), alert.title)].append(alert)
    for group in grouped.values():
        yield from _item(group)
    if damage:
        raise damage


def _of_feed(body: bytes) -> Iterator[Alert]:
    """Titles such as "第三級：橙色避免前往 - 國名 - Name", an area behind the name."""
    for node in _xml.items(body, item="item", roots=("rss",)):
        title = node.get("title")
        name, _, english = _PREFIX.sub("", title).rpartition(" - ")
        found, area = _placed(name or english, english if name else "")
        yield Alert(found, area, step(SCALE, title), title, node.get("link"),
                    times.parse_date(node.get("pubDate"), default_zone="Asia/Taipei"))  # fmt: skip


def _of_page(body: bytes) -> Iterator[Alert]:
    rows = [(row, row.first("td", **{"data-title": "國家"})) for row in _html.page(body).all("tr")]
    found = [(row, cell.first("a")) for row, cell in rows if cell]
    if not found:
        raise ParseError("no rows of alerts on the page")
    for row, link in found:
        region = row.first("td", **{"data-title": "國家地區"})
        colour = row.first("span", cls="square")
        english = (link.attrs.get("id", "") if link else "").replace("_", " ")
        place, area = _placed(region.text() if region else "", english)
        yield Alert(place, area, step(SCALE, colour.attrs.get("class", "") if colour else ""),
                    region.text() if region else english,
                    absolute(SITE, link.attrs.get("href", "")) if link else "", None)  # fmt: skip


def _placed(region: str, english: str) -> tuple[Where, str]:
    """The country of a row, and its area ("" for all of the country)."""
    chinese = re.split(r"[（(]|\s*[-－–—]\s*|\s", region.strip())[0]
    found = where(chinese, "zh-Hant")
    known = "korea" if english.casefold() == "korea" else ""
    if not found.places:
        found = Where((("KR", ""),)) if known else where(english)
    name = places.name(found.codes[0], "zh_Hant") if found.codes else chinese
    tail = region.strip().removeprefix(chinese).removeprefix(name).strip(" （）()")
    return found, tail if _AREA.search(region) or (tail and not tail.isascii()) else ""


def _item(group: list[Alert]) -> Iterator[Item]:
    rest = [a for a in group if a.step and a.area and _REST.search(a.area)]
    whole = rest[:1] or [a for a in group if a.step and not a.area]
    worst = max((a.step.level for a in group if a.step and a not in whole), default=None)
    level = whole[0].step.level if whole and whole[0].step else (min(worst, 2) if worst else None)
    first = (whole or group)[0]
    yield from advice(first.place, Item(
        key="",
        title="; ".join(a.title for a in group),
        url=first.url,
        published=max((a.date for a in group if a.date), default=None),
        lang="zh-Hant",
        level=level,
        regional_max=part_above(level, worst),
        level_text=",".join(dict.fromkeys(a.step.words[:3] for a in group if a.step)),
        unknown="" if level else "no colour of its scale",
    ))  # fmt: skip


SOURCE = Source(
    id="tw-boca",
    name="外交部領事事務局 國外旅遊警示",
    kind="advisory",
    url=SITE + "sp-trwa-rss-1.xml",
    alternates=(SITE + "sp-trwa-list-1.html",),
    lang="zh-Hant",
    country="TW",
    issuer="TW",
    parse=parse,
    whole_list=True,
    floor=30,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of programs which read it, no whole answer was read",
    attribution="中華民國外交部領事事務局",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
