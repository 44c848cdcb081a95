"""A store is opened, made, migrated or refused; what is refused is left as it was."""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from advisories.errors import StoreError
from advisories.store import opening


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = tmp_path / "a.db"
    opening.writable(store).close()
    return store


def test_reading_never_makes_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store at .*advisories fetch"):
        opening.read_only(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(path: Path) -> None:
    with closing(opening.read_only(path)) as conn, pytest.raises(sqlite3.OperationalError):
        conn.execute("DELETE FROM attempt")


def test_every_table_is_strict_and_the_store_is_marked_as_ours(path: Path) -> None:
    with closing(opening.read_only(path)) as conn:
        loose = conn.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        assert loose == []
        assert conn.execute("PRAGMA application_id").fetchone() == (opening.APPLICATION_ID,)
        assert conn.execute("PRAGMA user_version").fetchone() == (opening.VERSION,)


def test_a_writer_is_careful(path: Path) -> None:
    with closing(opening.writable(path)) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert conn.execute("PRAGMA synchronous").fetchone() == (2,)
        assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_newer_store_is_refused_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA user_version = {opening.VERSION + 1}")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = digest(path)
    for open_ in (opening.read_only, opening.writable):
        with pytest.raises(StoreError, match="newer version"):
            open_(path)
    assert digest(path) == before


@pytest.mark.parametrize("body", [b"just text\n" * 200, b"\x89PNG\r\n\x1a\n" + b"\0" * 4000])
def test_what_is_no_database_is_refused_untouched(tmp_path: Path, body: bytes) -> None:
    other = tmp_path / "other"
    other.write_bytes(body)
    for open_ in (opening.read_only, opening.writable):
        with pytest.raises(StoreError, match="untouched"):
            open_(other)
    assert other.read_bytes() == body


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE t (a)")
    before = digest(other)
    for open_ in (opening.read_only, opening.writable):
        with pytest.raises(StoreError, match="not a store of this program"):
            open_(other)
    assert digest(other) == before


def test_a_damaged_store_is_never_written_to(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[4096 * 2 : 4096 * 3] = b"\xaa" * 4096
    path.write_bytes(body)
    before = digest(path)
    with pytest.raises(StoreError, match="damaged; restore"):
        opening.writable(path)
    assert digest(path) == before


def test_a_store_cut_in_half_is_recognised(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"damaged|cannot open"):
        opening.writable(path)


def test_a_failed_transaction_leaves_nothing(path: Path) -> None:
    with closing(opening.writable(path)) as conn:
        with pytest.raises(ZeroDivisionError), opening.transaction(conn):
            conn.execute("INSERT INTO payload (sha256, size, body) VALUES ('a', 1, x'00')")
            _ = 1 / 0
        assert conn.execute("SELECT count(*) FROM payload").fetchone() == (0,)


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    with closing(opening.writable(path)) as conn:
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="could not be written"), opening.transaction(conn):
            for n in range(100):
                row = (str(n), 5000, os.urandom(5000))
                conn.execute("INSERT INTO payload (sha256, size, body) VALUES (?, ?, ?)", row)
        assert conn.execute("SELECT count(*) FROM payload").fetchone() == (0,)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_older_store_is_copied_aside_and_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(conn: sqlite3.Connection) -> None:
        conn.execute("ALTER TABLE attempt ADD COLUMN note TEXT")

    monkeypatch.setattr(opening, "MIGRATIONS", (*opening.MIGRATIONS, second))
    monkeypatch.setattr(opening, "VERSION", opening.VERSION + 1)
    with closing(opening.writable(path)) as conn:
        columns = [r[1] for r in conn.execute("PRAGMA table_info(attempt)")]
        assert "note" in columns
    assert path.with_name(f"{path.name}.v{opening.VERSION - 1}.bak").is_file()


def test_a_migration_that_fails_leaves_the_old_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(conn: sqlite3.Connection) -> None:
        conn.execute("ALTER TABLE attempt ADD COLUMN note TEXT")
        raise sqlite3.OperationalError("no more room")

    monkeypatch.setattr(opening, "MIGRATIONS", (*opening.MIGRATIONS, broken))
    monkeypatch.setattr(opening, "VERSION", opening.VERSION + 1)
    with pytest.raises(StoreError):
        opening.writable(path)
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (opening.VERSION - 1,)
        assert "note" not in [r[1] for r in conn.execute("PRAGMA table_info(attempt)")]


def test_a_level_outside_the_scale_cannot_be_stored(path: Path) -> None:
    with closing(opening.writable(path)) as conn, pytest.raises(sqlite3.IntegrityError):
        conn.execute(
            "INSERT INTO level_history VALUES ('GB','FR','2026-01-01T00:00:00Z',1,1,'x',0,NULL,'',"
            "'[]','',NULL,1)"
        )
        conn.execute("UPDATE current_level SET level = 0")
        conn.execute(
            "INSERT INTO current_level VALUES ('GB','FR',1,'x',0,NULL,'','[]','',NULL,"
            "'2026-01-01T00:00:00Z',1)"
        )


def killed_while_making(path: Path) -> None:
    """The file as a kill leaves it that comes while its first page is written: a hot journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("PRAGMA cache_spill = 1")
        conn.execute("CREATE TABLE t (a)")
        conn.execute("DROP TABLE t")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("CREATE TABLE t (a)")
        for n in range(200):
            conn.execute("INSERT INTO t VALUES (?)", (str(n) * 500,))
        body, journal = path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()
        conn.execute("ROLLBACK")
    path.write_bytes(body)
    path.with_name(f"{path.name}-journal").write_bytes(journal)


def test_a_kill_while_the_file_is_made_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    killed_while_making(path)
    opening.writable(path).close()
    with closing(opening.read_only(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("SELECT count(*) FROM attempt").fetchone() == (0,)


def test_a_read_only_place_can_be_read_and_not_written(path: Path) -> None:
    """As another user, since root may write anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "a.db"
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o444)
        copy.parent.chmod(0o555)
        assert _as_another_user(copy) == 0
        copy.parent.chmod(0o755)


def _as_another_user(path: Path) -> int:
    """0 if a process of no special rights can read the store, and is refused as its writer."""
    child = os.fork()
    if child == 0:
        code = 9
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            with closing(opening.read_only(path)) as conn:
                conn.execute("SELECT count(*) FROM attempt").fetchone()
            try:
                opening.writable(path)
            except StoreError:
                code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
