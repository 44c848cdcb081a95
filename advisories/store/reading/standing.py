"""Standing levels, now or on a day, and how fresh their sources are."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisories.store.reading.ask import Row, ask, marks, one
from advisories.times import from_iso, iso

STALE_AFTER = 3
"""A source is stale after this many of its intervals without a good answer."""

_COLUMNS = (
    "c.issuer, c.destination, c.level, c.regional_max, nullif(c.level_text, '') AS level_text,"
    " c.reasons, {published} AS published, c.observed, o.ref, nullif(c.unknown, '') AS unknown,"
    " c.listed, o.title, nullif(o.url, '') AS url, c.source, coalesce(s.hours, 24) AS hours"
)
_JOINS = "JOIN observation o ON o.id = c.observation LEFT JOIN source s ON s.id = c.source"
_THEN = (
    "(SELECT h.* FROM level_history h JOIN (SELECT issuer, destination, max(seq) AS seq"
    " FROM level_history WHERE observed < ? GROUP BY issuer, destination) last"
    " USING (issuer, destination, seq))"
)
_RENEWED = (
    "coalesce((SELECT max(r.published) FROM change r WHERE r.issuer = c.issuer AND r.destination"
    " = c.destination AND r.kind = 'reissued' AND r.observed >= c.observed AND r.observed < ?),"
    " c.published)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which levels: of issuers and destinations (none: all), as known before a day (exclusive)."""

    issuers: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    seen_before: str = ""


def levels(conn: sqlite3.Connection, asked: Standing, now: datetime) -> list[Row]:
    """Rows of `rows.LevelRow`, by destination and issuer; ages are those at `now`."""
    then = asked.seen_before
    columns = _COLUMNS.format(published=_RENEWED if then else "c.published")
    where, values = _where(asked)
    sql = (
        f"SELECT {columns} FROM {_THEN if then else 'current_level'} c {_JOINS}{where}"
        " ORDER BY c.destination, c.issuer"
    )
    rows = list(ask(conn, sql, [*([then, then] if then else []), *values]))
    good = {s: last_good(conn, s, then) for s in {r["source"] for r in rows}}
    return [_level(row, good[row["source"]], now) for row in rows]


def _where(asked: Standing) -> tuple[str, list[object]]:
    tests: list[str] = []
    values: list[object] = []
    for column, codes in (("issuer", asked.issuers), ("destination", asked.destinations)):
        if codes:
            tests.append(f"c.{column} IN ({marks(codes)})")
            values += codes
    return (f" WHERE {' AND '.join(tests)}" if tests else ""), values


def _level(row: Row, checked: str | None, now: datetime) -> Row:
    dated = from_iso(row["published"] or row["observed"])
    hours = row.pop("hours")
    return {
        **row,
        "reasons": json.loads(row["reasons"]),
        "listed": bool(row["listed"]),
        "age_days": max(0, (now - dated).days),
        "stale": stale(checked, hours, now),
        "checked": checked,
    }


def last_good(conn: sqlite3.Connection, source: str, before: str = "") -> str | None:
    """When a source last gave a good answer (before a day)."""
    row = one(
        conn,
        "SELECT at FROM attempt WHERE source = ? AND outcome IN ('answered', 'unchanged')"
        " AND at < ? ORDER BY id DESC LIMIT 1",
        (source, before or "~"),
    )
    return row["at"] if row else None


def stale(checked: str | None, hours: int, now: datetime) -> bool:
    """Whether three intervals passed without a good answer."""
    return checked is None or now - from_iso(checked) > STALE_AFTER * timedelta(hours=hours)


def issuers(conn: sqlite3.Connection) -> Sequence[str]:
    """All issuers with a standing level."""
    sql = "SELECT DISTINCT issuer FROM current_level ORDER BY issuer"
    return [row["issuer"] for row in ask(conn, sql)]


def newest(conn: sqlite3.Connection, now: datetime, before: str = "") -> str:
    """The latest instant at which any source gave a good answer: what the store is "as of"."""
    row = one(conn, "SELECT max(at) AS at FROM attempt WHERE at < ?", (before or "~",))
    return (row and row["at"]) or iso(now)
