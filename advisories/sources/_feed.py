"""Notices of RSS and Atom feeds without levels: what a ministry says, for the coder to read.

Plain news feeds are read elsewhere; this is for issuers whose advisories are statements.
"""

from collections.abc import Iterator

from advisories import times
from advisories.model import Item
from advisories.sources import _xml
from advisories.sources._items import notice
from advisories.text import plain


def notices(body: bytes, lang: str, zone: str | None = None) -> Iterator[Item]:
    """The items of a feed; ids are taken raw, a date without a zone is local to `zone`.

    Raises:
        ParseError: the body is no feed (a challenge page, an error).
        Damaged: after the whole items of a broken one.
    """
    atom = b"<entry" in body and b"<item" not in body
    name = "entry" if atom else "item"
    for node in _xml.items(body, item=name, roots=("rss", "feed", "RDF")):
        yield notice(Item(
            key=node.get("guid") or node.get("id") or _link(node),
            title=plain(node.raw("title")),
            url=_link(node),
            summary=plain(node.raw("description") or node.raw("summary") or node.raw("content")),
            published=times.parse_date(
                node.get("pubDate") or node.get("published") or node.get("updated")
                or node.get("date"), default_zone=zone),
            lang=lang,
        ))  # fmt: skip


def _link(node: _xml.Node) -> str:
    for link in node.all("link"):
        if link.attrs.get("rel", "alternate") == "alternate":
            return link.attrs.get("href", "") or link.content.strip()
    return ""
