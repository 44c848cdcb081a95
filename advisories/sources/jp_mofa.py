"""Japan: the foreign ministry's open data, one XML document for each country.

`riskLevel1` to `riskLevel4` are flags: somewhere in the country this level holds. No number holds
for the country as a whole, so that one is read only where the words say "the whole territory" or
"other areas"; else it stays unknown beside the worst part. No flag at all is level 1, derived.
"""

import re
from collections.abc import Iterator

from advisories import places
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _xml
from advisories.sources._items import advice, date_by, part_above
from advisories.sources._jp_codes import ASKED, CODES
from advisories.sources._names import where
from advisories.sources._scale import fold
from advisories.text import plain

DATA = "https://www.ezairyu.mofa.go.jp/opendata/"
SCALE = (
    Step("(危険情報なし)", 1, "derived: no danger information is issued"),
    Step("十分注意してください", 2, "its level 1: take care"),
    Step("不要不急の渡航は止めてください", 3, "its level 2: not without need"),
    Step("渡航は止めてください", 4, "its level 3: do not go"),
    Step("退避してください", 4, "its level 4: leave, and do not go"),
)
LEVELS = {0: 1, 1: 2, 2: 3, 3: 4, 4: 4}
_STATED = re.compile(
    r"(全土|上記以外|その他の?地域|それ以外の地域|左記以外)[^。レ\n]{0,40}レベル([1-4])"
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One country's item, or listings of the countries that new mails are about."""
    root = _xml.document(body, root="opendata", until="mail")
    if root.all("riskLevel1") or root.all("riskLevel4"):
        yield from _country(root, url)
    elif b"<mail" in body:
        yield from _arrivals(body)
    else:
        raise ParseError("neither a country's document nor new arrivals")


def _arrivals(body: bytes) -> Iterator[Item]:
    seen: set[str] = set()
    mails, damage = _mails(body)
    for mail in mails:
        code = mail.get("country", "cd")
        if code in CODES and code not in seen:
            seen.add(code)
            item = Item(key="", title=mail.get("title"), lang="ja", listing=True,
                        url=f"{DATA}country/{code}L.xml")  # fmt: skip
            yield from advice(where(mail.get("country", "name"), "ja", code=CODES[code], sure=True),
                              item)  # fmt: skip
    if damage:
        raise damage


def _mails(body: bytes) -> tuple[list[_xml.Node], Damaged | None]:
    """The whole mails of a document, and what is wrong with it."""
    found: list[_xml.Node] = []
    try:
        for mail in _xml.items(body, item="mail", roots=("opendata",)):
            found.append(mail)
    except Damaged as damage:
        return found, damage
    return found, None


def _country(root: _xml.Node, url: str) -> Iterator[Item]:
    code = root.get("country", "cd") or "".join(re.findall(r"/(\d{4})[AL]?\.xml", url)[-1:])
    place = where(root.get("country", "name"), "ja", code=CODES.get(code), sure=True)
    flags, unknown = _flags(root)
    words = plain(f"{root.raw('riskTitle')} {root.raw('riskLead')} {root.raw('riskSubText')}")
    level = _level(flags, words) if not unknown else None
    worst = LEVELS[max(flags)] if flags else None
    date = root.get("riskLeaveDate") or root.attrs.get("lastModified") or root.get("lastModified")
    yield from advice(place, Item(
        key="",
        title=root.get("riskTitle") or f"{places.name(CODES.get(code, code), 'ja')}: 危険情報なし",
        url=root.get("riskUrl") or root.get("infoUrl"),
        summary=words,
        published=date_by(date, "%Y/%m/%d %H:%M:%S", "Asia/Tokyo"),
        lang="ja",
        level=level,
        regional_max=part_above(level, worst),
        level_text=",".join(SCALE[n].words for n in sorted(flags)) or SCALE[0].words,
        unknown=unknown or ("" if level else "flags tell the worst part, not the country's level"),
    ))  # fmt: skip


def _flags(root: _xml.Node) -> tuple[set[int], str]:
    """The levels that hold somewhere in the country; why they cannot be told."""
    values = {n: root.get(f"riskLevel{n}") for n in range(1, 5)}
    odd = [v for v in values.values() if v and not v.isdecimal()]
    if odd or not any(values.values()):
        return set(), f"a flag that is no number: {odd[0][:20]}" if odd else "no flags"
    return {n for n, v in values.items() if v and int(v) > 0}, ""


def _level(flags: set[int], words: str) -> int | None:
    """The level of the country as a whole, where flags or words tell it."""
    if not flags or max(flags) == 1:
        return LEVELS[max(flags, default=0)]
    stated = [int(n) for _, n in _STATED.findall(fold(words))]
    return LEVELS[stated[-1]] if stated and stated[-1] in flags else None


def follow(body: bytes, url: str) -> Iterator[str]:
    """Every country's document: again when it has new danger information, or a week later."""
    root = _xml.document(body, root="opendata", until="mail")
    day = date_by(root.attrs.get("lastModified", "")[:10], "%Y/%m/%d")
    week = f"{day:%G-W%V}" if day else "-"
    new = {m.get("country", "cd"): m.get("leaveDate") for m in _mails(body)[0]
           if m.get("infoType").startswith("T4")}  # fmt: skip
    for code in sorted(ASKED, key=lambda c: (c not in new, c)):
        stamp = new.get(code, week).replace(" ", "T")
        yield f"{DATA}country/{code}L.xml#{stamp}"


SOURCE = Source(
    id="jp-mofa",
    name="外務省 海外安全情報",
    kind="advisory",
    url=DATA + "area/newarrivalL.xml",
    alternates=(DATA + "area/newarrival.xml",),
    pages=(DATA + "country/",),
    lang="ja",
    country="JP",
    issuer="JP",
    parse=parse,
    follow=follow,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of programs which read it, no whole answer was read",
    licence="政府標準利用規約 2.0 (CC BY 4.0 compatible)",
    attribution="外務省 海外安全情報オープンデータ",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Flags say that a level holds somewhere. Only level 1 flagged is 2 for the country "
    "either way; of higher ones the country's own level is unknown unless the words tell it.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
