"""Feeds of every kind and fault: each case has its `input.xml` and what is read in `expected.json`."""

import json
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from advisories.errors import ParseError
from advisories.model import Document, Item
from advisories.pipeline.reading import read_all
from advisories.sources.feeds import feed
from advisories.times import iso

CASES = sorted((Path(__file__).parent / "cases").glob("*/"))
URL = "https://news.example/feeds/world.xml"
SOURCE = feed("news", {"url": URL})
DEFAULTS = {f.name: f.default for f in fields(Item) if f.default is not MISSING}


def document(body: bytes) -> Document:
    return Document(URL, 200, body, datetime(2024, 12, 12, tzinfo=UTC))


def outcome(body: bytes) -> dict[str, Any]:
    try:
        items, problem = read_all(SOURCE, document(body))
    except ParseError as error:
        return {"refused": str(error)}
    return {"items": [told(i) for i in items], **({"problem": problem} if problem else {})}


def told(item: Item) -> dict[str, Any]:
    row = {f.name: getattr(item, f.name) for f in fields(Item)}
    row["published"] = item.published and iso(item.published)
    return {k: v for k, v in row.items() if v != DEFAULTS.get(k)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_feed_is_read_as_it_was_meant(case: Path, pytestconfig: pytest.Config) -> None:
    found = outcome((case / "input.xml").read_bytes())
    golden = case / "expected.json"
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


def test_every_case_has_its_expected_items() -> None:
    assert len(CASES) >= 20
    assert [c.name for c in CASES if not (c / "expected.json").is_file()] == []
