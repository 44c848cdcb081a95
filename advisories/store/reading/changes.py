"""Changes of advice: what really changed, with the noise counted and bulk rows summed up."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisories.store.levels import BULK
from advisories.store.reading.ask import Row, ask, marks, one

REAL = ("raised", "lowered", "regional", "unlisted", "relisted")
KINDS = ("first", "raised", "lowered", "regional", "text", "reissued", "unlisted", "relisted")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes. `since`, `seen_before`: days of seeing it; `after`: an attempt's number.

    `kinds` none: all. `pairs`: (issuer, destination) beside `issuers` and `destinations`.
    """

    since: str = ""
    seen_before: str = "~"
    after: int = 0
    issuers: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()


def changes(conn: sqlite3.Connection, wanted: Wanted) -> Iterator[Row]:
    """Rows of `rows.ChangeRow`, newest first, and the attempt that brought each."""
    where, values = _where(wanted)
    kinds = f" AND kind IN ({marks(wanted.kinds)})" if wanted.kinds else ""
    sql = (
        "SELECT ref, issuer, destination, kind, level_from, level_to, regional_from, regional_to,"
        " published, observed, title, nullif(url, '') AS url, confirmed, source, bulk, attempt"
        f" FROM level_changes WHERE {where}{kinds} ORDER BY seq DESC"
    )
    for row in ask(conn, sql, [*values, *wanted.kinds]):
        row["from"], row["to"] = row.pop("level_from"), row.pop("level_to")
        yield row | {"confirmed": bool(row["confirmed"])}


def hidden(conn: sqlite3.Connection, wanted: Wanted) -> dict[str, int]:
    """How many changes of each kind the same question leaves out."""
    where, values = _where(wanted)
    sql = f"SELECT kind, count(*) AS n FROM level_changes WHERE {where} GROUP BY kind"
    return {r["kind"]: r["n"] for r in ask(conn, sql, values) if r["kind"] not in wanted.kinds}


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    tests = ["observed >= ?", "observed < ?", "attempt > ?"]
    values: list[object] = [wanted.since, wanted.seen_before, wanted.after]
    if wanted.issuers:
        tests.append(f"issuer IN ({marks(wanted.issuers)})")
        values += wanted.issuers
    either, ends = _ends(wanted)
    if either:
        tests.append(f"({' OR '.join(either)})")
    return " AND ".join(tests), [*values, *ends]


def _ends(wanted: Wanted) -> tuple[list[str], list[object]]:
    either: list[str] = []
    values: list[object] = []
    if wanted.destinations:
        either.append(f"destination IN ({marks(wanted.destinations)})")
        values += wanted.destinations
    for issuer, destination in wanted.pairs:
        either.append("(issuer = ? AND destination = ?)")
        values += (issuer, destination)
    return either, values


def summed(rows: Iterable[Row]) -> Iterator[Row]:
    """Bulk rows of one answer and kind as one row without a destination.

    Where fewer are left of them than make a bulk, because some destinations are asked for, each
    says more than their number.
    """
    held = list(rows)
    counts = Counter((r["attempt"], r["kind"]) for r in held if r["bulk"])
    told: set[tuple[int, str]] = set()
    for row in held:
        key = (row["attempt"], row["kind"])
        if counts[key] < BULK:
            yield row
        elif key not in told:
            told.add(key)
            yield _sum(row, counts[key])


def _sum(row: Row, n: int) -> Row:
    none = dict.fromkeys(("destination", "from", "to", "regional_from", "regional_to", "url"))
    title = f"{n} destinations of {row['issuer']}: {row['kind']}, in one answer"
    return {**row, **none, "published": None, "title": title}


def latest_attempt(conn: sqlite3.Connection) -> int:
    """The number of the last attempt: a mark that a rebuild does not move."""
    row = one(conn, "SELECT coalesce(max(id), 0) AS n FROM attempt")
    return int(row["n"]) if row else 0
