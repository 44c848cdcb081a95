"""Plain feeds (RSS 0.9x, 1.0, 2.0, Atom): the tables of feeds.toml, and a person's own.

The only importer of feedparser, which is given bytes and never a URL to fetch. Ids are taken raw
and compared exactly: one never becomes another because the feed moved.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from advisories.errors import ConfigError, Damaged, ParseError
from advisories.model import Item, Source, SourceKind
from advisories.text import clean, plain
from advisories.times import parse_date

SUMMARY = 2000
_CLOSED = re.compile(rb"</\s*(?:rss|feed|rdf:RDF|RDF)\s*>\s*(?:<!--.*?-->\s*)*$", re.S)
_FIELDS = {
    "name": str, "url": str, "kind": str, "issuer": str, "lang": str, "country": str, "reader": str,
    "allow_origin": str, "ca_file": str, "outlet": str, "tier": int, "sets": list, "status": str,
    "status_date": str, "status_note": str, "headers": dict, "hours": int, "licence": str,
    "attribution": str, "key_env": str, "floor": int, "whole_list": bool,
}  # fmt: skip
KINDS = ("advisory", "official", "news")


def parse(body: bytes, url: str, *, lang: str = "") -> Iterator[Item]:
    """The entries of a feed.

    Raises:
        ParseError: no feed at all.
        Damaged: broken or cut short; what was whole has been yielded (the last entry before a cut
            has not).
    """
    feed = _parsed(body, url)
    if not feed.version and not feed.entries:
        raise ParseError(_what_instead(body))
    cut = not _CLOSED.search(_bytes_tail(body))
    entries = feed.entries[:-1] if cut else feed.entries
    language = clean(str(feed.feed.get("language", "")))[:2].lower() or lang
    for entry in entries:
        yield _item(entry, lang or language)
    if cut:
        raise Damaged("the feed ends in the middle")
    if feed.bozo and _is_damage(feed):
        raise Damaged(f"not well-formed XML: {clean(str(feed.bozo_exception))[:120]}")


def _bytes_tail(body: bytes) -> bytes:
    tail = body[-4000:]
    return tail.replace(b"\x00", b"") if b"\x00" in tail else tail


@cache
def _feedparser() -> Any:
    import feedparser
    from feedparser import mixin

    # feedparser resolves ids against the feed's address, so that one feed asked at two addresses
    # would be two sets of items. Its own switch for relative addresses does not cover ids.
    mixin._FeedParserMixin.can_be_relative_uri.discard("id")
    return feedparser


def _parsed(body: bytes, url: str) -> Any:
    base = url if re.match(r"(?i)https?://", url) else ""
    try:
        return _feedparser().parse(
            BytesIO(body),  # bare bytes would be tried as the name of a local file first
            response_headers={"content-location": base, "content-type": ""},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, TypeError, AttributeError, KeyError, LookupError, AssertionError) as error:
        raise ParseError(f"unreadable feed: {clean(str(error))[:120]}") from None


def _is_damage(feed: Any) -> bool:
    harmless = ("CharacterEncodingOverride", "NonXMLContentType")
    return type(feed.bozo_exception).__name__ not in harmless


def _what_instead(body: bytes) -> str:
    start = body[:2000].lstrip().lower()
    if not start:
        return "not a feed: the body is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "not a feed: an HTML page"
    if start[:1] in (b"{", b"["):
        return "not a feed: JSON"
    return "not a feed"


def _item(entry: Mapping[str, Any], lang: str) -> Item:
    title = plain(_text(entry, "title"))
    link = _text(entry, "link").strip()
    stamp = _text(entry, "published") or _text(entry, "updated")
    published = parse_date(plain(stamp)) if stamp else None
    raw_id = _text(entry, "id").strip()
    return Item(
        key=raw_id or canonical(link) or f"{title}|{stamp}",
        title=title or plain(_text(entry, "summary"))[:120],
        url=link,
        summary=_summary(entry, title),
        published=published,
        lang=clean(_text(entry, "language"))[:2].lower() or lang,
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _summary(entry: Mapping[str, Any], title: str) -> str:
    summary = plain(_text(entry, "summary"))[:SUMMARY]
    if not summary:
        contents = entry.get("content") or []
        summary = plain(str(contents[0].get("value", "")))[:SUMMARY] if contents else ""
    return "" if summary == title else summary


def canonical(link: str) -> str:
    """A link without what only tells where it was clicked (utm_ and the like), and no fragment."""
    bare = link.partition("#")[0]
    path, _, query = bare.partition("?")
    kept = [p for p in query.split("&") if p and not re.match(r"(?i)utm_|at_|ref=|cmp=|rss", p)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def feed(source_id: str, table: Mapping[str, Any]) -> Source:
    """A plain feed's Source; `table` has been checked."""
    fields = {k: v for k, v in table.items() if k not in ("sets",)}
    lang = str(table.get("lang", ""))
    defaults: dict[str, Any] = {"name": source_id, "kind": "news", "lang": lang, "country": ""}
    return Source(
        id=source_id,
        parse=partial(parse, lang=lang),
        sets=tuple(table.get("sets", ())),
        prose=table.get("kind") == "official" and bool(table.get("issuer")),
        **{**defaults, **fields},
    )


def check(source_id: str, table: Mapping[str, Any], where: str) -> None:
    """Refuse a source table that is broken.

    Raises:
        ConfigError: names the file, the table and the key.
    """
    at = f"{where}: [feeds.{source_id}]"
    for key, value in table.items():
        if key not in _FIELDS:
            raise ConfigError(f"{at}: unknown key {key!r}; known: {', '.join(sorted(_FIELDS))}")
        kind = _FIELDS[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ConfigError(f"{at}: {key} must be {_kind_name(kind)}")
    if not re.fullmatch(r"(?i)https?://[^\s/]+.*", str(table.get("url", ""))):
        raise ConfigError(f"{at}: url must be an http or https address")
    if table.get("kind", "news") not in KINDS:
        raise ConfigError(f"{at}: kind must be one of {', '.join(KINDS)}")
    _check_names(source_id, table, at)


def _check_names(source_id: str, table: Mapping[str, Any], at: str) -> None:
    from advisories.places import is_code

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", source_id):
        raise ConfigError(f"{at}: a source's name is letters, digits, '-', '_' and '.'")
    issuer = table.get("issuer", "")
    if issuer and not is_code(str(issuer)):
        raise ConfigError(f"{at}: issuer must be a code such as RU")


def _kind_name(kind: type) -> str:
    return {str: "text", int: "a whole number", list: "a list", dict: "a table", bool: "true or false"}[kind]


@cache
def bundled() -> tuple[Source, ...]:
    """The feeds of feeds.toml, in its order."""
    text = files("advisories.sources").joinpath("feeds.toml").read_text(encoding="utf-8")
    return tuple(feed(name, table) for name, table in tomllib.loads(text).items())


def read_file(path: Path) -> dict[str, Mapping[str, Any]]:
    """The [feeds.NAME] tables of a person's source file.

    Raises:
        ConfigError: unreadable, broken, or without such tables.
    """
    from advisories.config import read_toml

    tables = read_toml(path).get("feeds")
    if not isinstance(tables, dict) or not tables:
        raise ConfigError(f"{path}: holds no [feeds.NAME] table")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: feeds.{name} must be a table")
        check(name, table, str(path))
    return cast(dict[str, Mapping[str, Any]], tables)


def kind_of(table: Mapping[str, Any]) -> SourceKind:
    """The kind that a source table asks for."""
    return cast(SourceKind, table.get("kind", "news"))
