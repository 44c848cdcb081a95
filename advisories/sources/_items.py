"""Making items: one per destination, with clean fields, and one key for one thing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from advisories import places, times
from advisories.model import Item
from advisories.sources._names import Where
from advisories.text import clean, link

SUMMARY = 4000


def advice(where: Where, item: Item) -> Iterator[Item]:
    """The item once for each destination, keyed by destination and scope ("PS/gaza").

    `item.key` may be empty; without a destination the key is made from the name (or the title), so
    that the same row is the same item tomorrow.
    """
    item = replace(
        item,
        title=clean(item.title),
        url=link(item.url),
        summary=clean(item.summary)[:SUMMARY],
        level_text=clean(item.level_text)[:200],
        flags=flags_of(item),
    )
    for code, scope in where.places:
        yield replace(item, key=f"{code}/{scope}" if scope else code, destination=code)
    if not where.places:
        name = slug(where.name or item.title)
        yield replace(item, key=f"?{name}", unknown=where.unknown or item.unknown)


def flags_of(item: Item) -> tuple[str, ...]:
    """The item's flags, with "contradictory" where that is why its level is unknown."""
    extra = ("contradictory",) if item.unknown.startswith("contradictory") else ()
    return tuple(dict.fromkeys(item.flags + extra))


def notice(item: Item) -> Item:
    """A news-like item, cleaned; its key is taken as it came, without blanks around it."""
    key = item.key.strip() or item.url.strip() or f"{item.title}|{item.published}"
    return replace(
        item,
        key=clean(key)[:500],
        title=clean(item.title),
        url=link(item.url),
        summary=clean(item.summary)[:SUMMARY],
    )


def slug(text: str) -> str:
    """Words of a text in ASCII with hyphens, as far as it has such; else its letters."""
    folded = places.fold(text)[:80]
    return re.sub(r"\W+", "-", folded).strip("-") or "untitled"


def part_above(level: int | None, worst: int | None) -> int | None:
    """The worst part as a regional maximum: only if it is worse than the country as a whole."""
    return worst if worst and (level is None or worst > level) else None


def date_by(text: str, form: str, zone: str = "UTC") -> datetime | None:
    """A date in a fixed numeric form ("%d.%m.%Y"), local to a zone; None if it is not one."""
    try:
        local = datetime.strptime(text.strip(), form)
        return times.plausible(local.replace(tzinfo=ZoneInfo(zone)))
    except (ValueError, OverflowError):
        return None


def date_in(text: str, found: str, form: str, zone: str = "UTC") -> datetime | None:
    """The date that stands in a text where the pattern `found` has its group."""
    match = re.search(found, text, re.I)
    return date_by(match[1], form, zone) if match else None
