"""A small store that tells December 2024, made through the pipeline from sources that speak JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisories.__main__ import run
from advisories.api import Store, open_store
from advisories.errors import FetchError
from advisories.fetching import Unread
from advisories.model import Document, Item, Source
from advisories.pipeline.replay import replay
from advisories.store import writable
from advisories.times import from_iso

NOW = datetime(2024, 12, 20, 12, tzinfo=UTC)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Objects with the fields of an Item."""
    for row in json.loads(body):
        date = row.pop("published", None)
        key = row.get("destination") or row["title"]
        yield Item(**{"key": key, **row}, published=from_iso(date) if date else None)


def _source(id_: str, kind: str, country: str, issuer: str | None = None) -> Source:
    return Source(
        id=id_,
        name=id_,
        kind=kind,
        url=f"https://{id_}.org/list",
        lang="en",  # type: ignore[arg-type]
        country=country,
        issuer=issuer,
        parse=parse,
        whole_list=kind == "advisory",
        licence="a licence",
    )


SOURCES = {
    s.url: s
    for s in (
        _source("wire-a", "news", "GB"),
        _source("wire-b", "news", "US"),
        _source("us-list", "advisory", "US", "US"),
        _source("gb-list", "advisory", "GB", "GB"),
    )
}


def advice(destination: str, level: int | None, date: str, **more: object) -> dict[str, object]:
    words = {1: "normal", 2: "more caution", 3: "reconsider", 4: "do not travel"}
    return {
        "title": f"Advice for {destination}",
        "destination": destination,
        "level": level,
        "published": f"{date}T00:00:00Z",
        "level_text": words.get(level or 0, ""),
        "unknown": "" if level else "no level printed",
        **more,
    }


def news(title: str, at: str, **more: object) -> dict[str, object]:
    return {"title": title, "published": at, "url": "https://wire.org/story", **more}


Answer = tuple[str, str, object]


@dataclass
class Told:
    """Answers in the order of their clock, as a store."""

    path: Path

    def tell(self, *answers: Answer) -> None:
        """(source id, instant, rows); rows None: the source failed."""
        documents = [self._answer(*a) for a in answers]
        with closing(writable(self.path)) as conn:
            replay(conn, documents, lambda url: SOURCES.get(url))

    def _answer(self, source: str, at: str, rows: object) -> Document | Unread:
        url = f"https://{source}.org/list"
        if rows is None:
            return Unread(url, from_iso(at), FetchError("timeout", "timed out", url=url))
        body = json.dumps(rows).encode("utf-8", "surrogatepass")
        return Document(url, 200, body, from_iso(at))


THREAT = "Russia threatens to break off relations with the United States"
STORY: tuple[Answer, ...] = (
    (
        "us-list",
        "2024-12-01T06:00:00Z",
        [
            advice("RU", 3, "2024-11-01", reasons=("wrongful-detention",)),
            advice("FR", 1, "2024-10-01"),
            advice("UA", 4, "2024-10-01"),
            advice("GE", None, "2024-10-01"),
        ],
    ),
    (
        "gb-list",
        "2024-12-01T07:00:00Z",
        [
            advice("RU", 4, "2024-11-05"),
            advice("FR", 2, "2024-11-06", regional_max=3),
            advice("UA", 2, "2024-11-06", regional_max=4),
        ],
    ),
    (
        "wire-a",
        "2024-12-02T06:00:00Z",
        [
            news("Russia expels two British diplomats from Moscow", "2024-12-01T09:00:00Z"),
        ],
    ),
    (
        "wire-a",
        "2024-12-09T06:00:00Z",
        [
            news("United States imposes sanctions on Russia over Ukraine", "2024-12-08T10:00:00Z"),
            news("US and Russia hold talks in Geneva", "2024-12-08T12:00:00Z"),
        ],
    ),
    (
        "us-list",
        "2024-12-10T06:00:00Z",
        [
            advice("RU", 4, "2024-12-09", reasons=("wrongful-detention",)),
            advice("FR", 1, "2024-10-01"),
            advice("UA", 4, "2024-10-01"),
            advice("GE", None, "2024-10-01"),
        ],
    ),
    ("wire-a", "2024-12-11T06:00:00Z", [news(THREAT, "2024-12-11T05:00:00Z")]),
    (
        "wire-b",
        "2024-12-11T08:00:00Z",
        [
            news(f"{THREAT}, officials say", "2024-12-11T07:00:00Z"),
            news("Russian missiles strike Kyiv, killing four people", "2024-12-11T06:30:00Z"),
            news("俄罗斯威胁与美国断绝外交关系", "2024-12-11T06:40:00Z", lang="zh"),
        ],
    ),
    (
        "wire-a",
        "2024-12-12T06:00:00Z",
        [
            news(
                "[bold]Russia[/bold] accuses the United States of =cmd|' /C calc'!A0 lies",
                "2024-12-11T22:00:00Z",
                summary="A [link=https://evil.example]summary[/link] here",
            ),
            news(
                "=Russia condemns United States missile sale 東京" + " wide words" * 12,
                "2024-12-11T23:00:00Z",
            ),
            news(
                "Russia \x1b[31mwarns\x1b[0m\u202e \x9b31m the United States\nover\tmissiles \x07",
                "2024-12-11T23:30:00Z",
            ),
        ],
    ),
)


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the story; read only by all tests."""
    file = tmp_path_factory.mktemp("reading") / "story.db"
    Told(file).tell(*STORY)
    return file


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, now=NOW) as opened:
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> Told:
    """A store of a test's own."""
    return Told(tmp_path / "own.db")


Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ask:
    """Run a command on the story's store: exit code, stdout, stderr."""
    monkeypatch.setenv("ADVISORIES_NOW", "2024-12-20T12:00:00Z")
    monkeypatch.setenv("XDG_STATE_HOME", str(path.parent / "state"))

    def asked(*argv: str, db: Path | None = None) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run([*argv, "--db", str(db or path)])
        done = capfd.readouterr()
        return code, done.out, done.err

    return asked


@pytest.fixture
def rows(ask: Ask) -> Callable[..., list[dict[str, object]]]:
    """The rows of a command, by --ndjson."""

    def found(*argv: str, db: Path | None = None) -> list[dict[str, object]]:
        code, out, err = ask(*argv, "--ndjson", db=db)
        assert code == 0, err
        return [json.loads(line) for line in out.splitlines()]

    return found
