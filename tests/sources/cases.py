"""The fixtures of the issuers: fixtures/<source>/<case>/input.* with expected.json beside it."""

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source
from advisories.sources import builtin
from advisories.times import iso

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEFAULTS = {f.name: f.default for f in fields(Item) if f.default is not MISSING}


def cases() -> list[tuple[Source, Path]]:
    return [
        (source, case)
        for source in builtin()
        for case in sorted((FIXTURES / source.id).glob("*/"))
        if case.is_dir()
    ]


def case_id(case: tuple[Source, Path]) -> str:
    return f"{case[0].id}/{case[1].name}"


def body_of(case: Path) -> bytes:
    (path,) = case.glob("input.*")
    return path.read_bytes()


def golden(case: Path) -> dict[str, Any]:
    path = case / "expected.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def url_of(source: Source, case: Path) -> str:
    return golden(case).get("url") or source.url


def read(source: Source, body: bytes, url: str) -> tuple[list[Item], str]:
    """The items, and "damaged: why" or "refused: why" if the body is not whole or not the form."""
    items: list[Item] = []
    try:
        for item in source.parse(body, url):
            items.append(item)
    except Damaged as error:
        return items, f"damaged: {error}"
    except ParseError as error:
        return items, f"refused: {error}"
    return items, ""


def told(item: Item) -> dict[str, Any]:
    """An item as expected.json has it: only what is not empty."""
    row: dict[str, Any] = {}
    for field in fields(Item):
        value = getattr(item, field.name)
        if field.name == "published" and value:
            value = iso(value)
        if value != DEFAULTS.get(field.name):
            row[field.name] = list(value) if isinstance(value, tuple) else value
    return row


def outcome(source: Source, case: Path) -> dict[str, Any]:
    """What expected.json should hold."""
    body, url = body_of(case), url_of(source, case)
    items, problem = read(source, body, url)
    found: dict[str, Any] = {"url": url, "items": [told(i) for i in items]}
    if problem:
        found["problem"] = problem
    if source.follow and not problem and url in (source.url, *source.alternates):
        found["follow"] = list(source.follow(body, url))[:5]
    return found
