"""Reading the truth back: what a rebuild needs, and what a next fetch must know."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of the attempt log."""

    id: int
    source: str
    url: str
    final_url: str | None
    at: str
    outcome: str
    status: int | None
    headers: str | None
    payload: int | None


def attempts(conn: sqlite3.Connection) -> Iterator[Attempt]:
    """Every attempt that told something of a document, in the order in which they were made."""
    rows = conn.execute(
        "SELECT id, source, url, final_url, at, outcome, status, headers, payload FROM attempt"
        " WHERE payload IS NOT NULL OR outcome = 'unchanged' ORDER BY id"
    )
    return (Attempt(*row) for row in rows)


def payload(conn: sqlite3.Connection, number: int) -> bytes:
    """The exact bytes of a payload."""
    row = conn.execute("SELECT body FROM payload WHERE id = ?", (number,)).fetchone()
    return zlib.decompress(row[0])


def definitions(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """(source id, its last recorded definition as JSON)."""
    return conn.execute(
        "SELECT subject, body FROM decision WHERE kind = 'source' AND id IN"
        " (SELECT max(id) FROM decision WHERE kind = 'source' GROUP BY subject) ORDER BY subject"
    ).fetchall()


def events(conn: sqlite3.Connection) -> dict[tuple[str, str, str, str], str]:
    """{(ref, actor, target, act): severity, score and confidence} of all events."""
    rows = conn.execute(
        "SELECT o.ref, e.actor, e.target, e.act, e.severity, e.score, e.confidence"
        " FROM event e JOIN observation o ON o.id = e.observation"
    )
    return {r[:4]: f"severity {r[4]}, score {r[5]:g}, confidence {r[6]:.2f}" for r in rows}


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a next fetch of a source must know.

    `validators`: {url without stamp: (etag, last-modified, address that answered)} of the last
    fully accepted body; `known`: stamped addresses already read; `not_before`: no request until
    then; `last_good`: the last good answer.
    """

    validators: dict[str, tuple[str, str, str]]
    known: frozenset[str]
    not_before: str | None
    last_good: str | None


def remembered(conn: sqlite3.Connection, source: str) -> Remembered:
    """Validators and stamps of a source, and whether it asked not to be asked."""
    rows = conn.execute(
        "SELECT a.url, a.headers, a.final_url FROM attempt a JOIN reading r ON r.attempt = a.id"
        " WHERE r.state = 'ok' AND r.attempt IN"
        " (SELECT max(attempt) FROM reading WHERE source = ? GROUP BY doc)",
        (source,),
    ).fetchall()
    validators = {}
    for url, headers, final_url in rows:
        held = json.loads(headers or "{}")
        bare = url.partition("#")[0]
        pair = held.get("etag", ""), held.get("last-modified", "")
        if any(pair):
            validators[bare] = (*pair, final_url or bare)
    return Remembered(
        validators, _stamped(conn, source), _not_before(conn, source), _last_good(conn, source)
    )


def _stamped(conn: sqlite3.Connection, source: str) -> frozenset[str]:
    rows = conn.execute(
        "SELECT DISTINCT url FROM attempt WHERE source = ? AND outcome = 'answered'"
        " AND url LIKE '%#%'",
        (source,),
    )
    return frozenset(url for (url,) in rows)


def _last_good(conn: sqlite3.Connection, source: str) -> str | None:
    row = conn.execute(
        "SELECT max(at) FROM attempt WHERE source = ? AND outcome IN ('answered', 'unchanged')",
        (source,),
    ).fetchone()
    return row[0] if row else None


def _not_before(conn: sqlite3.Connection, source: str) -> str | None:
    """The wait of the last attempt, if that was a refusal with a wait."""
    row = conn.execute(
        "SELECT not_before FROM attempt WHERE source = ? ORDER BY id DESC LIMIT 1", (source,)
    ).fetchone()
    return row[0] if row else None
