"""What the index needs: a pair's stories, and which sources answered on which day."""

import sqlite3
from collections.abc import Sequence

from advisories.places.scope import Reach
from advisories.store.reading.ask import Row, ask
from advisories.store.reading.timeline import Filters, picked_events


def stories(conn: sqlite3.Connection, reaches: Sequence[Reach], seen_before: str = "") -> list[Row]:
    """Each story once, at its first telling: what the index weighs of a timeline row."""
    picked, values = picked_events(reaches, Filters(seen_before=seen_before))
    sql = (
        f"WITH picked (id, date) AS ({picked}) SELECT o.ref, e.date, e.actor, e.target, e.act,"
        " e.severity, e.score, e.confidence, e.rule, o.title FROM picked p"
        " JOIN event e ON e.id = p.id JOIN observation o ON o.id = e.observation"
    )
    return list(ask(conn, sql, values)) if reaches else []


def answered(conn: sqlite3.Connection, before: str = "") -> list[tuple[str, str]]:
    """(day, source) of every day on which a source gave a good answer, oldest first.

    Of news and official feeds, where the store has any: lists of advice that go on answering do not
    stand in for news that cannot be had.
    """
    sql = (
        "SELECT DISTINCT substr(at, 1, 10) AS day, source FROM attempt"
        " WHERE outcome IN ('answered', 'unchanged') AND at < ? AND source IN (SELECT id FROM source"
        " WHERE kind <> 'advisory' OR NOT EXISTS (SELECT 1 FROM source WHERE kind <> 'advisory'))"
        " ORDER BY day, source"
    )
    return [(row["day"], row["source"]) for row in ask(conn, sql, (before or "~",))]


def tense(conn: sqlite3.Connection, since: str, before: str, n: int) -> list[tuple[str, str]]:
    """Pairs of countries with the most friction in a time, in alphabetical order: candidates."""
    sql = (
        "SELECT min(actor, target) AS a, max(actor, target) AS b,"
        " sum(CASE WHEN severity >= 2 THEN n * severity ELSE 0 END) AS weight FROM pair_day"
        " WHERE day >= ? AND day < ? AND actor NOT IN ('EU', 'XN') AND target NOT IN ('EU', 'XN')"
        " GROUP BY a, b HAVING weight > 0"
        " ORDER BY weight DESC, a, b LIMIT ?"
    )
    return [(row["a"], row["b"]) for row in ask(conn, sql, (since, before, n))]


def outlets(
    conn: sqlite3.Connection, reaches: Sequence[Reach], seen_before: str = ""
) -> list[tuple[str, str]]:
    """(day, outlet) of all tellings."""
    picked, values = picked_events(reaches, Filters(seen_before=seen_before, every=True))
    sql = (
        f"WITH picked (id, date) AS ({picked}) SELECT DISTINCT substr(e.date, 1, 10) AS day,"
        " e.outlet FROM picked p JOIN event e ON e.id = p.id ORDER BY 1, 2"
    )
    return [(r["day"], r["outlet"]) for r in ask(conn, sql, values)] if reaches else []
