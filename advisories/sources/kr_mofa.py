"""South Korea: the foreign ministry's travel alarms from the government's data portal (with a key).

Several rows a country: one for all of it ("전체"), others for parts ("일부"). Errors come as XML or
HTML with status 200. The key comes from the environment and never reaches a stored address.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json, _xml
from advisories.sources._items import advice, date_by, part_above
from advisories.sources._names import where

API = "https://apis.data.go.kr/1262000/"
QUERY = "?serviceKey={key}&returnType=JSON&page=1&perPage=500&pageNo=1&numOfRows=500"
SCALE = (
    Step("여행유의", 2, "its level 1: mind your safety"),
    Step("여행자제", 3, "its level 2: refrain from journeys without need"),
    Step("출국권고", 4, "its level 3: leave, and do not go"),
    Step("여행금지", 4, "its level 4: forbidden by law"),
)
LEVELS = {n + 1: step for n, step in enumerate(SCALE)}
Row = Mapping[str, Any]


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each country, out of all its rows, in JSON or XML."""
    damage: ParseError | None = None
    rows: list[Row] = []
    try:
        for row in _rows(body):
            rows.append(row)
    except ParseError as error:
        damage = error
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        name = _json.string(row, "country_nm") or _json.string(row, "country_eng_nm")
        grouped[_json.string(row, "country_iso_alp2") or name].append(row)
    for group in grouped.values():
        yield from _item(group)
    if damage:
        raise damage


def _rows(body: bytes) -> Iterator[Row]:
    if body.lstrip()[:1] == b"<":
        for node in _xml.items(body, item="item", roots=("response",)):
            yield {c.name: c.content for c in node.children}
        return
    value, damage = _json.load(body, rows=2)
    found = _json.at(value, "data")
    if found is None:
        found = _json.at(value, "response", "body", "items", "item")
    rows = list(_json.mappings([found] if isinstance(found, Mapping) else found))
    if not rows:
        raise ParseError(f"no rows of alarms{_json.error_text(value)}")
    yield from rows
    if damage:
        raise Damaged(damage)


def _item(group: list[Row]) -> Iterator[Item]:
    row = group[0]
    iso = _json.string(row, "country_iso_alp2").upper()
    name = _json.string(row, "country_eng_nm") or _json.string(row, "country_nm")
    place = where(_json.string(row, "country_nm"), "ko", code=iso if places.is_code(iso) else None,
                  sure=True)  # fmt: skip
    steps = [(LEVELS.get(_json.number(r.get("alarm_lvl")) or 0), _is_part(r)) for r in group]
    whole = max((s.level for s, part in steps if s and not part), default=None)
    part = max((s.level for s, is_part in steps if s and is_part), default=None)
    level = whole or (2 if part else None)
    dates = [date_by(_json.string(r, "written_dt")[:10], "%Y-%m-%d", "Asia/Seoul") for r in group]
    yield from advice(place, Item(
        key="",
        title=f"{name} - {', '.join(dict.fromkeys(s.words for s, _ in steps if s)) or '?'}",
        url="https://www.0404.go.kr/",
        summary="; ".join(filter(None, (_json.string(r, "remark") for r in group))),
        published=max((d for d in dates if d), default=None),
        lang="ko",
        level=level,
        regional_max=part_above(level, part),
        level_text=",".join(dict.fromkeys(s.words for s, _ in steps if s)),
        unknown="" if level else "no level of its scale in any row",
    ))  # fmt: skip


def _is_part(row: Row) -> bool:
    return "일부" in _json.string(row, "region_ty")


SOURCE = Source(
    id="kr-mofa",
    name="대한민국 외교부 여행경보",
    kind="advisory",
    url=API + "TravelAlarmService0404/getTravelAlarm0404List" + QUERY,
    alternates=(API + "TravelAlarmService2/getTravelAlarmList2" + QUERY,),
    pages=(API + "TravelAlarmService",),
    lang="ko",
    country="KR",
    issuer="KR",
    parse=parse,
    whole_list=True,
    floor=100,
    hours=24,
    key_env="DATA_GO_KR_KEY",
    status="unproven",
    status_date="2026-10",
    status_note="needs a key of the government's data portal; no live answer was read",
    licence="공공누리 (as the data portal states)",
    attribution="대한민국 외교부, 공공데이터포털",
    outlet="ministry",
    tier=1,
    sets=("official",),
    scale=SCALE,
    scale_note="No row is no alarm; no level is made up for it.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
