"""Plain feeds (RSS 0.9x, 1.0, 2.0, Atom): the tables of feeds.toml, and a person's own.

Ids are taken raw and compared exactly: one never becomes another because the feed moved.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from advisories.errors import ConfigError, Damaged
from advisories.model import Item, Source, SourceKind
from advisories.sources._entries import items
from advisories.sources._forgiving import forgiving
from advisories.sources._strict import Other, strict
from advisories.text import clean

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
    try:
        read = strict(body)
    except Other:
        read = forgiving(body, url)
    yield from items(read.entries, url, lang or clean(read.lang)[:2].lower())
    if read.damage:
        raise Damaged(read.damage)


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
    return {
        str: "text",
        int: "a whole number",
        list: "a list",
        dict: "a table",
        bool: "true or false",
    }[kind]


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
