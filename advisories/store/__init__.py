"""The store: SQLite, three tables of truth, all else derived. The only package that speaks SQL.

Reading opens with plain sqlite3, read-only; writing is one transaction a source's fetch.
"""

from sqlite3 import Connection

from advisories.store.opening import (
    closed_file,
    copy_to,
    read_only,
    remake_derived,
    savepoint,
    transaction,
    writable,
)

__all__ = [
    "Connection",
    "closed_file",
    "copy_to",
    "read_only",
    "remake_derived",
    "savepoint",
    "transaction",
    "writable",
]
