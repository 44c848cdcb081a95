"""Items, their observations, what a body held, and what is absent from a list.

Runs inside the caller's transaction.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from advisories.model import Item, Source
from advisories.text import search_words
from advisories.times import from_iso, iso


def maybe(text: str | None) -> datetime | None:
    """An instant from its stored form, or None."""
    return from_iso(text) if text else None


def stored(instant: datetime | None) -> str | None:
    """An instant's stored form, or None."""
    return iso(instant) if instant else None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when an item was read: the source, the attempt, the document, our clock."""

    source: Source
    attempt: int
    doc: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What the store knows of an item: its row, and its latest observation's digest and levels."""

    id: int
    count: int
    doc: str
    listed: bool
    published: datetime | None
    digest: str
    level: int | None
    regional_max: int | None
    pending: tuple[int, datetime] | None


def items(conn: sqlite3.Connection, source: str, keys: Sequence[str]) -> dict[str, ItemRow]:
    """The stored items of a source among these keys."""
    found: dict[str, ItemRow] = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = conn.execute(
            "SELECT i.key, i.id, i.count, i.doc, i.listed, i.published, o.digest, o.level,"
            " o.regional_max, i.pending FROM item i JOIN observation o ON o.id = i.latest"
            f" WHERE i.source = ? AND i.key IN ({marks})",
            (source, *part),
        )
        found |= {row[0]: _item_row(row[1:]) for row in rows}
    return found


def _item_row(row: Sequence[object]) -> ItemRow:
    number, count, doc, listed, published, digest, level, regional, pending = row
    waits = json.loads(str(pending)) if pending else None
    return ItemRow(
        id=int(str(number)), count=int(str(count)), doc=str(doc), listed=bool(listed),
        published=maybe(str(published) if published else None), digest=str(digest),
        level=level if isinstance(level, int) else None,
        regional_max=regional if isinstance(regional, int) else None,
        pending=(waits[0], from_iso(waits[1])) if waits else None,
    )  # fmt: skip


def ref(source: str, key: str, count: int) -> str:
    """A name for an observation that is the same wherever the same recordings were replayed."""
    return f"{source}.{hashlib.sha256(key.encode()).hexdigest()[:8]}.{count}"


def add_item(conn: sqlite3.Connection, seen: Seen, item: Item) -> int:
    """A new item without a state yet; its id."""
    cursor = conn.execute(
        "INSERT INTO item (source, key, doc, first_seen, published) VALUES (?, ?, ?, ?, ?)",
        (seen.source.id, item.key, seen.doc, iso(seen.at), stored(item.published)),
    )
    return int(cursor.lastrowid or 0)


def observe(
    conn: sqlite3.Connection, seen: Seen, item: Item, row: tuple[int, int], digest: str,
    told: tuple[str, Sequence[str]],
) -> int:  # fmt: skip
    """A state of an item as first seen.

    `row` is (item id, number of this state from 1 on), `told` (kind of item, countries in it).
    """
    number, count = row
    kind, countries = told
    cursor = conn.execute(
        "INSERT INTO observation (ref, item, attempt, source, kind, observed, published, title,"
        " summary, url, lang, destination, level, regional_max, level_text, reasons, unknown,"
        " flags, digest, countries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ref(seen.source.id, item.key, count), number, seen.attempt, seen.source.id, kind,
            iso(seen.at), stored(item.published), item.title, item.summary, item.url,
            item.lang or seen.source.lang, item.destination, item.level, item.regional_max,
            item.level_text, json.dumps(list(item.reasons)), item.unknown,
            json.dumps(list(item.flags)), digest, json.dumps(list(countries)),
        ),
    )  # fmt: skip
    observation = int(cursor.lastrowid or 0)
    conn.execute(
        "UPDATE item SET latest = ?, count = ?, doc = ?, pending = NULL,"
        " published = coalesce(?, published) WHERE id = ?",
        (observation, count, seen.doc, stored(item.published), number),
    )
    conn.execute(
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        (observation, search_words(f"{item.title} {item.summary}")),
    )
    return observation


def redate(conn: sqlite3.Connection, number: int, published: datetime | None) -> None:
    """The source moved the date of an item; nothing waits any more."""
    conn.execute(
        "UPDATE item SET published = coalesce(?, published), pending = NULL WHERE id = ?",
        (stored(published), number),
    )


def wait(conn: sqlite3.Connection, number: int, pending: tuple[int, datetime] | None) -> None:
    """Remember, or forget, a drop that waits for a second look."""
    text = json.dumps([pending[0], iso(pending[1])]) if pending else None
    conn.execute("UPDATE item SET pending = ? WHERE id = ?", (text, number))


def waiting(conn: sqlite3.Connection, source: str, doc: str) -> bool:
    """Whether anything of this document waits for a second look."""
    row = conn.execute(
        "SELECT 1 FROM item WHERE source = ? AND doc = ? AND pending IS NOT NULL LIMIT 1",
        (source, doc),
    ).fetchone()
    return row is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one body held: counts, state (ok or partial), the problem in words, notes by country."""

    state: str
    items: int = 0
    places: int = 0
    levels: int = 0
    new: int = 0
    changed: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()


def save_reading(conn: sqlite3.Connection, seen: Seen, reading: Reading) -> None:
    """The counts of a body that was read."""
    conn.execute(
        "INSERT INTO reading (attempt, source, doc, at, state, items, places, levels, new, changed,"
        " problem, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seen.attempt, seen.source.id, seen.doc, iso(seen.at), reading.state, reading.items,
            reading.places, reading.levels, reading.new, reading.changed, reading.problem or None,
            json.dumps(list(reading.notes), ensure_ascii=False),
        ),
    )  # fmt: skip


Last = tuple[int, int, str, str]


def last_reading(conn: sqlite3.Connection, source: str, doc: str) -> Last | None:
    """(items, payload id, state, problem) of the last body of this document that was read."""
    row = conn.execute(
        "SELECT r.items, a.payload, r.state, coalesce(r.problem, '')"
        " FROM reading r JOIN attempt a ON a.id = r.attempt"
        " WHERE r.source = ? AND r.doc = ? ORDER BY r.attempt DESC LIMIT 1",
        (source, doc),
    ).fetchone()
    return (int(row[0]), int(row[1]), str(row[2]), str(row[3])) if row else None


def listed(conn: sqlite3.Connection, source: str) -> dict[str, tuple[int, int, str | None]]:
    """{key: (item id, misses, missing since)} of what the source is taken to list."""
    rows = conn.execute(
        "SELECT key, id, misses, missing_since FROM item WHERE source = ? AND listed = 1",
        (source,),
    )
    return {key: (number, misses, since) for key, number, misses, since in rows}


def set_absence(conn: sqlite3.Connection, rows: Iterable[tuple[int, str | None, int, int]]) -> None:
    """Store (misses, missing since, listed, item id) of items."""
    conn.executemany("UPDATE item SET misses = ?, missing_since = ?, listed = ? WHERE id = ?", rows)


def smaller_is_right(conn: sqlite3.Connection, source: str, since: str) -> bool:
    """Whether a person has said, since then, that a source's smaller list is right."""
    row = conn.execute(
        "SELECT 1 FROM decision WHERE kind = 'fewer' AND subject = ? AND at >= ? LIMIT 1",
        (source, since),
    ).fetchone()
    return row is not None
