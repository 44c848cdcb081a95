"""Two readers of feeds, and what one of them reads the other reads too, letter for letter."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import ParseError
from advisories.model import Item
from advisories.pipeline.charset import to_utf8
from advisories.sources._entries import Read, items
from advisories.sources._forgiving import forgiving
from advisories.sources._strict import Other, strict

CASES = Path(__file__).parent / "cases"
FIXTURES = Path(__file__).parents[2] / "fixtures"
URL = "https://news.example/feeds/world.xml"
NAMES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)

texts = st.sampled_from(
    ["", "A & B", "<b>Bold</b>", "The <blink> tag", "D\xe9j\xe0 &eacute;", "don\x92t", "Ã©", " 2 < 3 ",
     "Киев&nbsp;2024", "<p>One</p><p>Two</p>", "x" * 2100, "]] >", "AT&T", "\u200bword", "a\tb\nc"]
)  # fmt: skip
links = st.sampled_from(
    ["", "/a", "a b", "https://news.example/a?b=1&c=2", "//other.example/x", "javascript:x", "#1",
     "?q=1", "https:///x", "http://news.exa[mple", "story-1", "https://news.example/", "../up",
     "https://news.example/a?x=&amp;b;", "mailto:a@b.example", "https://новости.example/Ñ"]
)  # fmt: skip
dates = st.sampled_from(
    ["", "Wed, 11 Dec 2024 09:00:00 GMT", "2024-12-11T09:00:00Z", "yesterday", "11/12/2024"]
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(
    name: str, content: st.SearchStrategy[str], attrs: Iterable[str] = ("",)
) -> st.SearchStrategy[str]:
    return st.builds(
        lambda text, cdata, said: (
            f"<{name}{said}><![CDATA[{text}]]></{name}>"
            if cdata and "]]" not in text
            else f"<{name}{said}>{escaped(text)}</{name}>"
        ),
        content, st.booleans(), st.sampled_from(list(attrs)),
    )  # fmt: skip


beside = st.sampled_from(
    ['<category domain="x">World</category>', "<author>a@b.example (C)</author>",
     '<media:thumbnail url="/1.jpg"/>', "<dc:creator>Desk</dc:creator>",
     '<media:content url="/1.jpg"><media:title>Caption</media:title></media:content>',
     "<media:group><media:description>Photo</media:description></media:group>",
     "<media:description>Photo</media:description>", "<media:title>Caption</media:title>",
     '<atom:link rel="related" href="/related"/>', '<atom:link href="/atom"/>', "<!-- nothing -->",
     '<enclosure url="/1.mp3" length="1" type="audio/mpeg"/>', "<dc:subject>s</dc:subject>",
     '<source url="https://other.example/feed">Other</source>', "<dc:title>Dublin</dc:title>",
     "<comments>https://news.example/c</comments>", "<unknown>x</unknown>", "<?pi x?>"]
)  # fmt: skip
rss_parts = st.one_of(
    element("title", texts), element("link", links), element("description", texts),
    element("guid", links, ["", ' isPermaLink="false"', ' isPermaLink="true"']),
    element("pubDate", dates), element("dc:date", dates), element("content:encoded", texts), beside,
)  # fmt: skip
kinds = ("", ' type="text"', ' type="html"', ' xml:lang="fr"')
atom_links = st.builds(
    lambda href, said: f'<link href="{escaped(href)}"{said}/>', links,
    st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' type="text/html"', ' type="audio/mpeg"']),
)  # fmt: skip
atom_parts = st.one_of(
    element("title", texts, kinds), element("summary", texts, kinds), element("id", links),
    element("content", texts, kinds), element("published", dates), element("updated", dates),
    atom_links, beside.filter(lambda b: "media:description" not in b),
    st.just("<author><name>A</name><email>a@b.example</email></author>"),
)  # fmt: skip
languages = st.sampled_from(
    ["", "<language>pt_BR</language>", "<language/>", "<language>E</language>"]
)
rss_feeds = st.builds(
    lambda said, entries: (
        f'<rss version="2.0" {NAMES}><channel><title>T</title>{said}'
        + "".join(f"<item>{''.join(parts)}</item>" for parts in entries)
        + "</channel></rss>"
    ),
    languages, st.lists(st.lists(rss_parts, max_size=7), max_size=3),
)  # fmt: skip
atom_feeds = st.builds(
    lambda said, entries: (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMES}{said}><title>T</title>'
        + "".join(f"<entry>{''.join(parts)}</entry>" for parts in entries)
        + "</feed>"
    ),
    st.sampled_from(["", ' xml:lang="de_AT"', ' xml:base="https://base.example/"']),
    st.lists(st.lists(atom_parts, max_size=7), max_size=3),
)  # fmt: skip


def made(read: Read) -> tuple[list[Item], str]:
    return list(items(read.entries, URL, read.lang[:2].lower())), read.damage


def same(body: bytes) -> bool:
    """Whether the strict reader took the body; if so, both agree."""
    try:
        found = strict(body)
    except Other:
        return False
    assert made(found) == made(forgiving(body, URL))
    return True


def test_both_readers_agree_on_every_fixture() -> None:
    paths = [*CASES.glob("*/input.xml"), *FIXTURES.glob("*/*/input.xml")]
    taken = [path for path in paths if same(to_utf8(path.read_bytes(), ""))]
    assert len(taken) >= 6, taken


def test_the_plain_forms_are_read_strictly() -> None:
    rss = f"<rss {NAMES}><channel><item><title>A</title><guid>1</guid></item></channel></rss>"
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>A</title></entry></feed>"
    )
    assert same(rss.encode())
    assert same(atom.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<rss", b"<html/>", b"<rss><channel></channel>", b"<!DOCTYPE rss><rss/>",
        b"<?xml version='1.0' encoding='windows-1251'?><rss/>", b"<rdf/>", b"<rss>&nbsp;</rss>",
        b"<rss xml:base='https://x.example/'/>", b"<rss><channel><x/></channel></rss>",
        b"<rss><channel><item><title><b>A</b></title></item></channel></rss>",
        b"<rss><channel><item><title>A</title><title>B</title></item></channel></rss>",
        b"<rss><channel><item><date>2024-12-11</date></item></channel></rss>",
        b"<rss xmlns='http://purl.org/rss/1.0/'><channel/></rss>",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_other_reader(body: bytes) -> None:
    with pytest.raises(Other):
        strict(body)


@given(st.one_of(rss_feeds, atom_feeds))
def test_both_readers_agree_on_any_feed(feed: str) -> None:
    same(feed.encode())


def test_both_readers_agree_on_recorded_feeds(shared: Path) -> None:
    bodies = sorted((shared / "data" / "recorded" / "news").glob("*/*.xml"))
    if not bodies:
        pytest.skip("no recorded feeds beside the checkout")
    taken = [same(to_utf8(path.read_bytes(), "")) for path in bodies[::6]]
    assert sum(taken) * 3 > len(taken) * 2


def test_the_forgiving_reader_refuses_what_is_no_feed() -> None:
    with pytest.raises(ParseError, match="not a feed"):
        forgiving(b"<html><body>Moved</body></html>", URL)
