"""What the index needs: a pair's stories, and which sources answered on which day."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

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


_COUNTRIES = "actor NOT IN ('EU', 'XN') AND target NOT IN ('EU', 'XN')"


def sums(
    conn: sqlite3.Connection, kept: Sequence[tuple[str, float, float]]
) -> Iterator[tuple[Any, ...]]:
    """The scores of countries toward each other, summed over these days.

    Args:
        conn: the store.
        kept: (day, what is left of its scores now, what was left of them before).

    Returns:
        (actor, target, severity, conflict now, cooperation now, conflict before, cooperation
        before), the scores of conflict negative. A day's score and severity are those of all its
        stories together: enough to rank by, no more.
    """
    sql = (
        "WITH kept AS (SELECT value ->> 0 AS day, value ->> 1 AS now, value ->> 2 AS before"
        " FROM json_each(?)) SELECT actor, target, severity,"
        " sum(min(score, 0) * now), sum(max(score, 0) * now),"
        " sum(min(score, 0) * before), sum(max(score, 0) * before)"
        f" FROM kept k CROSS JOIN pair_day p ON p.day = k.day WHERE {_COUNTRIES}"
        " GROUP BY actor, target, severity"
    )
    return (tuple(row.values()) for row in ask(conn, sql, (json.dumps(kept),)))


def volumes(conn: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """The number of stories of each country toward each other, ever."""
    sql = (
        f"SELECT actor, target, sum(n) AS n FROM pair_day WHERE {_COUNTRIES} GROUP BY actor, target"
    )
    return {(row["actor"], row["target"]): row["n"] for row in ask(conn, sql)}


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
