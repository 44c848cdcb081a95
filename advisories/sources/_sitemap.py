"""Sites whose list of destinations is their sitemap: an entry a page, with its last change."""

import re
from collections.abc import Iterator

from advisories import times
from advisories.errors import ParseError
from advisories.model import Item
from advisories.sources import _xml
from advisories.sources._items import advice
from advisories.sources._names import where


def entries(body: bytes, prefix: str) -> Iterator[tuple[str, str, str]]:
    """(address, slug, date of the last change) of each page right below the prefix."""
    below = re.compile(rf"{re.escape(prefix)}([\w-]+)/?$")
    for node in _xml.items(body, item="url", roots=("urlset",)):
        match = below.match(node.get("loc"))
        if match:
            yield node.get("loc"), match[1], node.get("lastmod")


def listings(body: bytes, prefix: str, names: dict[str, str]) -> Iterator[Item]:
    """A listing for each page of a destination; `names` are slugs that are no names.

    Raises:
        ParseError: no page below the prefix is a destination's.
    """
    found = 0
    for link, slug, date in entries(body, prefix):
        place = where(names.get(slug, slug.replace("-", " ")))
        found += bool(place.places)
        item = Item(key="", title=slug.replace("-", " "), url=link, lang="en", listing=True,
                    published=times.parse_date(date))  # fmt: skip
        if place.places:
            yield from advice(place, item)
    if not found:
        raise ParseError(f"no destinations below {prefix} in the sitemap")


def is_sitemap(body: bytes) -> bool:
    """Whether a body is a sitemap."""
    return b"<urlset" in body[:2048]
