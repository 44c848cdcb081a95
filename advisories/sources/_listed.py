"""Pages that list notices, newest first: a title with a link, often with a date beside it."""

import re
from collections.abc import Iterator
from datetime import datetime

from advisories import times
from advisories.model import Item
from advisories.sources import _html
from advisories.sources._items import date_by, notice
from advisories.sources._links import absolute

_FORMS = (
    (r"\b(\d{4}-\d\d-\d\d)\b", "%Y-%m-%d"),
    (r"\b(\d\d\.\d\d\.\d{4})\b", "%d.%m.%Y"),
    (r"\b(\d\d/\d\d/\d{4})\b", "%d/%m/%Y"),
)
_WORDS = (r"\b(\d{1,2} [A-Z][a-z]{2,8},? \d{4})\b", r"\b([A-Z][a-z]{2,8} \d{1,2}, \d{4})\b")
BLOCKS = ("li", "tr", "article", "div")


def notices(body: bytes, base: str, lang: str, wanted: str, zone: str) -> Iterator[Item]:
    """A notice for each link whose text matches `wanted`, with the date of its smallest block.

    Raises:
        ParseError: the body is no HTML page.
    """
    pattern = re.compile(wanted, re.I)
    for anchor, block in _anchors(_html.page(body)):
        title = anchor.text()
        if len(title) < 12 or not pattern.search(title):
            continue
        link = absolute(base, anchor.attrs.get("href", ""))
        text = block.text() if len(block.all("a")) <= 2 else ""
        yield notice(Item(key=link, title=title, url=link, lang=lang,
                          summary=text.replace(title, "", 1),
                          published=printed_date(text, zone)))  # fmt: skip


def _anchors(page: _html.Element) -> Iterator[tuple[_html.Element, _html.Element]]:
    """Each link with the smallest block around it."""
    stack = [(page, page)]
    while stack:
        element, block = stack.pop()
        block = element if element.tag in BLOCKS else block
        if element.tag == "a":
            yield element, block
        stack.extend((p, block) for p in reversed(element.parts) if isinstance(p, _html.Element))


def printed_date(text: str, zone: str) -> datetime | None:
    """The first date that stands in a text, in the usual numeric forms or with an English month."""
    for found, form in _FORMS:
        if match := re.search(found, text):
            return date_by(match[1], form, zone)
    for found in _WORDS:
        if match := re.search(found, text):
            return times.parse_date(match[1], default_zone=zone)
    return None
