"""China: the consular service's safety reminders, a list of titles (and an RSS feed of them).

A reminder's title holds the destination and the advice in one of a few set phrases. Each is a dated
notice, not a standing level, so its key is its address.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _feed, _html
from advisories.sources._items import date_in, notice
from advisories.sources._links import absolute
from advisories.sources._names import named
from advisories.sources._scale import found
from advisories.text import clean

LIST = "https://cs.mfa.gov.cn/gyls/lsgz/lsyj/"
SCALE = (
    Step("注意安全 | 注意防范 | 加强安全防范 | 加强防范 | 提高警惕 | 防范", 2,
         "mind your safety: caution, but go"),
    Step("谨慎前往 | 谨慎赴 | 避免非必要前往 | 避免前往", 3, "with care, or not without need"),
    Step("暂勿前往 | 切勿前往 | 尽快撤离 | 尽快离境 | 撤离", 4, "do not go for now, or leave"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The notices of the list page or of the feed, newest first as printed."""
    if not _html.is_markup(body) and b"<rss" in body[:2048]:
        for item in _feed.notices(body, "zh", "Asia/Shanghai"):
            yield _read(item)
        return
    rows = [(li, a) for li in _html.page(body).all("li")
            if (a := li.first("a")) and re.search(r"\d{4}-\d\d-\d\d", li.text())]  # fmt: skip
    if not rows:
        raise ParseError("no dated notices on the page")
    for row, anchor in rows:
        link = absolute(LIST, anchor.attrs.get("href", ""))
        date = date_in(row.text(), r"(\d{4}-\d\d-\d\d)", "%Y-%m-%d", "Asia/Shanghai")
        title = clean(anchor.attrs.get("title", "")) or anchor.text()
        yield _read(notice(Item(key=link, title=title, url=link, published=date, lang="zh")))


def _read(item: Item) -> Item:
    """The notice with the destination and the level that its title names."""
    codes = [code for code in named(item.title, "zh") if code != "CN"]
    said = found(SCALE, item.title)
    if len(codes) != 1:
        return replace(item, unknown="the title names no single destination")
    return replace(
        item,
        destination=codes[0],
        level=said[0].level if said else None,
        level_text=said[1] if said else "",
        unknown="" if said else "no set phrase of advice in the title",
    )


SOURCE = Source(
    id="cn-mfa",
    name="中国领事服务网 安全提醒",
    kind="advisory",
    url=LIST,
    alternates=(LIST + "rss_57447.xml",),
    lang="zh",
    country="CN",
    issuer="CN",
    parse=parse,
    floor=5,
    hours=24,
    prose=True,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of programs which read it, no live answer was read",
    attribution="中国外交部领事司",
    outlet="ministry",
    tier=2,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Dated notices, not standing levels.",
)
