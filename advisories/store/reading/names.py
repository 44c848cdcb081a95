"""Names for completion: the pairs, places and sources that a store knows."""

import sqlite3
from collections.abc import Iterable

from advisories.store.reading.ask import ask

MOST = 200
KINDS = ("pairs", "places", "sources")


def starting(conn: sqlite3.Connection, what: str, prefix: str, lists: Iterable[str]) -> list[str]:
    """Pairs, places or sources that begin with a prefix; after "@", the configuration's lists."""
    if prefix.startswith("@"):
        return [f"@{n}" for n in lists if f"@{n}".startswith(prefix)]
    if what == "sources":
        return sources(conn, prefix)
    return (pairs if what == "pairs" else places)(conn, prefix.upper())


def pairs(conn: sqlite3.Connection, prefix: str) -> list[str]:
    """Pairs that begin with a prefix such as "RU-", the busiest first; or places before a hyphen."""
    first, hyphen, second = prefix.partition("-")
    if not hyphen:
        return places(conn, prefix)
    sql = (
        "SELECT other, sum(n) AS n FROM (SELECT target AS other, n FROM pair_day WHERE actor = ?"
        " UNION ALL SELECT actor, n FROM pair_day WHERE target = ?)"
        " WHERE other GLOB ? GROUP BY other ORDER BY n DESC, other LIMIT ?"
    )
    rows = ask(conn, sql, (first, first, f"{_plain(second)}*", MOST))
    return [f"{first}-{row['other']}" for row in rows]


def places(conn: sqlite3.Connection, prefix: str) -> list[str]:
    """Places with events or advice."""
    sql = (
        "SELECT place FROM (SELECT DISTINCT actor AS place FROM pair_day UNION SELECT DISTINCT"
        " target FROM pair_day UNION SELECT DISTINCT destination FROM current_level)"
        " WHERE place GLOB ? ORDER BY place LIMIT ?"
    )
    return [row["place"] for row in ask(conn, sql, (f"{_plain(prefix)}*", MOST))]


def sources(conn: sqlite3.Connection, prefix: str) -> list[str]:
    """Sources that were asked."""
    sql = "SELECT id FROM source WHERE id GLOB ? ORDER BY id LIMIT ?"
    return [row["id"] for row in ask(conn, sql, (f"{_plain(prefix)}*", MOST))]


def _plain(prefix: str) -> str:
    return "".join(c for c in prefix if c.isalnum() or c in "-_.")
