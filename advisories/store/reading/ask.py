"""One way to ask: parameters only, rows as dicts, a damaged file told as such."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from advisories.errors import StoreError

Row = dict[str, Any]


def ask(conn: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
    """The rows of a query, one at a time.

    Raises:
        StoreError: the file is damaged or cannot be read.
    """
    try:
        cursor = conn.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row))  # noqa: B905 - as many as SQLite gave; a check costs a tenth
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"the store cannot be read ({error}); restore a copy, or replay your recordings"
        ) from None


def one(conn: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> Row | None:
    """The first row, or None."""
    return next(ask(conn, sql, parameters), None)


def marks(values: Sequence[object]) -> str:
    """As many question marks."""
    return ",".join("?" * len(values))
