"""`sources add URL`: find out what an address is, show three items, write it into the configuration."""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from advisories.cli.context import Session
from advisories.config import default_path, read_toml
from advisories.errors import AdvisoriesError, ParseError, UsageError
from advisories.model import Document, Item, Source
from advisories.text import clean, count

SHOWN = 3


def add(session: Session, url: str, name: str | None, table: dict[str, Any]) -> list[Item]:
    """Ask the address once, find its reader, and write the table; the items it holds.

    Raises:
        UsageError: not an address, or the name is taken.
        AdvisoriesError: it cannot be had, or nobody can read it.
    """
    if not re.match(r"(?i)https?://[^\s/]+", url):
        raise UsageError(f"{url!r} is no http or https address")
    document = _ask(session, url, table)
    table = {"url": url, **table}
    reader, items = _reader(url, document, table)
    if reader:
        table["reader"] = reader.id
        table = _filled(table, reader)
    else:
        table.setdefault("lang", items[0].lang or "en")
    source_id = name or _name(url)
    path = _write(session, source_id, table)
    session.say(f"{count(len(items), 'item')}, read as {reader.name if reader else 'a feed'}")
    session.say(f"[feeds.{source_id}] written to {path}; ask it with: advisories fetch {source_id}")
    return items


def _ask(session: Session, url: str, table: Mapping[str, Any]) -> Document:
    from advisories.fetching import Request, fetch
    from advisories.sources.feeds import feed

    source = feed("new", {"url": url, **{k: v for k, v in table.items() if k == "allow_origin"}})
    outcomes = fetch([Request(source)], clock=lambda: session.now,
                     contact=session.config.contact, environ=os.environ)  # fmt: skip
    for outcome in outcomes:
        if outcome.documents:
            return outcome.documents[0]
        why = str(outcome.failures[0]) if outcome.failures else "no answer"
        raise AdvisoriesError(f"{url}: {why}")
    raise AdvisoriesError(f"{url}: no answer")


def _reader(
    url: str, document: Document, table: Mapping[str, Any]
) -> tuple[Source | None, list[Item]]:
    """The built-in source that reads this body as its own, else None for a plain feed."""
    from advisories.pipeline.reading import read_all
    from advisories.sources import builtin
    from advisories.sources.feeds import feed

    own = next((s for s in builtin() if s.url == url), None)
    if own:
        raise UsageError(f"{url} is built in already, as {own.id}")
    best: tuple[Source | None, list[Item]] = (None, [])
    for source in builtin():
        items = _try(source, document)
        told = [i for i in items if i.destination and i.level]
        if len(told) > len(best[1]) and 2 * len(told) > len(items):
            best = source, items
    if best[0]:
        return best
    try:
        items, _ = read_all(feed("new", {"url": url}), document)
    except ParseError as error:
        raise AdvisoriesError(f"{url}: {error}; nothing here can read it") from None
    if not items:
        raise AdvisoriesError(f"{url}: a feed, but without a single entry")
    return None, items


def _try(source: Source, document: Document) -> list[Item]:
    from advisories.pipeline.reading import read_all

    try:
        return read_all(source, replace(document, url=source.url))[0]
    except ParseError:
        return []


def _filled(table: dict[str, Any], reader: Source) -> dict[str, Any]:
    given = {"kind": reader.kind, "lang": reader.lang, "country": reader.country}
    if reader.issuer:
        given["issuer"] = reader.issuer
    return {**given, **table}


def _name(url: str) -> str:
    host = (urlsplit(url).hostname or "feed").removeprefix("www.").removeprefix("feeds.")
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-") or "feed"


def _write(session: Session, source_id: str, table: Mapping[str, Any]) -> Path:
    """Append the table to the configuration; what stands there is not touched."""
    from advisories.sources import feeds

    path = session.config.path or default_path(session.env)
    feeds.check(source_id, table, "the new table")
    if path.is_file() and source_id in read_toml(path).get("feeds", {}):
        raise UsageError(f"[feeds.{source_id}] stands in {path} already; choose a --name")
    lines = [f"\n[feeds.{source_id}]", *(f"{k} = {_toml(v)}" for k, v in table.items())]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError as error:
        raise AdvisoriesError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def _toml(value: object) -> str:
    if isinstance(value, str):
        text = clean(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
