"""Where the rows of an answer come from: sources with their terms, and versions of the coder."""

import sqlite3
from collections.abc import Iterable, Sequence

from advisories.places.scope import Reach
from advisories.store.reading.ask import Row, ask, marks
from advisories.store.reading.standing import last_good
from advisories.store.reading.timeline import Filters, picked_events


def behind(
    conn: sqlite3.Connection, reaches: Sequence[Reach], seen_before: str = ""
) -> tuple[list[str], list[str]]:
    """Ids of the sources that told of these events, and the coder versions that read them."""
    if not reaches:
        return [], []
    picked, values = picked_events(reaches, Filters(seen_before=seen_before, every=True))
    sql = (
        f"WITH picked (id, date) AS ({picked}) SELECT DISTINCT e.source, e.coder"
        " FROM picked p JOIN event e ON e.id = p.id"
    )
    rows = list(ask(conn, sql, values))
    return sorted({r["source"] for r in rows}), sorted({r["coder"] for r in rows})


def told(conn: sqlite3.Connection, refs: Iterable[str]) -> dict[tuple[str, str, str, str], Row]:
    """Severity, url and language of the events of these observations, by (ref, actor, target, act)."""
    wanted = sorted(set(refs))
    sql = (
        "SELECT o.ref, e.actor, e.target, e.act, e.severity, nullif(o.url, '') AS url,"
        " nullif(o.lang, '') AS lang FROM observation o JOIN event e ON e.observation = o.id"
        f" WHERE o.ref IN ({marks(wanted)})"
    )
    rows = ask(conn, sql, wanted)
    return {(r["ref"], r["actor"], r["target"], r["act"]): r for r in rows}


def sources(conn: sqlite3.Connection, ids: Iterable[str], seen_before: str = "") -> list[Row]:
    """These sources by kind and name, with licence, attribution and `last_good`.

    `last_good` is the last good answer, before a day if one is given.
    """
    wanted = sorted(set(ids))
    sql = (
        "SELECT id, name, kind, issuer, url, lang, country, hours, licence, attribution FROM source"
        f" WHERE id IN ({marks(wanted)}) ORDER BY kind, name, id"
    )
    rows = list(ask(conn, sql, wanted))
    return [r | {"last_good": last_good(conn, r["id"], seen_before)} for r in rows]


def first_answer(conn: sqlite3.Connection, source: str) -> str:
    """When a source first answered; "" if it never did."""
    sql = (
        "SELECT min(at) AS at FROM attempt WHERE source = ?"
        " AND outcome IN ('answered', 'unchanged')"
    )
    (row,) = ask(conn, sql, (source,))
    return str(row["at"] or "")
