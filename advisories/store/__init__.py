"""The store: SQLite, three tables of truth, all else derived. The only package that speaks SQL.

Reading opens with plain sqlite3, read-only; writing is one transaction a source's fetch.
"""

from advisories.store.opening import copy_to, read_only, remake_derived, transaction, writable

__all__ = ["copy_to", "read_only", "remake_derived", "transaction", "writable"]
