"""A store in a temporary folder, and a source that speaks JSON, to say what comes by hand."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from advisories.errors import ParseError
from advisories.model import Document, Item, Source
from advisories.pipeline.replay import Replayed, replay
from advisories.store import writable
from advisories.times import from_iso


def parse(body: bytes, url: str) -> Iterator[Item]:
    """Rows [destination, level, date, text?, regional?] as an advisory list."""
    try:
        rows = json.loads(body)
    except ValueError:
        raise ParseError("not JSON") from None
    for destination, level, date, *rest in rows:
        yield Item(
            key=destination, title=f"Advice for {destination}", destination=destination,
            level=level, published=from_iso(date) if date else None,
            summary=rest[0] if rest else "", regional_max=rest[1] if rest[1:] else None,
            unknown="" if level else "no level printed",
        )  # fmt: skip


LIST = Source(
    id="list", name="A list", kind="advisory", url="https://example.org/list", lang="en",
    country="GB", issuer="GB", parse=parse, whole_list=True,
)  # fmt: skip

Tell = Callable[..., Replayed]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    conn = writable(tmp_path / "a.db")
    yield conn
    conn.close()


@pytest.fixture
def tell(store: sqlite3.Connection) -> Tell:
    """tell("2026-01-10T00:00:00Z", [["BY", 4, "2026-01-01T00:00:00Z"]]): one answer of the list."""

    def one(at: str, rows: object, source: Source = LIST) -> Replayed:
        body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
        document = Document(source.url, 200, body, from_iso(at))
        return replay(store, [document], lambda url: source if url == source.url else None)

    return one


@pytest.fixture
def changes(store: sqlite3.Connection) -> Callable[[], list[tuple[object, ...]]]:
    def rows() -> list[tuple[object, ...]]:
        return store.execute(
            "SELECT destination, kind, level_from, level_to, confirmed FROM level_changes"
            " WHERE kind != 'first' ORDER BY seq"
        ).fetchall()

    return rows


def at(day: int, hour: int = 0) -> str:
    return datetime(2026, 1, day, hour).strftime("%Y-%m-%dT%H:%M:%SZ")
