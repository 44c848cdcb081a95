"""Several fetches at once, readers meanwhile, and a kill at any moment."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from advisories.store import read_only

CODES = "AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO".split()


class Server(ThreadingHTTPServer):
    """The German form of twenty countries, at one address a source; each answer is another day's."""

    daemon_threads = True
    asked = 0


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked += 1
        rows = {
            str(n): {
                "lastModified": 1700000000 + self.server.asked, "effective": 1700000000,
                "title": f"{code}: Reise- und Sicherheitshinweise {self.server.asked}",
                "countryCode": code, "iso3CountryCode": "", "countryName": code,
                "warning": False, "partialWarning": False, "situationWarning": False,
                "situationPartWarning": False,
            }
            for n, code in enumerate(CODES)
        }  # fmt: skip
        body = json.dumps({"response": {"contentList": list(rows), **rows}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    tables = [
        f'[feeds.s{n}]\nurl = "http://127.0.0.1:{port}/{n}"\nreader = "de-aa"\nissuer = "DE"\n'
        f'kind = "advisory"\nallow_origin = "127.0.0.1:{port}"\n'
        for n in range(6)
    ]
    path = tmp_path / "own.toml"
    path.write_text("\n".join(tables))
    yield path
    server.shutdown()
    server.server_close()


def start(db: Path, sources: Path) -> "subprocess.Popen[bytes]":
    words = ["-m", "advisories", "--db", str(db), "fetch", "--force", "--sources", str(sources)]
    return subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def count(db: Path) -> tuple[int, int]:
    """(advisories, standing levels) of a store."""
    with closing(read_only(db)) as conn:
        (items,) = conn.execute("SELECT count(*) FROM item").fetchone()
        (levels,) = conn.execute("SELECT count(*) FROM current_level").fetchone()
    return items, levels


@pytest.mark.parametrize("at_once", [2, 8])
def test_fetches_at_once_on_a_missing_store_all_end_well(
    tmp_path: Path, sources: Path, at_once: int
) -> None:
    db = tmp_path / "a.db"
    running = [start(db, sources) for _ in range(at_once)]
    ends = [(p.communicate()[1], p.returncode) for p in running]
    assert [code for _, code in ends] == [0] * at_once, ends
    assert count(db) == (6 * len(CODES), len(CODES))


def test_reading_goes_on_while_a_fetch_holds_its_transaction(tmp_path: Path, sources: Path) -> None:
    db = tmp_path / "a.db"
    assert start(db, sources).wait() == 0
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("DELETE FROM event")
        assert count(db)[1] == len(CODES)
        conn.execute("ROLLBACK")


@pytest.mark.parametrize("delay", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
def test_a_kill_at_any_moment_leaves_whole_fetches(
    tmp_path: Path, sources: Path, delay: float
) -> None:
    db = tmp_path / "a.db"
    process = start(db, sources)
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    again = start(db, sources)
    _, said = again.communicate()
    assert again.returncode == 0, said.decode()
    with closing(read_only(db)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        each = conn.execute("SELECT source, count(*) FROM item GROUP BY source").fetchall()
        assert {n for _, n in each} == {len(CODES)}


MAKING = """
import sys
from pathlib import Path
from advisories.store import opening
print("ready", flush=True)
for name in sys.stdin:
    opening.writable(Path(name.strip())).close()
    print("made", flush=True)
"""


def test_a_store_made_by_four_at_the_same_moment_is_made(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", MAKING]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    makers = [subprocess.Popen(argv, text=True, bufsize=1, **pipes) for _ in range(4)]
    said = [maker.stdout.readline() for maker in makers if maker.stdout]
    for n in range(25):
        for maker in makers:
            assert maker.stdin
            maker.stdin.write(f"{tmp_path / str(n)}.db\n")
        said += [maker.stdout.readline() for maker in makers if maker.stdout]
    ends = [maker.communicate()[1] for maker in makers]
    assert ends == [""] * 4
    assert said == ["ready\n"] * 4 + ["made\n"] * 100
