"""Standing levels, their history, and level changes. Runs inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advisories.model import Advice
from advisories.store.items import Seen, maybe, stored
from advisories.times import iso

BULK = 20
"""From this many changes of text or date in one answer on, they are one line."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The current level of an issuer and destination."""

    level: int | None
    regional_max: int | None
    published: datetime | None
    source: str
    observation: int
    reasons: str
    digest: str


def standing(conn: sqlite3.Connection, issuer: str, destination: str) -> Standing | None:
    """The current level of an issuer and destination, or None before the first."""
    row = conn.execute(
        "SELECT c.level, c.regional_max, c.published, c.source, c.observation, c.reasons, o.digest"
        " FROM current_level c JOIN observation o ON o.id = c.observation"
        " WHERE c.issuer = ? AND c.destination = ?",
        (issuer, destination),
    ).fetchone()
    return Standing(row[0], row[1], maybe(row[2]), *row[3:]) if row else None


def set_standing(
    conn: sqlite3.Connection, seen: Seen, advice: Advice, observation: int,
    published: datetime | None, listed: bool = True,
) -> None:  # fmt: skip
    """The new current level, and its line in the history."""
    values = (
        advice.issuer, advice.destination, observation, seen.source.id, advice.level,
        advice.regional_max, advice.level_text, json.dumps(list(advice.reasons)), advice.unknown,
        stored(published), iso(seen.at), int(listed),
    )  # fmt: skip
    conn.execute(
        "INSERT OR REPLACE INTO current_level (issuer, destination, observation, source, level,"
        " regional_max, level_text, reasons, unknown, published, observed, listed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    conn.execute(
        "INSERT INTO level_history (issuer, destination, observation, source, level, regional_max,"
        " level_text, reasons, unknown, published, observed, listed, seq) VALUES"
        " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM"
        " level_history WHERE issuer = ? AND destination = ?))",
        (*values, advice.issuer, advice.destination),
    )


def redate_standing(
    conn: sqlite3.Connection, issuer: str, destination: str, published: datetime | None
) -> None:
    """The issuer confirmed a level anew by moving its date alone."""
    conn.execute(
        "UPDATE current_level SET published = coalesce(?, published)"
        " WHERE issuer = ? AND destination = ?",
        (stored(published), issuer, destination),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an issuer's advice about a destination."""

    issuer: str
    destination: str
    kind: str
    levels: tuple[int | None, int | None]
    regional: tuple[int | None, int | None]
    published: datetime | None
    confirmed: bool
    observation: int


def add_change(conn: sqlite3.Connection, seen: Seen, change: Change) -> None:
    """Record a change."""
    conn.execute(
        "INSERT INTO change (observation, attempt, source, issuer, destination, kind, level_from,"
        " level_to, regional_from, regional_to, published, observed, confirmed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change.observation, seen.attempt, seen.source.id, change.issuer, change.destination,
            change.kind, *change.levels, *change.regional, stored(change.published), iso(seen.at),
            int(change.confirmed),
        ),
    )  # fmt: skip


def mark_bulk(conn: sqlite3.Connection, attempt: int) -> None:
    """Many re-stamps or edits in one answer are one line (a template moved, not 228 advisories)."""
    conn.execute(
        "UPDATE change SET bulk = n FROM (SELECT kind AS k, count(*) AS n FROM change"
        " WHERE attempt = ? GROUP BY kind) WHERE attempt = ? AND kind = k AND n >= ?"
        " AND kind IN ('text', 'reissued', 'first')",
        (attempt, attempt, BULK),
    )


def latest_advice(conn: sqlite3.Connection, item: int) -> Mapping[str, object]:
    """The latest observation of an advisory item, by column."""
    cursor = conn.execute(
        "SELECT o.id, o.destination, o.level, o.regional_max, o.level_text, o.reasons, o.unknown,"
        " o.published FROM item i JOIN observation o ON o.id = i.latest WHERE i.id = ?",
        (item,),
    )
    names = [c[0] for c in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))
