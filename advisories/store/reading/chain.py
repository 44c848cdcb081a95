"""The chain from an observation to the bytes it came from."""

import json
import sqlite3
import zlib
from collections.abc import Sequence

from advisories.errors import UsageError
from advisories.store.reading.ask import Row, ask, one

_ITEM = (
    "o.title, o.summary, o.url, o.lang, o.published, o.observed, o.source, o.kind, i.key,"
    " i.first_seen, i.count AS states, i.listed"
)


def find(conn: sqlite3.Connection, ref: str) -> int:
    """The row of a ref; of an item's name without the count, its latest state.

    Raises:
        UsageError: nothing has this ref; the text holds near ones.
    """
    row = one(conn, "SELECT id FROM observation WHERE ref = ?", (ref,))
    if row is None:
        sql = "SELECT id FROM observation WHERE ref GLOB ? ORDER BY id DESC LIMIT 1"
        row = one(conn, sql, (_literal(ref) + ".[0-9]*",)) if ref.count(".") else None
    if row is not None:
        return int(row["id"])
    sql = "SELECT ref FROM observation WHERE ref GLOB ? ORDER BY id DESC LIMIT 3"
    near = [r["ref"] for r in ask(conn, sql, (_literal(ref[:-2] or ref) + "*",))]
    hint = f"; near: {', '.join(near)}" if near else "; `show` prints the ref of each row"
    raise UsageError(f"nothing has the ref {ref!r}{hint}")


def _literal(text: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def chain(conn: sqlite3.Connection, ref: str) -> Row:
    """A row of `rows.ExplainRow`, but for what was rejected (the coder's to say).

    Raises:
        UsageError: as `find`.
    """
    number = find(conn, ref)
    (base,) = ask(conn, f"SELECT o.ref, o.item AS number, o.destination, o.level, o.regional_max,"
                  f" o.level_text, o.reasons, o.unknown, o.flags, o.countries, o.attempt, {_ITEM}"
                  " FROM observation o JOIN item i ON i.id = o.item WHERE o.id = ?", (number,))  # fmt: skip
    return {
        "ref": base["ref"],
        "item": _part(base, ("title", "summary", "url", "lang", "published", "observed", "source",
                             "kind", "key", "first_seen", "states", "listed")),
        "advice": _advice(base),
        "countries": json.loads(base["countries"]),
        "events": _events(conn, number),
        "rejected": [],
        "witnesses": _witnesses(conn, number),
        "changes": _changes(conn, number),
        "states": _states(conn, base["number"]),
        "fetched": _fetched(conn, base["attempt"]),
        "payload": _payload(conn, base["attempt"]),
    }  # fmt: skip


def _part(row: Row, keys: Sequence[str]) -> Row:
    return {k: row[k] if row[k] != "" else None for k in keys}


def _advice(base: Row) -> Row | None:
    if base["destination"] is None and base["level"] is None and not base["unknown"]:
        return None
    part = _part(base, ("destination", "level", "regional_max", "level_text", "unknown"))
    return part | {"reasons": json.loads(base["reasons"]), "flags": json.loads(base["flags"])}


def _events(conn: sqlite3.Connection, number: int) -> list[Row]:
    sql = (
        "SELECT actor, target, act, kind, severity, score, confidence, date, dated, rule, evidence,"
        " coder FROM event WHERE observation = ? ORDER BY id"
    )
    rows = ask(conn, sql, (number,))
    return [r | {"evidence": [_span(*s) for s in json.loads(r["evidence"])]} for r in rows]


def _span(where: str, start: int, end: int, text: str) -> Row:
    return {"where": where, "start": start, "end": end, "text": text}


def _witnesses(conn: sqlite3.Connection, number: int) -> list[Row]:
    sql = (
        "SELECT DISTINCT o.ref, e.source, e.outlet, e.date, o.title, nullif(o.url, '') AS url"
        " FROM event e JOIN observation o ON o.id = e.observation WHERE e.story IN"
        " (SELECT story FROM event WHERE observation = ?) AND e.observation <> ?"
        " ORDER BY e.date, o.ref"
    )
    return list(ask(conn, sql, (number, number)))


def _changes(conn: sqlite3.Connection, number: int) -> list[Row]:
    sql = (
        "SELECT issuer, destination, kind, level_from, level_to, regional_from, regional_to,"
        " published, observed, confirmed FROM change c WHERE c.observation = ?"
        " AND c.issuer IN (SELECT DISTINCT issuer FROM current_level) ORDER BY id"
    )
    rows = list(ask(conn, sql, (number,)))
    return [r | {"confirmed": bool(r["confirmed"])} for r in rows]


def _states(conn: sqlite3.Connection, item: int) -> list[Row]:
    sql = (
        "SELECT ref, observed, published, level, regional_max, title FROM observation"
        " WHERE item = ? ORDER BY id"
    )
    return list(ask(conn, sql, (item,)))


def _fetched(conn: sqlite3.Connection, attempt: int) -> Row:
    sql = "SELECT at, status, url, final_url, headers FROM attempt WHERE id = ?"
    row = one(conn, sql, (attempt,)) or {}
    return row | {"headers": json.loads(row.get("headers") or "{}")}


def _payload(conn: sqlite3.Connection, attempt: int) -> Row | None:
    return one(
        conn,
        "SELECT p.sha256, p.size FROM attempt a JOIN payload p ON p.id = a.payload WHERE a.id = ?",
        (attempt,),
    )


def raw(conn: sqlite3.Connection, ref: str) -> bytes:
    """The bytes as received, of the answer that an observation was read from.

    Raises:
        UsageError: as `find`.
    """
    sql = (
        "SELECT p.body FROM observation o JOIN attempt a ON a.id = o.attempt"
        " JOIN payload p ON p.id = a.payload WHERE o.id = ?"
    )
    row = one(conn, sql, (find(conn, ref),))
    return zlib.decompress(row["body"]) if row else b""
