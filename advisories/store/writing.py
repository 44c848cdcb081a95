"""Writing the truth: payloads, attempts, decisions, and the sources in use.

Everything here runs inside the caller's transaction (`opening.transaction`): one source's fetch is
one transaction. sqlite-utils serves the odd insert and upsert; bulk rows go through the connection.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from advisories.errors import FetchError, Postponed
from advisories.model import Document, Source
from advisories.text import clean, without_secrets
from advisories.times import iso

KEPT_HEADERS = ("content-type", "etag", "last-modified", "date", "content-language")
DEFINITION = (
    "name", "kind", "url", "lang", "country", "issuer", "reader", "outlet", "tier", "hours",
    "allow_origin", "licence", "attribution",
)  # fmt: skip


def save_payload(conn: sqlite3.Connection, body: bytes) -> int:
    """The id of these bytes, stored once however often they come."""
    sha = hashlib.sha256(body).hexdigest()
    row = conn.execute("SELECT id FROM payload WHERE sha256 = ?", (sha,)).fetchone()
    if row:
        return int(row[0])
    cursor = conn.execute(
        "INSERT INTO payload (sha256, size, body) VALUES (?, ?, ?)",
        (sha, len(body), zlib.compress(body, 6)),
    )
    return int(cursor.lastrowid or 0)


def _headers(headers: Mapping[str, str]) -> str:
    kept = {k: clean(headers[k])[:1000] for k in KEPT_HEADERS if k in headers}
    return json.dumps(kept, ensure_ascii=False)


def save_answer(conn: sqlite3.Connection, source: str, document: Document) -> tuple[int, int]:
    """One whole answer: (attempt id, payload id)."""
    payload = save_payload(conn, document.body)
    row = {
        "source": source, "url": document.url, "final_url": document.final_url or None,
        "at": iso(document.received), "outcome": "answered", "status": document.status,
        "headers": _headers(document.headers), "payload": payload,
    }  # fmt: skip
    return _attempt(conn, row), payload


def save_refused(conn: sqlite3.Connection, source: str, document: Document, why: str) -> int:
    """An answer that is not this source's form: kept with the attempt, changes nothing else."""
    row = {
        "source": source, "url": document.url, "final_url": document.final_url or None,
        "at": iso(document.received), "outcome": "failed", "status": document.status,
        "reason": "format", "error": clean(why), "headers": _headers(document.headers),
        "refused": zlib.compress(document.body, 6),
    }  # fmt: skip
    return _attempt(conn, row)


def save_failure(conn: sqlite3.Connection, source: str, error: FetchError, at: datetime) -> int:
    """A document that could not be had."""
    later = iso(error.not_before) if isinstance(error, Postponed) else None
    row = {
        "source": source, "url": without_secrets(clean(error.url)), "at": iso(at),
        "outcome": "postponed" if later else "failed", "status": error.status,
        "reason": error.reason, "error": without_secrets(clean(str(error))), "not_before": later,
    }  # fmt: skip
    return _attempt(conn, row)


def save_unchanged(conn: sqlite3.Connection, source: str, url: str, at: datetime) -> int:
    """A document that the server says has not changed (304)."""
    row = {"source": source, "url": url, "at": iso(at), "outcome": "unchanged", "status": 304}
    return _attempt(conn, row)


def _attempt(conn: sqlite3.Connection, row: dict[str, Any]) -> int:
    table = Database(conn, execute_plugins=False).table("attempt").insert(row)
    return int(str(table.last_pk))


def save_source(conn: sqlite3.Connection, source: Source, at: datetime) -> None:
    """Record the definition in use, as a decision when it differs from the last one."""
    body = json.dumps({k: getattr(source, k) for k in DEFINITION}, ensure_ascii=False)
    last = conn.execute(
        "SELECT body FROM decision WHERE kind = 'source' AND subject = ? ORDER BY id DESC LIMIT 1",
        (source.id,),
    ).fetchone()
    if last is None or last[0] != body:
        save_decision(conn, "source", source.id, body, at)
    save_row(conn, source)


def save_row(conn: sqlite3.Connection, source: Source) -> None:
    """The derived row of a source."""
    row = {k: getattr(source, k) for k in DEFINITION if k not in ("reader", "allow_origin")}
    row |= {"id": source.id, "status": source.status}
    Database(conn, execute_plugins=False).table("source").upsert(row, pk="id")


def save_decision(
    conn: sqlite3.Connection, kind: str, subject: str, body: str, at: datetime
) -> None:
    """What a person, or the configuration, decided."""
    row = {"at": iso(at), "kind": kind, "subject": subject, "body": body}
    Database(conn, execute_plugins=False).table("decision").insert(row)


def has_source(conn: sqlite3.Connection, source: str) -> bool:
    """Whether the store holds anything of a source."""
    row = conn.execute("SELECT 1 FROM source WHERE id = ?", (source,)).fetchone()
    return row is not None
