"""Two ways in which one destination has more than one entry: its parts, and the page behind it."""

import json
import sqlite3
from datetime import datetime

from advisories.model import Document, Item
from advisories.pipeline.parts import together
from advisories.pipeline.replay import replay
from advisories.sources import for_url
from advisories.times import from_iso

INDEX = "https://www.auswaertiges-amt.de/opendata/travelwarning"


def german(day: int, edited: int, content: str = "", **flags: bool) -> Document:
    row: dict[str, object] = {"countryName": "Türkei", "countryCode": "TR", "title": "Türkei",
                              "lastModified": 1733140800 + 86400 * edited, "warning": False}  # fmt: skip
    row |= flags | ({"content": content} if content else {})
    when: datetime = from_iso(f"2024-12-{day:02}T09:00:00Z")
    url = f"{INDEX}/11" if content else INDEX
    return Document(url, 200, json.dumps({"response": {"11": row}}).encode(), when)


def levels(store: sqlite3.Connection) -> list[tuple[object, ...]]:
    return store.execute(
        "SELECT destination, level, regional_max FROM current_levels ORDER BY 1"
    ).fetchall()


def changes(store: sqlite3.Connection) -> list[tuple[object, ...]]:
    rows = store.execute(
        "SELECT kind, level_from, level_to FROM level_changes WHERE kind NOT IN ('first', 'text')"
    )
    return rows.fetchall()


ADVISES = "<p>Von nicht notwendigen Reisen in die Türkei wird abgeraten.</p>"


def test_an_index_does_not_undo_what_a_page_says(store: sqlite3.Connection) -> None:
    replay(store, [german(1, 0), german(2, 0, ADVISES), german(3, 0), german(5, 0)], for_url)
    assert levels(store) == [("TR", 3, None)]
    assert changes(store) == [("raised", 1, 3)]


def test_an_index_that_warns_of_more_is_believed_at_once(store: sqlite3.Connection) -> None:
    replay(store, [german(1, 0, ADVISES), german(2, 1, warning=True)], for_url)
    assert levels(store) == [("TR", 4, None)]


def test_an_index_alone_tells_its_own_changes(store: sqlite3.Connection) -> None:
    replay(store, [german(1, 0, warning=True), german(2, 1, partialWarning=True)], for_url)
    assert levels(store) == [("TR", 2, 4)]
    assert changes(store) == [("lowered", 4, 2)]


def part(key: str, level: int | None, regional: int | None = None) -> Item:
    return Item(key, f"{key} {level}", destination=key[:2], level=level, regional_max=regional)


def test_parts_alone_give_their_least_and_their_worst() -> None:
    (joined,) = together([part("PS/west-bank", 3), part("PS/gaza", 4)])
    assert (joined.key, joined.level, joined.regional_max) == ("PS", 3, 4)
    assert joined.title == "PS/west-bank 3; PS/gaza 4"


def test_parts_beside_the_whole_raise_only_its_worst() -> None:
    (joined,) = together([part("PT", 1), part("PT/madeira", 2)])
    assert (joined.key, joined.level, joined.regional_max) == ("PT", 1, 2)
    (unread,) = together([part("PS", None), part("PS/gaza", 4)])
    assert (unread.level, unread.regional_max) == (None, 4)
    assert unread.unknown


def test_a_part_without_a_level_leaves_the_whole_unknown() -> None:
    (joined,) = together([part("BQ/saba", 1), part("BQ/bonaire", None)])
    assert (joined.level, joined.unknown) == (None, "only some of its parts have a level")


def test_what_has_no_parts_is_left_alone() -> None:
    items = [
        part("GE", 2),
        part("FR", 1),
        Item("?x", "x"),
        Item("notice/GE/1", "n", destination="GE"),
    ]
    assert sorted(i.key for i in together(items)) == ["?x", "FR", "GE", "notice/GE/1"]
