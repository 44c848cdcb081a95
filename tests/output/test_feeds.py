"""Feeds: readable by others, an entry for each change, and no entry ever written anew."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from .conftest import LIVE, STORY, Ask, Told, advice, news

ABOUT = ("RU-US", "RU", "US-any", "changes", "RU-GB")
ATOM = "{http://www.w3.org/2005/Atom}"
LATER = (
    ("wire-b", "2024-12-13T06:00:00Z", [
        news("Russia expels two British diplomats over spying claims, UK says", "2024-12-01T10:00:00Z"),
        news("Russia and the United States sign a prisoner deal", "2024-11-20T10:00:00Z"),
    ]),
    ("us-list", "2024-12-14T06:00:00Z", [
        advice("RU", 3, "2024-12-13"), advice("FR", 2, "2024-12-13"), advice("UA", 4, "2024-10-01"),
        advice("GE", 2, "2024-12-13"), advice("BY", 4, "2024-12-13"),
    ]),
    ("us-list", "2024-12-15T06:00:00Z", [
        advice("RU", 4, "2024-12-14"), advice("FR", 2, "2024-12-13"), advice("UA", 4, "2024-12-14"),
        advice("GE", 2, "2024-12-13"), advice("BY", 4, "2024-12-13"),
    ]),
)  # fmt: skip


def entries(atom: str) -> dict[str, str]:
    """The bytes of each entry by its id."""
    found = re.findall(r"<entry>\n<id>(.*?)</id>.*?</entry>", atom, re.S)
    whole = re.findall(r"<entry>.*?</entry>", atom, re.S)
    assert len(set(found)) == len(found) == len(whole)
    return dict(zip(found, whole, strict=True))


def items(feed: str) -> dict[str, str]:
    """The line of each item by its id."""
    lines = [line.rstrip(",") for line in feed.splitlines() if line.startswith("  {")]
    return {json.loads(line)["id"]: line for line in lines}


@pytest.mark.parametrize("about", ABOUT)
def test_others_read_the_atom_feed(ask: Ask, about: str) -> None:
    code, out, err = ask("export", "atom", about)
    assert (code, err) == (0, "")
    ElementTree.fromstring(out)
    feed = feedparser.parse(out)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id.startswith("tag:advisories,2024:feed/")
    assert feed.entries
    for entry in feed.entries:
        assert re.fullmatch(r"tag:[a-z.]+,\d{4}:[\w./:-]+", entry.id), entry.id
        assert entry.title
        assert entry.updated_parsed
        assert entry.published_parsed
        assert entry.content[0].value
    seen = [e.updated for e in feed.entries]
    assert seen == sorted(seen, reverse=True)
    assert feed.feed.updated == seen[0]


@pytest.mark.parametrize("about", ABOUT)
def test_the_json_feed_is_of_version_1_1_and_says_the_same(ask: Ask, about: str) -> None:
    feed = json.loads(ask("export", "jsonfeed", about)[1])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [i["id"] for i in feed["items"]] == list(entries(ask("export", "atom", about)[1]))
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["date_published"])
        assert item["authors"][0]["name"] == item["_advisories"]["source"]
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert "url" not in item or item["url"].startswith("https://")


@pytest.mark.parametrize("about", ABOUT)
def test_no_entry_is_ever_rewritten(own: Told, ask: Ask, about: str) -> None:
    own.tell(*STORY[:1])
    atom: dict[str, str] = {}
    lines: dict[str, str] = {}
    for answer in (*STORY[1:], *LATER):
        own.tell(answer)
        after = entries(ask("export", "atom", about, "-n", "1000", db=own.path)[1])
        assert atom.items() <= after.items()
        again = items(ask("export", "jsonfeed", about, "-n", "1000", db=own.path)[1])
        assert lines.items() <= again.items()
        atom, lines = after, again
    assert len(atom) == len(lines) >= 3


def test_each_change_of_a_level_is_an_entry(own: Told, ask: Ask) -> None:
    own.tell(*STORY, *LATER)
    found = entries(ask("export", "atom", "RU", db=own.path)[1])
    moves = [i.split("/")[-2] for i in found if "/us-list" in i]
    assert sorted(moves) == ["first", "lowered", "raised", "raised"]


def test_what_comes_late_is_on_top(own: Told, ask: Ask) -> None:
    own.tell(*STORY, LATER[0])
    found = feedparser.parse(ask("export", "atom", "RU-US", "-n", "1", db=own.path)[1])
    assert "prisoner deal" in found.entries[0].title
    assert found.entries[0].published == "2024-11-20T10:00:00Z"


def test_hostile_words_and_links_are_text(ask: Ask, harm: Path) -> None:
    out = ask("export", "atom", "RU-US", db=harm)[1]
    root = ElementTree.fromstring(out)
    assert {e.tag.removeprefix(ATOM) for e in root.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "generator", "entry", "published", "link",
        "category", "content",
    }  # fmt: skip
    hrefs = [e.get("href", "") for e in root.iter(f"{ATOM}link")]
    assert hrefs
    assert all(re.match(r"https?://[^/\s]", h) for h in hrefs)
    assert any(LIVE in (e.text or "") for e in root.iter(f"{ATOM}title"))
    titles = [e.title for e in feedparser.parse(out, sanitize_html=False).entries]
    assert any("<script>" in title for title in titles)


def test_letters_that_xml_cannot_hold_are_dropped(own: Told, ask: Ask) -> None:
    own.tell(("wire-a", "2024-12-02T06:00:00Z", [
        news("Russia expels two British diplomats \ufffe\uffff\x0b over \U0001f600 spying",
             "2024-12-01T09:00:00Z"),
    ]))  # fmt: skip
    out = ask("export", "atom", "RU-GB", db=own.path)[1]
    assert "\U0001f600" in ElementTree.fromstring(out)[-1][1].text  # type: ignore[operator]
    assert not feedparser.parse(out).bozo


def test_an_empty_feed_is_a_feed(own: Told, ask: Ask) -> None:
    own.tell(STORY[0])
    for form in ("atom", "jsonfeed"):
        code, out, err = ask("export", form, "IL-IR", db=own.path)
        assert (code, err) == (0, "the feed of IL-IR has no entry yet\n")
        assert not entries(out)
    assert json.loads(out)["items"] == []
    assert (
        feedparser.parse(ask("export", "atom", "IL-IR", db=own.path)[1]).feed.updated == STORY[0][1]
    )


def test_an_unknown_form_or_place_is_usage(ask: Ask) -> None:
    assert ask("export", "rss")[0] == 2
    assert ask("export", "atom", "Ruritania")[0] == 2


def test_a_list_of_the_configuration_has_a_feed(ask: Ask, tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[watch]\nmine = ["RU-US", "RU-GB"]\n')
    out = ask("export", "atom", "@mine", "--config", str(config))[1]
    assert {i.split("/")[2] for i in entries(out)} >= {"RU-US", "US-RU", "RU-GB"}
