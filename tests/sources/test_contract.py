"""What every issuer's module promises; a new one needs a fixture and no test of its own.

`pytest tests/sources --update-golden` writes expected.json anew: read the difference before you
commit it.
"""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisories import places
from advisories.errors import ParseError
from advisories.model import Item, Source
from advisories.sources import builtin, by_id, for_url
from advisories.sources._scale import step
from tests.sources.cases import FIXTURES, body_of, case_id, cases, golden, outcome, read, url_of

ISSUERS = builtin()
CASES = cases()
each_source = pytest.mark.parametrize("source", ISSUERS, ids=lambda s: s.id)
each_case = pytest.mark.parametrize("case", CASES, ids=case_id)


def test_thirty_issuers_or_more_with_ids_of_their_own() -> None:
    assert len({s.issuer for s in ISSUERS}) >= 30
    assert len({s.id for s in ISSUERS}) == len(ISSUERS)
    assert len({s.url for s in ISSUERS}) == len(ISSUERS)


@each_source
def test_describes_itself(source: Source) -> None:
    assert re.fullmatch(r"[a-z]{2}-[a-z]+(-[a-z]{2})?", source.id)
    assert source.kind == "advisory"
    assert source.issuer == source.country
    assert places.is_code(source.issuer or "")
    assert source.id.startswith((source.issuer or "").lower())
    assert all(u.startswith("https://") for u in (source.url, *source.alternates, *source.pages))
    assert source.attribution
    assert 1 <= source.hours <= 48
    assert source.status in ("ok", "unproven", "blocked", "retired")
    assert re.fullmatch(r"20\d\d-\d\d", source.status_date), "when its form was last known"
    assert source.status == "ok" or source.status_note, "what is not proven, or why it is blocked"


@each_source
def test_has_a_scale_with_reasons(source: Source) -> None:
    levels = [s.level for s in source.scale]
    assert levels == sorted(levels)
    assert set(levels) <= {1, 2, 3, 4}
    assert all(s.words and s.why for s in source.scale)


@each_source
def test_knows_three_facts_where_it_prints_levels(source: Source) -> None:
    assert len(source.facts) in (0, 3)
    assert all(places.is_code(code) and 1 <= level <= 4 for code, level in source.facts)


@each_source
def test_is_found_by_its_id_and_its_addresses(source: Source) -> None:
    assert by_id(source.id) is source
    for url in (source.url, *source.alternates):
        assert for_url(url) is source
        assert for_url(url.replace("https://", "http://") + "#stamp") is source


@each_source
def test_has_a_fixture(source: Source) -> None:
    assert any(case for s, case in CASES if s is source), f"write fixtures/{source.id}/<case>/"


def test_no_fixture_without_a_source() -> None:
    known = {s.id for s in ISSUERS} | {"demo"}
    issuers = {p.name for p in FIXTURES.iterdir() if re.match(r"[a-z]{2}-", p.name)}
    assert issuers <= known


@each_case
def test_reads_its_fixture_as_expected(
    case: tuple[Source, Path], pytestconfig: pytest.Config
) -> None:
    source, folder = case
    found = outcome(source, folder)
    if pytestconfig.getoption("--update-golden"):
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        (folder / "expected.json").write_text(text, "utf-8")
    assert found == golden(folder)


@each_case
def test_reads_the_same_twice(case: tuple[Source, Path]) -> None:
    source, folder = case
    body, url = body_of(folder), url_of(source, folder)
    assert read(source, body, url) == read(source, body, url)


def sound(item: Item) -> None:
    assert item.level in (None, 1, 2, 3, 4)
    assert item.regional_max in (None, 1, 2, 3, 4)
    assert item.destination is None or places.is_code(item.destination)
    assert item.key == item.key.strip() != ""
    assert item.destination is None or not item.level or item.regional_max != item.level


@each_case
def test_items_are_sound(case: tuple[Source, Path]) -> None:
    source, folder = case
    items, _ = read(source, body_of(folder), url_of(source, folder))
    for item in items:
        sound(item)
        if item.listing or source.prose:
            continue
        assert item.key.partition("/")[0] == (item.destination or item.key.partition("/")[0])
        assert item.destination or item.unknown, f"{item.title}: no destination and no reason"
        assert item.level or item.unknown, f"{item.title}: no level and no reason"


@each_case
def test_levels_are_those_of_its_scale(case: tuple[Source, Path]) -> None:
    """A level's words are a step's, and the level is that step's (2 where parts are warned of)."""
    source, folder = case
    for item in read(source, body_of(folder), url_of(source, folder))[0]:
        words = [step(source.scale, w) for w in (item.level_text, *item.level_text.split(","))]
        levels = {s.level for s in words if s}
        if item.level and "from-text" not in item.flags:
            assert item.level in levels | ({2} if item.regional_max else set()), item


@each_case
def test_what_it_follows_is_its_own(case: tuple[Source, Path]) -> None:
    source, folder = case
    for url in golden(folder).get("follow", ()):
        assert for_url(url) is source


@pytest.mark.parametrize("source", [s for s in ISSUERS if s.follow], ids=lambda s: s.id)
def test_follows_from_a_fixture(source: Source) -> None:
    assert any(golden(folder).get("follow") for s, folder in CASES if s is source)


WALLS = {
    "an empty body": b"",
    "blanks": b" \r\n" * 20,
    "a bot wall": b"<!DOCTYPE html><html><title>Just a moment...</title><body>Checking</body></html>",
    "a JSON error": b'{"error":"maintenance"}',
    "an empty list": b"[]",
    "an empty object": b"{}",
    "an empty feed": b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(300),
    "a DTD": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>'
    b"<title>&x; - Level 4: Do Not Travel</title></item></channel></rss>",
    "deep JSON": b"[" * 200_000 + b"]" * 200_000,
    "deep XML": b"<rss><channel><item>"
    + b"<b>" * 9_000
    + b"</b>" * 9_000
    + b"</item></channel></rss>",
    "deep HTML": b"<html><body>" + b"<div>" * 20_000 + b"x</body></html>",
}


@each_source
@pytest.mark.parametrize("wall", WALLS, ids=str)
def test_refuses_what_is_not_its_form(source: Source, wall: str) -> None:
    with pytest.raises(ParseError):
        list(source.parse(WALLS[wall], source.url))


@each_case
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_cut_body_loses_items_and_invents_nothing(
    case: tuple[Source, Path], data: st.DataObject
) -> None:
    source, folder = case
    body, url = body_of(folder), url_of(source, folder)
    whole, _ = read(source, body, url)
    cut = body[: data.draw(st.integers(0, max(0, len(body.rstrip()) - 1)))]
    items, problem = read(source, cut, url)
    listed = {(i.key, i.level) for i in whole}
    grouped = source.id in ("tw-boca", "kr-mofa", "hk-sb")  # a country's rows may lose one
    page = body.lstrip()[:1] == b"<" and b"<rss" not in body[:500] and b"<?xml" not in body[:20]
    if not grouped and not page:
        assert {(i.key, i.level) for i in items} <= listed
    assert problem or page or len(items) == len(whole)


@each_case
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_spoilt_body_gives_sound_items_or_a_parse_error(
    case: tuple[Source, Path], data: st.DataObject
) -> None:
    source, folder = case
    body, url = body_of(folder), url_of(source, folder)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        gone = data.draw(st.integers(0, 40))
        body = body[:at] + data.draw(st.binary(max_size=12)) + body[at + gone :]
    for item in read(source, body, url)[0]:
        sound(item)


def spoilt(value: object, data: st.DataObject) -> object:
    """A JSON value in which one thing is of another type."""
    odd = st.sampled_from([None, True, [], {}, "", "x", 0, -1, 9, 3.5, 1e300, "99999999999"])
    if isinstance(value, dict) and value and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(value)))
        return value | {key: spoilt(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 3)):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], spoilt(value[at], data), *value[at + 1 :]]
    return data.draw(odd)


@pytest.mark.parametrize("case", [c for c in CASES if list(c[1].glob("input.json"))], ids=case_id)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_wrong_types_are_no_levels(case: tuple[Source, Path], data: st.DataObject) -> None:
    source, folder = case
    body = json.dumps(spoilt(json.loads(body_of(folder)), data)).encode()
    for item in read(source, body, url_of(source, folder))[0]:
        sound(item)
    if source.follow:
        with suppress(ParseError):
            assert all(isinstance(u, str) for u in source.follow(body, source.url))
