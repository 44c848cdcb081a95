"""Entries of feeds, however they were parsed, to items: one name, one link, plain text, one date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from advisories.model import Item
from advisories.text import clean, plain
from advisories.times import parse_date

SUMMARY = 2000
# Text that calls itself plain and yet was written as markup.
_MARKUP = re.compile(r"</\w|&#?\w+;|<(?:br|hr|img|p|wbr)\b[^<>]*>", re.I)
_CLICKED = re.compile(
    r"(?i)(?:utm_\w+|at_\w+|ns_\w+|cmp|cmpid|fbclid|gclid|yclid|mc_[ce]id|xtor)=|xtor=|rss$|rss=\w*$"
    r"|(?:ref|src|from|source|feed|partner|ref_src|smid|traffic_source|output)=\W*(?:rss|feed|xml|atom)"
)
_WHOLE = re.compile(
    r"https?://[A-Za-z0-9.-]+/(?:[\w.~!$&()*+,;=:@%/-]+(?:\?[\w.~!$&()*+,;=:@%/-]+)?)?", re.A
)
_ADDRESS = re.compile(r"(?i)(https?://)([^\s/?#\"'<>\\%]+)(.*)")
_QUOTED = {ord(c): f"%{ord(c):02X}" for c in " \"'<>\\^`{|}"}
PERMALINK = re.compile(r"(?i)https?://|/")
"""An id that may serve as a link; feeds call many a number a permalink, by saying nothing."""
SEVERAL = 3
"""So many different titles under one name, and it is no name of a story (a home page, a constant)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of a feed printed. `id` is raw; `link` may be relative to `base`.

    `literal` texts say that they hold no markup; `stamps` are its dates as printed, the date of
    publication first.
    """

    id: str = ""
    link: str = ""
    base: str = ""
    title: str = ""
    title_literal: bool = False
    summary: str = ""
    summary_literal: bool = False
    content: str = ""
    content_literal: bool = False
    stamps: tuple[str, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a body held: its whole entries, its language as printed, and the damage if it was not sound."""

    entries: list[Entry]
    lang: str = ""
    damage: str = ""


def items(entries: Sequence[Entry], url: str, lang: str) -> Iterator[Item]:
    """The entries of one document, each under a name of its own, in their order."""
    read = [_item(entry, url, lang) for entry in entries]
    links = [canonical(item.url) for item in read]
    ids = [item.key for item in read]
    broken = _shared(ids, read, links) | {""}
    vague = _shared(links, read, None) | {""}
    for item, entry, link in zip(read, entries, links, strict=True):
        if item.key not in broken:
            yield item
        else:
            stamp = next((s for s in entry.stamps if s), "")
            yield replace(item, key=f"{item.title}|{stamp}" if link in vague else link)


def _shared(names: Sequence[str], read: Sequence[Item], links: Sequence[str] | None) -> set[str]:
    """The names that stand for several stories here, so that they tell none of them apart.

    The same story may come twice, corrected, under one name. Three titles are three stories; for an
    id, two titles with a link each are two.
    """
    told: dict[str, tuple[set[str], set[str]]] = {}
    for at, (name, item) in enumerate(zip(names, read, strict=True)):
        titles, places = told.setdefault(name, (set(), set()))
        titles.add(item.title)
        places.add(links[at] if links else "")
    return {
        name
        for name, (titles, places) in told.items()
        if len(titles) >= SEVERAL or (len(titles) > 1 and len(places) > 1)
    }


def _item(entry: Entry, url: str, lang: str) -> Item:
    """The item, with the raw id (or none) as its key."""
    title = words(entry.title, entry.title_literal)
    summary = words(entry.summary, entry.summary_literal)[:SUMMARY]
    summary = summary or words(entry.content, entry.content_literal)[:SUMMARY]
    title = title or summary[:120]
    return Item(
        key=entry.id.strip(),
        title=title,
        url=absolute(entry.link, entry.base or url),
        summary="" if summary == title else summary,
        published=_date(entry.stamps),
        lang=clean(entry.lang)[:2].lower() or lang,
    )


def _date(stamps: Sequence[str]) -> datetime | None:
    """The first date that can be read: a broken date of publication leaves that of the last change."""
    return next((found for s in stamps if s and (found := parse_date(s))), None)


def words(text: str, literal: bool) -> str:
    """Plain text; markup is taken out unless the text says that it has none, and looks like that."""
    return clean(text) if literal and not _MARKUP.search(text) else plain(text)


def absolute(link: str, base: str) -> str:
    """A link as an http or https address, or "".

    Read as browsers read one: line breaks are dropped, blanks and quotes inside are escaped.
    """
    link = link.strip()
    if _WHOLE.fullmatch(link):
        return link
    link = re.sub(r"[\t\r\n]", "", link)
    link = re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*://)/+", r"\1", link)
    try:
        whole = urljoin(base, link) if link else ""
        host = urlsplit(whole).hostname
    except ValueError:
        return ""
    found = _ADDRESS.fullmatch(whole)
    return found[1] + found[2] + found[3].translate(_QUOTED) if found and host else ""


def canonical(link: str) -> str:
    """A link without what only tells where it was clicked (utm_ and the like).

    A fragment may be all that tells two notices on one page apart, so it stays; the front page of a
    site is no name of a story, so it becomes "".
    """
    bare, _, fragment = link.partition("#")
    path, _, query = bare.partition("?")
    kept = "&".join(p for p in query.split("&") if p and not _CLICKED.match(p))
    fragment = "" if _CLICKED.match(fragment) else fragment
    if re.fullmatch(r"(?i)https?://[^/]*/?", path) and not kept and not fragment:
        return ""
    return path + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment else "")
