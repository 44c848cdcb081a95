"""What a newly read state of an item means, compared with what the store knows of it.

A pure decision, made before anything is written. The rules and their reasons (each was seen in 239
real days of one feed: a naive comparison reports 37 false changes there, 18 even after a sanity rule):

    stale      an older date than the stored one is an old copy, not a change
    pending    a drop to level 1 from 2 or more waits for an answer at least 20 hours later that
               still says so: placeholders ("Level 1", dated today) last one day
    reissued   the date moved and nothing else did: no observation
    unread     a level that was known and cannot be read now stays as last known, and is told
    confirmed  only when the source's own date moved with the level
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from advisories.model import Item

CONFIRM_AFTER = timedelta(hours=20)

Verdict = Literal["first", "same", "stale", "pending", "reissued", "changed"]
ChangeKind = Literal["first", "raised", "lowered", "regional", "text"]


@dataclass(frozen=True, slots=True)
class Pending:
    """A drop that waits: the level that was read, and when first."""

    level: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """The stored state of an item: its latest observation and what waits."""

    digest: str
    level: int | None
    regional_max: int | None
    published: datetime | None
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to do: the verdict, and the drop that waits from now on (None: nothing waits)."""

    verdict: Verdict
    pending: Pending | None = None


def digest(item: Item) -> str:
    """What makes two states of an item different: not the address and not the dates, which wobble."""
    told = (
        item.title, item.summary, item.level, item.regional_max, sorted(item.reasons),
        item.destination, item.unknown,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:24]


def keep_known_level(item: Item, known: Known | None) -> Item:
    """An unread level never replaces a known one: the last known stays, and the item says so."""
    if known is None or known.level is None or item.level is not None or not item.destination:
        return item
    unread = item.unknown or "no level could be read"
    regional = item.regional_max if item.regional_max is not None else known.regional_max
    return replace(
        item,
        level=known.level,
        regional_max=regional,
        unknown=f"last known level; {unread}",
        flags=(*item.flags, "unread"),
    )


def judge(item: Item, known: Known | None, at: datetime) -> Judgement:
    """The verdict on a state read at `at`; `item` is after `keep_known_level`."""
    if known is None:
        return Judgement("first")
    if _older(item.published, known.published) and item.destination:
        return Judgement("stale", known.pending)
    new = digest(item)
    if new == known.digest:
        moved = _newer(item.published, known.published)
        return Judgement("reissued" if moved and item.destination else "same")
    if known.level is not None and known.level >= 2 and item.level == 1:
        return _drop(item.level, known.pending, at)
    return Judgement("changed")


def _drop(level: int, waiting: Pending | None, at: datetime) -> Judgement:
    if waiting is None or waiting.level != level:
        return Judgement("pending", Pending(level, at))
    if at - waiting.since >= CONFIRM_AFTER:
        return Judgement("changed")
    return Judgement("pending", waiting)


def _older(new: datetime | None, old: datetime | None) -> bool:
    return new is not None and old is not None and new < old


def _newer(new: datetime | None, old: datetime | None) -> bool:
    return new is not None and (old is None or new > old)


def change_kind(known: Known | None, item: Item) -> ChangeKind:
    """What kind of change an accepted new state is."""
    if known is None or (known.level is None and item.level is not None):
        return "first"
    if item.level is not None and known.level is not None and item.level != known.level:
        return "raised" if item.level > known.level else "lowered"
    return "regional" if item.regional_max != known.regional_max else "text"


def confirmed(kind: str, known: Known | None, item: Item) -> bool:
    """Whether the source's own date moved with the change; the first sight needs no second."""
    if kind == "first" or known is None:
        return True
    return _newer(item.published, known.published)
