"""Stores that cannot be read are told in one line; those that can are read whatever else goes on."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from advisories.places.pairs import Pair
from advisories.places.scope import reaches
from advisories.store import transaction, writable
from advisories.store.reading.timeline import Filters, picked_events

from .conftest import Ask

Rows = Callable[..., list[dict[str, object]]]
COMMANDS = ("show RU-US", "show RU-US --json", "levels", "changes", "pairs", "tension RU-US",
            "search russia", "status", "explain wire-a.00000000.1")  # fmt: skip


def _text(file: Path, path: Path) -> None:
    file.write_text("not a database at all, but long enough to look at" * 100)


def _image(file: Path, path: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4096))


def _empty(file: Path, path: Path) -> None:
    file.touch()


def _another(file: Path, path: Path) -> None:
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("CREATE TABLE event (actor)")
        conn.commit()


def _newer(file: Path, path: Path) -> None:
    shutil.copy(path, file)
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("PRAGMA user_version = 999")


def _cut(file: Path, path: Path) -> None:
    file.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("make", [_text, _image, _empty, _another, _newer, _cut])
@pytest.mark.parametrize("argv", COMMANDS)
def test_what_is_no_sound_store_of_ours_is_refused(
    ask: Ask, path: Path, tmp_path: Path, make: Callable[[Path, Path], None], argv: str
) -> None:
    file = tmp_path / "bad.db"
    make(file, path)
    before = file.read_bytes()
    code, _, err = ask(*argv.split(), db=file)
    if make is not _cut or code:  # half a file may still hold the pages that a question needs
        assert code in ((5, 2) if make is _cut else (5,)), err
        assert err.count("\n") == 1
    assert "Traceback" not in err
    assert file.read_bytes() == before


def test_a_page_that_is_damaged_on_the_way_is_told(ask: Ask, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.db"
    body = bytearray(path.read_bytes())
    size = int.from_bytes(body[16:18], "big")
    for page in range(2, len(body) // size):
        body[page * size : page * size + 8] = b"\xff" * 8
    file.write_bytes(body)
    for argv in COMMANDS:
        code, _, err = ask(*argv.split(), db=file)
        assert code == 5, (argv, err)
        assert err.count("\n") == 1


@pytest.mark.parametrize("argv", COMMANDS[:-1])
def test_reading_goes_on_while_a_fetch_holds_its_transaction(
    ask: Ask, path: Path, tmp_path: Path, argv: str
) -> None:
    file = tmp_path / "busy.db"
    shutil.copy(path, file)
    before = ask(*argv.split(), "--tsv", db=file)
    with closing(writable(file)) as conn, transaction(conn):
        conn.execute("DELETE FROM pair_day")
        conn.execute("UPDATE event SET severity = 4")
        assert ask(*argv.split(), "--tsv", db=file) == before


def test_a_place_alone_is_asked_of_its_own_indexes(path: Path) -> None:
    sql, values = picked_events(reaches([Pair("RU")], None, None), Filters(limit=5))
    with closing(sqlite3.connect(path)) as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert [p for p in plan if "event_actor (actor=? AND date>? AND date<?)" in p], plan
    assert [p for p in plan if "event_target (target=? AND date>? AND date<?)" in p], plan


def test_until_a_month_takes_in_the_whole_month(rows: Rows) -> None:
    whole = rows("show", "RU-US")
    assert rows("show", "RU-US", "--until", "2024-12") == whole
    assert rows("show", "RU-US", "--until", "2024") == whole
    november = rows("show", "RU-US", "--until", "2024-11")
    assert november == [r for r in whole if str(r["date"]) < "2024-12"]
