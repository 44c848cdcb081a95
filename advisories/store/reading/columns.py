"""The views' columns for the documents, read from a store that is made for it."""

import sqlite3

from advisories.store.opening import sql

VIEWS = ("timeline", "observations", "level_changes", "current_levels", "pair_days", "source_state")


def columns() -> dict[str, list[str]]:
    """{view: its columns} of the schema that this version writes."""
    conn = sqlite3.connect(":memory:")
    try:
        conn.executescript(sql("schema") + sql("derived"))
        return {
            view: [c[0] for c in conn.execute(f"SELECT * FROM {view}").description]
            for view in VIEWS
        }
    finally:
        conn.close()


def tables() -> str:
    """One line a view, in Markdown."""
    return "\n".join(f"- `{view}`: {', '.join(names)}" for view, names in columns().items())
