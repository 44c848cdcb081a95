"""What a body can do to its reader: nothing beyond a ParseError or Damaged; and what keys are."""

import contextlib
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import Damaged, ParseError
from advisories.model import Document, Item
from advisories.pipeline.reading import Body, read, read_all
from advisories.sources.feeds import feed, parse

URL = "https://news.example/feeds/world.xml"
SOURCE = feed("news", {"url": URL})
CASES = Path(__file__).parent / "cases"
BODIES = [p.read_bytes() for p in sorted(CASES.glob("*/input.xml"))]
FEED = b"<rss version='2.0'><channel><item><title>From a file</title></item></channel></rss>"


def document(body: bytes, url: str = URL) -> Document:
    return Document(url, 200, body, datetime(2024, 12, 12, tzinfo=UTC))


def held(body: bytes) -> Body:
    with contextlib.suppress(ParseError):
        return read(SOURCE, document(body))
    return Body(())


def test_a_body_that_is_the_name_of_a_file_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    with pytest.raises(ParseError, match="not a feed"):
        list(parse(str(tmp_path / "feed.xml").encode(), URL))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sound feed with bytes put in, left out, doubled, or cut off."""
    body = bytearray(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(body)))
        to = draw(st.integers(at, min(len(body), at + 60)))
        piece = st.one_of(
            st.binary(max_size=4), st.just(bytes(body[at:to]) * 2), st.just(b""),
            st.sampled_from([b"<", b"&", b"&#x110000;", b"&#9999999999;", b"<![CDATA[", b"]]>", b"<!--",
                             b"</item>", b"<item>", b"&nbsp;", b"\x00", b"<?", b'"', b"\xff\xfe"]),
        )  # fmt: skip
        body[at:to] = draw(piece)
    return bytes(body)


@given(st.one_of(mutated(), st.binary(max_size=300)))
def test_a_broken_body_ends_in_an_error_of_ours_or_in_items(body: bytes) -> None:
    items: list[Item] = []
    with contextlib.suppress(ParseError, Damaged):
        for item in parse(body, URL):
            items.append(item)
    assert all(isinstance(i.key, str) and i.key for i in items)


@given(mutated())
def test_no_key_stands_twice_in_what_is_kept(body: bytes) -> None:
    kept = held(body)
    assert len({i.key for i in kept.items}) == len(kept.items)
    assert all(i.url == "" or i.url.startswith(("http://", "https://")) for i in kept.items)


words = st.sampled_from(
    ["", "A", "B", "C", "https://news.example/", "https://news.example/a", "x?ref=1"]
)


@given(st.lists(st.tuples(words, words, words), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter_for_their_keys(
    entries: list[tuple[str, str, str]], chance: random.Random
) -> None:
    def keys(of: list[tuple[str, str, str]]) -> list[str]:
        made = "".join(
            f"<item><title>{title}</title><guid isPermaLink='false'>{name}</guid><link>{link}</link></item>"
            for title, name, link in of
        )
        body = f"<rss><channel>{made}</channel></rss>".encode()
        return sorted(i.key for i in read_all(SOURCE, document(body))[0])

    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert keys(shuffled) == keys(entries)


@pytest.mark.parametrize("case", ["rss-ids", "atom-ids-and-links", "atom-03", "rdf", "other-names"])
def test_the_same_feed_at_another_address_has_the_same_keys(case: str) -> None:
    body = (CASES / case / "input.xml").read_bytes()
    here, _ = read_all(SOURCE, document(body))
    there, _ = read_all(SOURCE, document(body, "https://mirror.example/rss"))
    assert [i.key for i in here] == [i.key for i in there]


@pytest.mark.parametrize(
    "piece",
    [b"<a ", b"&", b"<![CDATA[", b"<!--", b"<?", b"</", b"<item>", b"<item><title>", b"&#", b"&a;",
     b"<media:title", b"<title type='xhtml'><div>", b"<", b"]]>"],
)  # fmt: skip
def test_a_body_that_repeats_itself_is_read_in_linear_time(piece: bytes) -> None:
    steps = {size: _steps(b"<rss><channel>" + piece * size) for size in (500, 2000)}
    assert steps[2000] < 10 * steps[500] + 2000


def _steps(body: bytes) -> int:
    """Lines and calls of Python that a reading takes: the same on every machine."""
    import sys

    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        held(body)
    finally:
        sys.setprofile(None)
    return count
