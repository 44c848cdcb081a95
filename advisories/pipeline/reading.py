"""One body to sound items: parse, check that it is this source's list, clean what came."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice

from advisories.errors import Damaged, ParseError
from advisories.fetching.xmlguard import check_document
from advisories.model import Document, Item, Source
from advisories.pipeline.charset import to_utf8
from advisories.pipeline.parts import together
from advisories.text import clean, link
from advisories.times import plausible

MOST_ITEMS = 5000
TOLD = ("contradictory", "unread", "listed twice", "from-words")
"""Flags that a person should hear of; others only say where a level was read."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a body held: items with distinct keys, and the damage if it was not whole."""

    items: tuple[Item, ...]
    problem: str = ""


def document_name(url: str) -> str:
    """A document's address without its version stamp."""
    return url.partition("#")[0]


def read(source: Source, document: Document) -> Body:
    """The sound items of a document.

    Raises:
        ParseError: the body is not in this source's form, too large, or about something else.
    """
    found, problem = _parsed(source, document)
    items = [tidy(i, document.received) for i in found]
    if source.kind == "advisory" and not source.prose:
        _about_countries(source, items)
    items = together(_one_a_key(items))
    if source.kind == "advisory" and not source.prose:
        items = [with_reasons(i) for i in items]
    return Body(tuple(items), problem)


def read_all(source: Source, document: Document) -> tuple[list[Item], str]:
    """Every entry of a document as it is read, with the damage, and nothing left out.

    Raises:
        ParseError: the body is not in this source's form.
    """
    found, problem = _parsed(source, document)
    return [tidy(i, document.received) for i in found], problem


def _parsed(source: Source, document: Document) -> tuple[list[Item], str]:
    found: list[Item] = []
    try:
        for item in islice(_parse(source, document), MOST_ITEMS + 1):
            found.append(item)
    except Damaged as damage:
        if not found:
            raise ParseError(str(damage)) from None
        return found, str(damage)
    except RecursionError:
        raise ParseError("too deeply nested") from None
    if len(found) > MOST_ITEMS:
        raise ParseError(f"too large: more than {MOST_ITEMS} items")
    return found, ""


def _parse(source: Source, document: Document) -> Iterator[Item]:
    body = to_utf8(document.body, document.headers.get("content-type", ""))
    check_document(replace(document, body=body))
    listed = source.kind == "advisory"  # a feed's links are meant from where it was found
    url = document.url if listed else document.final_url or document.url
    return source.parse(body, document_name(url))


def with_reasons(item: Item) -> Item:
    """The item with the reasons that its own words give, where its source names none."""
    if item.reasons or item.listing or not item.destination:
        return item
    found = _reasons(f"{item.title}. {item.summary}", item.lang)
    return replace(item, reasons=found) if found else item


@lru_cache(maxsize=4096)
def _reasons(text: str, lang: str) -> tuple[str, ...]:
    """Lists say the same words day after day."""
    from advisories.coding import reasons

    return reasons(text, lang)


def tidy(item: Item, at: datetime) -> Item:
    """Clean text, safe links, plausible dates: what may be stored."""
    return replace(
        item,
        key=item.key.replace("\x00", ""),
        title=clean(item.title),
        summary=clean(item.summary),
        level_text=clean(item.level_text),
        unknown=clean(item.unknown),
        url=link(item.url),
        published=plausible(item.published, at) if item.published else None,
    )


def _about_countries(source: Source, items: list[Item]) -> None:
    """An advisory list in which most entries name no country is a sound feed of something else."""
    known = sum(1 for i in items if i.destination)
    if len(items) >= 2 and 2 * known < len(items):
        raise ParseError(
            f"not {source.name}'s list: {known} of {len(items)} entries name a country"
        )


def _one_a_key(items: list[Item]) -> list[Item]:
    """The newest of several entries with one key; flagged where their levels differ."""
    best: dict[str, Item] = {}
    levels: dict[str, set[int | None]] = {}
    for item in items:
        levels.setdefault(item.key, set()).add(item.level)
        held = best.get(item.key)
        if held is None or _newer(item, held):
            best[item.key] = item
    doubled = {k for k, v in Counter(i.key for i in items).items() if v > 1 and len(levels[k]) > 1}
    return [_flag(i, "listed twice with different levels") if k in doubled else i
            for k, i in best.items()]  # fmt: skip


def _newer(item: Item, held: Item) -> bool:
    if item.published and held.published:
        return item.published > held.published
    return bool(item.published) and not held.published


def _flag(item: Item, word: str) -> Item:
    return replace(item, flags=(*item.flags, word)) if item.destination else item


def notes(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Levels that a person should look at, by country: contradictory, ambiguous, unread."""
    told = [_note(i) for i in items if not i.listing]
    return tuple(t for t in told if t)


def _note(item: Item) -> str:
    name = item.destination or item.title[:60]
    marks = [f for f in item.flags if f.startswith(TOLD)]
    if item.unknown and (item.level is None or not item.destination):
        marks.append(item.unknown)
    return f"{name}: {'; '.join(dict.fromkeys(marks))}" if marks else ""
