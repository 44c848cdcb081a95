"""Real answers, where they are at hand: every destination and every printed level is read.

The recordings are no part of the project; they lie in a folder `shared` beside the checkout.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisories.model import Item, Source
from advisories.sources import by_id
from advisories.text import clean
from tests.sources.cases import read

RECORDED = Path(__file__).parents[2].parent / "shared" / "data" / "recorded"

pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason=f"no recordings: {RECORDED.parent.parent} is not there"
)


def items_of(source_id: str, name: str) -> list[Item]:
    source = by_id(source_id)
    assert source
    items, problem = read(source, (RECORDED / name).read_bytes(), source.url)
    assert problem == ""
    return items


def count(items: list[Item]) -> tuple[int, dict[int | None, int], dict[int, int]]:
    """(destinations, items by level, items by regional maximum)."""
    regional = Counter(i.regional_max for i in items if i.regional_max)
    return (
        len({i.destination for i in items if i.destination}),
        dict(Counter(i.level for i in items if i.destination)),
        dict(regional),
    )


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("us-state", "us/TAsTWs-2026-09-25.trimmed.xml", (14, {1: 5, 2: 6, 3: 3, 4: 3}, {})),
        ("us-state", "us/TAsTWs-2026-10-07.trimmed.xml", (5, {1: 2, 2: 2, 3: 1}, {4: 2})),
        ("us-state", "us/TravelAdvisories-2026-09-25.trimmed.json", (18, {1: 12, 2: 4, 3: 2, 4: 3}, {})),
        ("ca-gac", "ca/index-alpha-eng-2014-10-02.json", (230, {1: 107, 2: 98, 3: 13, 4: 12}, {})),
        ("ca-gac", "ca/cta-cap-ua-2026-09-24.trimmed.json", (1, {4: 1}, {})),
        ("gb-fcdo", "gb/foreign-travel-advice-index-2026-03-27.json", (229, {None: 229}, {})),
        ("gb-fcdo", "gb/foreign-travel-advice-index-2026-05-03.json", (229, {None: 229}, {})),
        ("gb-fcdo", "gb/content-item-example-index.json", (7, {None: 7}, {})),
        ("gb-fcdo", "gb/content-item-example-full-country.json", (1, {1: 1}, {})),
        ("gb-fcdo", "gb/content-item-example-no-parts.json", (1, {1: 1}, {})),
        ("de-aa", "de/travelwarning-2026-03-27.json", (199, {1: 147, 2: 26, 4: 26}, {4: 26})),
        ("de-aa", "de/travelwarning-2026-05-03.json", (199, {1: 153, 2: 27, 4: 19}, {4: 27})),
        ("nl-bz", "nl/traveladvice-RUS-2026-10.trimmed.xml", (1, {3: 1}, {4: 1})),
        ("nl-bz", "nl/traveladvice-UKR-2026-10.trimmed.xml", (1, {4: 1}, {})),
        ("au-dfat", "au/destinations-export-2026-04-10.json",
         (107, {1: 43, 2: 45, 3: 4, 4: 15}, {2: 2, 3: 10, 4: 18})),
    ],
)  # fmt: skip
def test_counts(
    source: str, name: str, expected: tuple[int, dict[int | None, int], dict[int, int]]
) -> None:
    assert count(items_of(source, name)) == expected


def test_slovak_notices() -> None:
    items = items_of("sk-mzv", "sk/datastore_search-2026-05-03.json")
    assert len({i.key for i in items}) == len(items) >= 138
    told = [i for i in items if i.level]
    assert [(i.destination, i.level, i.regional_max) for i in told] == [("NI", 2, 3)]
    assert {i.unknown for i in items if not i.destination} == {"no country given"}


def test_every_gb_child_is_a_listing_with_an_address_to_follow() -> None:
    source = by_id("gb-fcdo")
    assert isinstance(source, Source)
    assert source.follow
    body = (RECORDED / "gb/foreign-travel-advice-index-2026-05-03.json").read_bytes()
    children = json.loads(body)["links"]["children"]
    assert len(list(source.follow(body, source.url))) == len(children) == 226


def days() -> Iterator[list[dict[str, str]]]:
    with gzip.open(RECORDED / "us/rss-replay-2025-12_2026-08.jsonl.gz", "rt") as lines:
        for line in lines:
            yield json.loads(line)["items"]


def as_feed(rows: list[dict[str, str]]) -> bytes:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    items = "".join(
        f"<item><title>{escaped(r['title'])}</title><link>{escaped(r['link'])}</link>"
        f"<pubDate>{escaped(r['pubDate'])}</pubDate></item>"
        for r in rows
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_months_of_the_us_feed() -> None:
    """Each title's number is the level that is read; one title in all names no destination."""
    source = by_id("us-state")
    assert source
    unnamed: set[str] = set()
    for rows in days():
        items, problem = read(source, as_feed(rows), source.url)
        assert problem == ""
        printed = Counter(int(n) for r in rows for n in re.findall(r"Level (\d)", r["title"]))
        joint = Counter(i.title for i in items)
        seen = {(i.title, i.url, i.level) for i in items}
        assert Counter(level for _, _, level in seen if level) <= printed + printed
        assert {i.level for i in items if "Level" in i.title} <= {1, 2, 3, 4}
        assert all(joint[clean(r["title"])] for r in rows)
        unnamed |= {i.title for i in items if not i.destination}
    assert unnamed == {"See Individual Summaries - Level 4: Do Not Travel"}
