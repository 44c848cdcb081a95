"""Atom (RFC 4287) and JSON Feed 1.1: an entry for each change, the same bytes for ever.

An entry is made of what was stored with the change when it was first seen and of nothing that moves
later (how many others told it, how old it is). Its id is a tag URI (RFC 4151) of the ref and of what
happened. A feed lists entries by the time of seeing them, so that what comes late is at the top.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisories.output.emit import dumps
from advisories.output.timeline import word
from advisories.places import name
from advisories.text import link, show

Row = Mapping[str, Any]
TAG = "tag:advisories,2024:"
KIND = {"raised": "raised", "lowered": "lowered", "regional": "regional advice changed",
        "unlisted": "no longer listed", "relisted": "listed again", "first": "new advice",
        "text": "text edited", "reissued": "reissued"}  # fmt: skip
SEVERITY = ("cooperative", "routine contact", "friction", "serious", "violence or rupture")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `date` when it happened, `seen` when it was first seen (both UTC)."""

    id: str
    title: str
    text: str
    url: str
    date: str
    seen: str
    tags: tuple[str, ...]
    source: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's frame. `updated` is for a feed without entries: the store's last answer."""

    about: str
    title: str
    updated: str
    version: str
    entries: Sequence[Entry]


def from_event(row: Row) -> Entry:
    """An entry of a timeline's row (`rows.TimelineRow`)."""
    way = f"{row['actor']}→{row['target']}"
    text = (
        f"{name(row['actor'])} toward {name(row['target'])}: {row['act']} ({word(row['act'])}), "
        f"severity {row['severity']} of 4, {SEVERITY[row['severity']]}. "
        f"Told by {row['source']}. {_dates(row['date'], row['observed'], row['dated'] == 'seen')} "
        f"advisories explain {row['ref']} shows how it was read."
    )
    kept = ("ref", "actor", "target", "act", "kind", "severity", "score", "confidence", "source",
            "item_kind", "lang", "level", "regional_max")  # fmt: skip
    return Entry(
        f"{TAG}event/{row['ref']}/{row['actor']}-{row['target']}/{row['act']}",
        f"{way} {word(row['act'])}: {row['title']}", text, link(row["url"] or ""), row["date"],
        row["observed"], (row["actor"], row["target"], row["act"], f"severity-{row['severity']}"),
        row["source"], {key: row[key] for key in kept},
    )  # fmt: skip


def from_change(row: Row) -> Entry:
    """An entry of a change of advice (`rows.ChangeRow`); a later one of the same kind is another."""
    place = row["destination"] or "many"
    said = f"{row['issuer']}→{place} {KIND[row['kind']]}{_moved(row)}"
    dated = row["published"] or row["observed"]
    unsure = "" if row["confirmed"] else "Unconfirmed: the issuer's date did not move. "
    about = name(place) if row["destination"] else "many destinations"
    text = (
        f"{name(row['issuer'])} on {about}: {KIND[row['kind']]}{_moved(row)}. {unsure}"
        f"Told by {row['source']}. {_dates(dated, row['observed'], row['published'] is None)} "
        f"advisories explain {row['ref']} shows where it was read."
    )
    kept = ("ref", "issuer", "destination", "kind", "from", "to", "regional_from", "regional_to",
            "published", "observed", "confirmed", "source")  # fmt: skip
    tags = (row["issuer"], *([row["destination"]] if row["destination"] else []), row["kind"])
    return Entry(
        f"{TAG}change/{row['ref']}/{row['issuer']}-{place}/{row['kind']}/{row['observed']}",
        f"{said}: {row['title']}", text, link(row["url"] or ""), dated, row["observed"],
        tags, row["source"], {key: row[key] for key in kept},
    )  # fmt: skip


def _dates(date: str, seen: str, undated: bool) -> str:
    return f"First seen {seen}; no date given." if undated else f"Dated {date}; first seen {seen}."


def _moved(row: Row) -> str:
    """What moved, such as ", level 2 to 3"."""
    before, after = row["from"], row["to"]
    parts = []
    if before != after and after:
        parts.append(f"level {before} to {after}" if before else f"level {after}")
    if row["regional_from"] != row["regional_to"]:
        parts.append(
            f"worst part {row['regional_from'] or 'none'} to {row['regional_to'] or 'none'}"
        )
    return "".join(f", {part}" for part in parts)


def ordered(entries: Sequence[Entry], limit: int) -> list[Entry]:
    """The last seen first, at most so many."""
    return sorted(entries, key=lambda e: (e.seen, e.date, e.id), reverse=True)[:limit]


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    updated = feed.entries[0].seen if feed.entries else feed.updated
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_xml(_feed_id(feed))}</id>",
        f"<title>{_xml(feed.title)}</title>",
        f"<updated>{updated}</updated>",
        "<author><name>advisories</name></author>",
        f'<generator version="{_xml(feed.version)}">advisories</generator>',
    ]
    return "\n".join([*head, *(_atom_entry(entry) for entry in feed.entries), "</feed>\n"])


def _feed_id(feed: Feed) -> str:
    return f"{TAG}feed/{feed.about}"


def _atom_entry(entry: Entry) -> str:
    return "\n".join(["<entry>", *_atom_lines(entry), "</entry>"])


def _atom_lines(entry: Entry) -> Iterator[str]:
    yield f"<id>{_xml(entry.id)}</id>"
    yield f"<title>{_xml(entry.title)}</title>"
    yield f"<published>{_xml(entry.date)}</published>"
    yield f"<updated>{_xml(entry.seen)}</updated>"
    yield f"<author><name>{_xml(entry.source)}</name></author>"
    if entry.url:
        yield f'<link rel="alternate" href="{_xml(entry.url)}"/>'
    for tag in entry.tags:
        yield f'<category term="{_xml(tag)}"/>'
    yield f"<content>{_xml(entry.text)}</content>"


def _xml(text: str) -> str:
    """Text that is safe in XML, without letters that XML has no way to write."""
    from html import escape

    return escape(_NO_XML.sub("", show(text)), quote=True)


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1; `_advisories` of an item holds its row."""
    frame = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": "Made by advisories; each change is an item, and no item is changed later.",
        "authors": [{"name": "advisories"}],
    }
    lines = [f" {dumps(key)}: {dumps(value)}," for key, value in frame.items()]
    items = ",\n".join(f"  {dumps(_item(entry))}" for entry in feed.entries)
    body = f"[\n{items}\n ]" if items else "[]"
    return "\n".join(["{", *lines, f' "items": {body}', "}\n"])


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": entry.date,
        "date_modified": entry.seen,
        "authors": [{"name": entry.source}],
        "tags": list(entry.tags),
        "_advisories": dict(entry.row),
    }
    return {**item, "url": entry.url} if entry.url else item
