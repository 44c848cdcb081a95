"""The story that started it, whole: from a server through fetch, store and coding to the screen."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

TABLES = """
[feeds.ministry]
url = "http://127.0.0.1:{port}/ministry.xml"
reader = "ru-mfa"
kind = "advisory"
issuer = "RU"
allow_origin = "127.0.0.1:{port}"

[feeds.state]
url = "http://127.0.0.1:{port}/advisories.xml"
reader = "us-state"
kind = "advisory"
issuer = "US"
allow_origin = "127.0.0.1:{port}"

[feeds.news]
url = "http://127.0.0.1:{port}/news.xml"
kind = "news"
lang = "en"
country = "GB"
allow_origin = "127.0.0.1:{port}"
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("seed")
    handler = partial(Quiet, directory=str(ROOT / "fixtures" / "seed-story"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    own = folder / "own.toml"
    own.write_text(TABLES.format(port=server.server_address[1]))
    db = folder / "a.db"
    done = run(db, "fetch", "--sources", str(own))
    assert done.returncode == 0, done.stderr
    yield db
    server.shutdown()
    server.server_close()


def run(db: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    import os

    told = {"ADVISORIES_NOW": "2024-12-12T12:00:00Z", "COLUMNS": "80", **env}
    return subprocess.run(
        [sys.executable, "-m", "advisories", "--db", str(db), *words],
        capture_output=True, text=True, env={**os.environ, **told}, check=False,
    )  # fmt: skip


def events(db: Path, pair: str) -> list[dict[str, Any]]:
    done = run(db, "show", pair, "--ndjson", "--all")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("destination", ["US", "CA", "EU"])
def test_one_statement_advises_against_three_destinations(store: Path, destination: str) -> None:
    found = [
        e for e in events(store, f"RU-{destination}")
        if e["source"] == "ministry" and e["act"] == "ADVISE.warn"
    ]  # fmt: skip
    assert [(e["actor"], e["target"], e["severity"]) for e in found] == [("RU", destination, 3)]
    assert found[0]["date"] == "2024-12-11T12:10:00Z"


def test_it_is_a_standing_level_of_three(store: Path) -> None:
    rows = json.loads(run(store, "levels", "--issuer", "RU", "--json").stdout)
    assert {(r["destination"], r["level"]) for r in rows} >= {("US", 3), ("CA", 3), ("EU", 3)}


def test_the_talk_of_rupture_is_russias_toward_the_us(store: Path) -> None:
    found = [e for e in events(store, "RU-US") if "rupture" in e["title"]]
    assert any((e["actor"], e["target"]) == ("RU", "US") and e["severity"] >= 2 for e in found)


def test_the_strike_is_ukraines_on_russia(store: Path) -> None:
    found = [e for e in events(store, "UA-RU") if "air base" in e["title"]]
    assert ("UA", "RU", 4) in {(e["actor"], e["target"], e["severity"]) for e in found}


def test_the_call_for_a_ceasefire_is_no_hostility(store: Path) -> None:
    found = [
        e for pair in ("US-RU", "US-UA") for e in events(store, pair) if "ceasefire" in e["title"]
    ]
    assert found
    assert all(e["actor"] == "US" and e["severity"] <= 1 for e in found)


def test_the_weather_is_nothing(store: Path) -> None:
    done = run(store, "search", "snow", "--json")
    assert len(json.loads(done.stdout)) == 1
    assert not [e for e in events(store, "CH") if "snow" in e["title"]]


def test_the_screen_shows_it_with_the_standing_levels_in_the_header(store: Path) -> None:
    screen = run(store, "show", "RU-US", FORCE_COLOR="1").stdout
    head = screen[:700]
    assert "US→RU" in head
    assert "4" in head
    assert "RU→US" in screen
    assert "2024-12-11" in screen
    assert "!!" in screen
    assert "ministry" in screen
