"""Reading the truth back: what a rebuild needs, and what a next fetch must know."""

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

    `validators`: {url without stamp: (etag, last-modified)} of the last fully accepted body;
    `known`: stamped addresses already read; `not_before`: no request until then.
    """

    validators: dict[str, tuple[str, str]]
    known: frozenset[str]
    not_before: str | None


def remembered(conn: sqlite3.Connection, source: str) -> Remembered:
    """Validators and stamps of a source, and whether it asked not to be asked."""
    import json

    rows = conn.execute(
        "SELECT a.url, a.headers FROM attempt a JOIN reading r ON r.attempt = a.id"
        " WHERE a.source = ? AND r.state = 'ok' AND a.id IN"
        " (SELECT max(id) FROM attempt WHERE source = ? AND outcome = 'answered' GROUP BY url)",
        (source, source),
    ).fetchall()
    validators = {}
    for url, headers in rows:
        held = json.loads(headers or "{}")
        pair = held.get("etag", ""), held.get("last-modified", "")
        if any(pair):
            validators[url.partition("#")[0]] = pair
    known = frozenset(url for url, _ in rows if "#" in url)
    return Remembered(validators, known, _not_before(conn, source))


def _not_before(conn: sqlite3.Connection, source: str) -> str | None:
    """The wait of the last attempt, if that was a refusal with a wait."""
    row = conn.execute(
        "SELECT not_before FROM attempt WHERE source = ? ORDER BY id DESC LIMIT 1", (source,)
    ).fetchone()
    return row[0] if row else None
