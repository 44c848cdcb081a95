"""Opening a store: for reading (never writes, never creates) and for writing (one writer).

A store of a newer version, another program's database, and a damaged file are refused and left as
they are. An older store is copied aside, then migrated in one transaction.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from advisories.errors import StoreError

APPLICATION_ID = 0x41445653  # "ADVS"
HINT = "run `advisories fetch`, or look at the bundled data with --demo"
PATIENCE = 60
"""Seconds that one writer waits for another."""


def sql(name: str) -> str:
    """The text of schema.sql (truth) or derived.sql (all else)."""
    from importlib.resources import files

    return files("advisories.store").joinpath(f"{name}.sql").read_text(encoding="utf-8")


# Order is important. Add new migrations at the end; the schema's version is their number.
# A change to derived.sql needs only `_remake_derived`; a change to the truth needs its own step.
Migration = Callable[[sqlite3.Connection], None]


def _first(conn: sqlite3.Connection) -> None:
    _run(conn, sql("schema"))
    _run(conn, sql("derived"))


MIGRATIONS: tuple[Migration, ...] = (_first,)
VERSION = len(MIGRATIONS)


def _run(conn: sqlite3.Connection, script: str) -> None:
    """Each statement in the open transaction (executescript would commit it)."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            conn.execute(statement)
            statement = ""


def derived_tables(conn: sqlite3.Connection) -> list[str]:
    """Names of the derived tables, as derived.sql makes them."""
    truth = {"payload", "attempt", "decision"}
    rows = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return [n for (n,) in rows if n not in truth and not n.startswith(("sqlite_", "search_"))]


def remake_derived(conn: sqlite3.Connection) -> None:
    """Drop every derived table and view and make them again, empty, in the open transaction."""
    views = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    for (view,) in views:
        conn.execute(f'DROP VIEW "{view}"')
    order = {"change": 0, "current_level": 1, "event": 2, "observation": 3}
    for table in sorted(derived_tables(conn), key=lambda t: order.get(t, 4 if t != "item" else 5)):
        conn.execute(f'DROP TABLE "{table}"')
    _run(conn, sql("derived"))


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; makes no file.

    Raises:
        StoreError: no such store, not ours, newer than we know, or damaged.
    """
    if not path.is_file():
        raise StoreError(f"no store at {path}; {HINT}")
    conn = _open_ro(path)
    try:
        _check(conn, path)
    except BaseException:
        conn.close()
        raise
    return conn


def _open_ro(path: Path) -> sqlite3.Connection:
    """Read-only; where even the WAL's shared file cannot be made (a read-only place), immutable."""
    uri = f"file:{_quoted(path)}?mode=ro"
    try:
        conn = sqlite3.connect(uri, uri=True)
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return conn
    except sqlite3.DatabaseError as error:
        if os.access(path.parent, os.W_OK) and os.access(path, os.W_OK):
            return _recovered(path, uri, error)
    try:
        conn = sqlite3.connect(uri + "&immutable=1", uri=True)
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return conn
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from None


def _recovered(path: Path, uri: str, error: sqlite3.DatabaseError) -> sqlite3.Connection:
    """After a kill in the middle of making the file: let SQLite roll that back, then read.

    A reader cannot undo what a killed writer left in a journal; whoever may write can.
    """
    if not path.with_name(f"{path.name}-journal").exists():
        raise _unusable(path, error) from None
    try:
        with closing(sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True)) as writer:
            writer.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        conn = sqlite3.connect(uri, uri=True)
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return conn
    except sqlite3.DatabaseError as still:
        raise _unusable(path, still) from None


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _check(conn: sqlite3.Connection, path: Path) -> int:
    """The store's version, after refusing what is not ours or newer."""
    try:
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        (version,) = conn.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from None
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is not a store of this program; it was left untouched")
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer version (schema {version}, this one knows {VERSION}); "
            "update advisories; it was left untouched"
        )
    return int(version)


def _unusable(path: Path, error: sqlite3.Error) -> StoreError:
    text = str(error)
    if "not a database" in text:
        return StoreError(f"{path} is not a store (not a database); it was left untouched")
    if "malformed" in text or "disk image" in text or "corrupt" in text:
        return damaged(path)
    return StoreError(f"cannot open the store {path}: {text}")


def damaged(path: Path) -> StoreError:
    """The way out of a damaged store."""
    return StoreError(
        f"the store {path} is damaged; restore a copy, or move it away and replay your recordings; "
        "nothing was written"
    )


def writable(path: Path) -> sqlite3.Connection:
    """A connection for the one writer: WAL, synchronous FULL, foreign keys; makes or migrates.

    Raises:
        StoreError: as `read_only`, or the place cannot be written.
    """
    if not _blank(path):
        _before_writing(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        conn.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        _keep_a_log(conn)
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute("PRAGMA foreign_keys = ON")
        _migrate(conn, path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"cannot write the store {path}: {error}") from None
    return conn


def _keep_a_log(conn: sqlite3.Connection) -> None:
    """Write ahead (WAL). Where two make the store at once SQLite refuses one of them without a wait."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)


def _blank(path: Path) -> bool:
    """Nothing there, or a database without a single table: another fetch is making it just now."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    conn = None
    try:
        conn = sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=60)
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        (tables,) = conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        return False
    finally:
        if conn is not None:
            conn.close()
    return bool(application == 0 and tables == 0)


def _before_writing(path: Path) -> None:
    """Refuse before the first write: another's, newer, read-only or damaged file."""
    conn = read_only(path)
    try:
        answer = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        raise damaged(path) from None
    finally:
        conn.close()
    if answer != "ok":
        raise damaged(path)
    if not os.access(path, os.W_OK):
        raise StoreError(f"cannot write the store {path}: permission denied")


def _migrate(conn: sqlite3.Connection, path: Path) -> None:
    with transaction(conn):
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            return
        if version:
            import shutil

            shutil.copy2(path, path.with_name(f"{path.name}.v{version}.bak"))
        for step in MIGRATIONS[version:]:
            step(conn)
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One immediate transaction: all or nothing.

    Raises:
        StoreError: the disk is full or the file cannot be written; nothing was stored.
    """
    try:
        conn.execute("BEGIN IMMEDIATE")
        yield conn
        conn.execute("COMMIT")
    except BaseException as error:
        if conn.in_transaction:  # on a full disk SQLite has ended it itself
            conn.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            text = f"the store could not be written ({error}); nothing of this step was kept"
            raise StoreError(text) from None
        raise


def copy_to(path: Path, target: Path) -> None:
    """A consistent copy of a store, with what its WAL holds."""
    source = read_only(path)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


@contextmanager
def savepoint(conn: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that can fail alone."""
    conn.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK TO part")
            conn.execute("RELEASE part")
        raise
    conn.execute("RELEASE part")


def closed_file(conn: sqlite3.Connection) -> None:
    """Leave the store as one file without a WAL beside it, for a store that is only read."""
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.execute("PRAGMA journal_mode = DELETE")
