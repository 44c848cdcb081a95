"""A destination that its issuer lists in parts is one item in the store, with both its numbers.

A key with a scope ("PS/gaza") is a part's. Where the issuer has an entry for the whole as well,
that one's level is the level, and the parts only raise the regional maximum; where it lists parts
alone, the least of their levels holds everywhere, and the worst stands beside it.
"""

from collections.abc import Sequence
from dataclasses import replace

from advisories.model import Item


def together(items: Sequence[Item]) -> list[Item]:
    """The items with the parts of each destination taken together."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.destination or item.key, []).append(item)
    return [item for group in groups.values() for item in _joined(group)]


def _is_part(item: Item) -> bool:
    return bool(item.destination) and item.key.startswith(f"{item.destination}/")


def _joined(group: list[Item]) -> list[Item]:
    parts = [i for i in group if _is_part(i)]
    whole = [i for i in group if not _is_part(i)]
    return [_one(whole[0] if whole else None, parts)] if parts else group


def _one(whole: Item | None, parts: list[Item]) -> Item:
    everything = [*([whole] if whole else []), *parts]
    read = [p.level for p in parts if p.level is not None]
    level = whole.level if whole else min(read) if len(read) == len(parts) else None
    worst = max((n for i in everything for n in (i.level, i.regional_max) if n), default=None)
    first = everything[0]
    return replace(
        first,
        key=first.destination or first.key,
        title="; ".join(i.title for i in everything),
        summary=" ".join(i.summary for i in everything if i.summary),
        published=max((i.published for i in everything if i.published), default=None),
        level=level,
        regional_max=worst if worst and (level is None or worst > level) else None,
        level_text="; ".join(i.level_text for i in everything if i.level_text),
        reasons=tuple(dict.fromkeys(r for i in everything for r in i.reasons)),
        unknown="" if level else first.unknown or "only some of its parts have a level",
        flags=tuple(dict.fromkeys(f for i in everything for f in i.flags)),
    )
