"""What the store keeps and tells when a server answers as badly as it can.

The server is the one of the reference data; without it these tests skip, and those of
tests/fetching, on a server of this project's own, still hold the fetch rules.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisories.fetching import Limits, fetch
from advisories.pipeline import sync
from advisories.pipeline.sync import Fetched
from advisories.sources import builtin
from advisories.sources.own import from_table
from advisories.store import writable
from tests.conftest import SHARED

READERS = {s.id: s for s in builtin()}

REFUSED = {
    "/slow": "timed out", "/slow-body": "timed out", "/drip": "timed out",
    "/drip-headers": "timed out", "/infinite": "too large", "/infinite-headers": "too large",
    "/huge-length": "too large", "/gzip-bomb?mib=64": "too large", "/huge-item": "too large",
    "/many-items": "too large", "/deflate-bomb": "unsupported encoding",
    "/br-bomb": "unsupported encoding", "/gzip-chain": "unsupported encoding",
    "/encoding-unknown": "unsupported encoding", "/gzip-cut": "ends early",
    "/gzip-crc": "damaged", "/gzip-lie": "is not", "/short-body": "not whole",
    "/cut-chunk": "not whole", "/reset-mid": "not whole", "/206": "part of the content",
    "/304": "nobody had asked", "/garbage": "not sound HTTP", "/close": "without an answer",
    "/redirect-loop": "more than 5 redirects", "/redirect-file": "only http and https",
    "/redirect-private": "not a public address", "/redirect-v6": "not a public address",
    "/redirect-decimal": "not a public address", "/redirect-hop": "not a public address",
    "/404": "404", "/410": "gone", "/500": "500", "/429": "not before", "/503-retry": "not before",
    "/html-200": "not the expected", "/html-as-rss": "not the expected",
    "/captive": "not the expected", "/json-error": "no list", "/png": "not the expected",
    "/empty": "not the expected", "/whitespace": "not the expected", "/301-html": "not the expected",
    "/other-feed": "name a country", "/xxe": "entities", "/xxe-http": "entities",
    "/billion-laughs": "entities", "/quadratic": "entities", "/deep-nest": "nested",
    "/many-attrs": "16 KiB", "/json-deep": "nested",
}  # fmt: skip
SOUND = ("/good", "/gzip", "/301", "/302", "/308", "/utf16", "/encoding-none", "/no-guid")
PARTIAL = ("/truncated", "/truncated-clean", "/junk-before", "/unescaped", "/nul-bytes",
           "/long-body", "/two-feeds")  # fmt: skip
NO_CHANGE = ("/reordered", "/churn", "/changing-guid")
STILL_TWENTY = ("/shrunk", "/emptied", "/gone", "/hijacked", "/walled", "/backwards")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not (SHARED / "hostile" / "serve.py").is_file():
        pytest.skip("no hostile server: there is no folder 'shared' beside the checkout")
    words = [sys.executable, str(SHARED / "hostile" / "serve.py"), "--lifetime", "240"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        yield port
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_log") as log:
            canary = [r for r in json.load(log) if r.get("canary")]
        process.terminate()
    assert canary == [], "an address that no source may reach was asked"


@dataclass
class Desk:
    """A store, and one source that can be pointed at any route."""

    path: Path
    port: str

    def fetch(self, route: str, key: str = "a") -> Fetched:
        address = f"127.0.0.1:{self.port}"
        url = f"http://{address}{route}{'&' if '?' in route else '?'}k={self.path.name}{key}"
        table = {"url": url, "reader": "us-state", "issuer": "US", "kind": "advisory",
                 "allow_origin": address}  # fmt: skip
        source = from_table("desk", table, "the test", READERS)
        now = datetime.now(UTC)
        with closing(writable(self.path / "a.db")) as conn:
            request = sync.request(conn, source, now, force=False, named=True)
            assert request is not None
            (outcome,) = fetch([request], clock=lambda: now, limits=Limits(seconds=1.0))
            return sync.store(conn, source, outcome, now)

    def dump(self) -> list[str]:
        """Everything but the log of attempts and the address in use."""
        with closing(writable(self.path / "a.db")) as conn:
            lines = list(conn.iterdump())
        log = ('INTO "attempt"', 'INTO "decision"', 'INTO "source"')
        return [x for x in lines if not any(word in x[:40] for word in log)]

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with closing(writable(self.path / "a.db")) as conn:
            return conn.execute(sql).fetchall()

    def current(self) -> object:
        return self.ask("SELECT count(*) FROM current_levels WHERE listed")[0][0]

    def told(self) -> list[tuple[object, ...]]:
        return self.ask(
            "SELECT kind, destination, level_from, level_to, confirmed FROM level_changes"
            " WHERE kind NOT IN ('first', 'reissued', 'text')"
        )


@pytest.fixture
def desk(server: str, tmp_path: Path) -> Desk:
    return Desk(tmp_path, server)


@pytest.mark.parametrize("route", REFUSED)
def test_a_refused_answer_changes_nothing_but_the_log(desk: Desk, route: str) -> None:
    desk.fetch("/good")
    before = desk.dump()
    result = desk.fetch(route, "b")
    assert result.state == "failed"
    assert REFUSED[route] in result.failures[0]
    assert desk.dump() == before


@pytest.mark.parametrize("route", SOUND)
def test_a_sound_answer_is_read_whole(desk: Desk, route: str) -> None:
    assert desk.fetch(route).state == "ok"
    assert desk.current() == 20


@pytest.mark.parametrize("route", PARTIAL)
def test_a_damaged_answer_gives_what_is_whole_and_removes_nothing(desk: Desk, route: str) -> None:
    desk.fetch("/good")
    for _ in range(4):
        assert desk.fetch(route, "b").state == "partial"
    assert desk.current() == 20
    assert desk.told() == []


@pytest.mark.parametrize("route", NO_CHANGE)
def test_order_ids_and_build_dates_are_no_change(desk: Desk, route: str) -> None:
    desk.fetch(route)
    desk.fetch(route)
    assert desk.current() == 20
    assert desk.told() == []


@pytest.mark.parametrize("route", STILL_TWENTY)
def test_what_is_no_longer_there_is_not_lifted(desk: Desk, route: str) -> None:
    for _ in range(3):
        result = desk.fetch(route)
    assert result.state in ("failed", "partial", "unchanged")
    assert desk.current() == 20
    assert desk.told() == []


def test_a_fall_is_told_in_numbers(desk: Desk) -> None:
    desk.fetch("/shrunk")
    assert "2 of 20 items" in desk.fetch("/shrunk").problems[0]


def test_a_rise_is_one_change(desk: Desk) -> None:
    desk.fetch("/level-up")
    desk.fetch("/level-up")
    desk.fetch("/level-up")
    assert desk.told() == [("raised", "GE", 1, 4, 0)]


def test_a_lost_level_stays_as_last_known(desk: Desk) -> None:
    desk.fetch("/level-lost")
    result = desk.fetch("/level-lost")
    level, unknown = desk.ask("SELECT level, unknown FROM current_levels WHERE destination = 'GE'")[
        0
    ]
    assert level == 1
    assert str(unknown).startswith("last known level")
    assert any(note.startswith("GE: ") for note in result.notes)
    assert desk.told() == []


def test_odd_levels_are_unknown_or_flagged_never_a_guess(desk: Desk) -> None:
    result = desk.fetch("/levels")
    notes = " | ".join(result.notes)
    assert "contradictory" in notes
    assert "Congo" in notes
    levels = [x for (x,) in desk.ask("SELECT level FROM current_levels WHERE level IS NOT NULL")]
    assert all(isinstance(x, int) and 1 <= x <= 4 for x in levels)


def test_conditional_requests_and_a_304(desk: Desk) -> None:
    desk.fetch("/good")
    before = desk.dump()
    assert desk.fetch("/good").state == "unchanged"
    assert desk.dump() == before


def test_a_wait_that_was_asked_for_is_kept(desk: Desk) -> None:
    assert desk.fetch("/429").state == "failed"
    again = desk.fetch("/429")
    assert (again.state, again.failures) == ("postponed", [])
    assert again.not_before is not None


def test_impossible_dates_are_unknown(desk: Desk) -> None:
    desk.fetch("/bad-dates")
    assert desk.ask("SELECT DISTINCT published FROM current_levels") == [(None,)]


def test_one_instant_in_many_spellings(desk: Desk) -> None:
    desk.fetch("/tz-dates")
    rows = desk.ask("SELECT published, count(*) FROM current_levels GROUP BY 1 ORDER BY 2 DESC")
    assert rows[0][0] is not None
    assert int(str(rows[0][1])) >= 7


def test_stored_text_is_clean_and_the_bytes_are_kept(desk: Desk) -> None:
    import re

    desk.fetch("/ansi")
    desk.fetch("/nul-bytes", "b")
    unsafe = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")
    for title, summary in desk.ask("SELECT title, summary FROM observations"):
        assert not unsafe.search(f"{title}{summary}")
    assert desk.ask("SELECT count(*) FROM payload") != [(0,)]
