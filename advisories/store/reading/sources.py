"""How the sources do: when each answered last, what it held, why it failed."""

import json
import sqlite3
from datetime import datetime

from advisories.store.reading.ask import Row, ask, one
from advisories.store.reading.standing import last_good, stale
from advisories.times import from_iso, iso


def states(conn: sqlite3.Connection, now: datetime) -> list[Row]:
    """Rows of `rows.StatusRow`, by id."""
    sources = ask(conn, "SELECT id, kind, issuer, hours, status FROM source ORDER BY kind, id")
    return [_state(conn, source, now) for source in list(sources)]


def _state(conn: sqlite3.Connection, source: Row, now: datetime) -> Row:
    good = last_good(conn, source["id"])
    tried = _last_attempt(conn, source["id"])
    read = _last_reading(conn, source["id"])
    failed = tried if tried and tried["outcome"] in ("failed", "postponed") else None
    places = read["places"] if read else 0
    return {
        "source": source["id"], "kind": source["kind"], "issuer": source["issuer"],
        "state": _word(source, good, failed, read, now),
        "last_good": good, "last_attempt": tried["at"] if tried else None,
        "age_hours": round((now - from_iso(good)).total_seconds() / 3600, 1) if good else None,
        "interval_hours": source["hours"],
        "items": read["items"] if read else None,
        "level_yield": round(read["levels"] / places, 4) if read and places else None,
        "error": failed["error"] if failed else read["problem"] if read else None,
        "notes": json.loads(read["notes"]) if read else [],
        "not_before": _wait(failed, now),
    }  # fmt: skip


def _word(
    source: Row, good: str | None, failed: Row | None, read: Row | None, now: datetime
) -> str:
    """One word for the state; "down" and "not readable" are two."""
    if failed and failed["outcome"] == "postponed" and _wait(failed, now):
        return "waiting"
    if failed:
        return "format" if failed["reason"] == "format" else "unavailable"
    if good is None:
        return "never"
    if stale(good, source["hours"], now):
        return "stale"
    if source["kind"] == "advisory" and read and read["places"] >= 5 and not read["levels"]:
        return "format"
    return "partial" if read and read["state"] == "partial" else "ok"


def _wait(failed: Row | None, now: datetime) -> str | None:
    wait: str | None = failed["not_before"] if failed else None
    return wait if wait and wait > iso(now) else None


def _last_attempt(conn: sqlite3.Connection, source: str) -> Row | None:
    sql = (
        "SELECT at, outcome, reason, error, not_before FROM attempt WHERE source = ?"
        " ORDER BY id DESC LIMIT 1"
    )
    return one(conn, sql, (source,))


def _last_reading(conn: sqlite3.Connection, source: str) -> Row | None:
    """The last body's counts; of a source of many documents, all of the last day together."""
    last = one(conn, "SELECT max(at) AS at FROM reading WHERE source = ?", (source,))
    if last is None or last["at"] is None:
        return None
    sql = (
        "SELECT sum(items) AS items, sum(places) AS places, sum(levels) AS levels,"
        " max(state) AS state, max(problem) AS problem FROM reading r WHERE source = ?"
        " AND attempt IN (SELECT max(attempt) FROM reading WHERE source = ? AND at >= ?"
        " GROUP BY doc)"
    )
    day = last["at"][:10]
    row = one(conn, sql, (source, source, day)) or {}
    return row | {"notes": _notes(conn, source, day)}


def _notes(conn: sqlite3.Connection, source: str, day: str) -> str:
    sql = (
        "SELECT notes FROM reading WHERE source = ? AND at >= ? AND notes <> '[]'"
        " AND attempt IN (SELECT max(attempt) FROM reading WHERE source = ? GROUP BY doc)"
        " ORDER BY attempt"
    )
    rows = ask(conn, sql, (source, day, source))
    return json.dumps([n for row in rows for n in json.loads(row["notes"])], ensure_ascii=False)
