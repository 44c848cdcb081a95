"""Full text: titles and summaries in any language, newest first, with the hits marked."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisories.errors import UsageError
from advisories.store.reading.ask import Row, ask
from advisories.text import search_words

BOUND = 2000
"""So many of the matches that were seen last are put in order of date."""
AROUND = 60
"""Characters on either side of the first hit in a snippet."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What to look for. `places`: all of them must be named; days as in the timeline's ranges."""

    words: str
    places: tuple[tuple[str, ...], ...] = ()
    since: str = ""
    until: str = "~"
    seen_before: str = "~"
    limit: int = 50


def search(conn: sqlite3.Connection, hunt: Hunt) -> list[Row]:
    """Rows of `rows.SearchRow`: one an item (its latest state that holds the words).

    Raises:
        UsageError: there is no word to look for.
    """
    terms = _terms(hunt.words)
    sql = (
        "SELECT o.ref, coalesce(o.published, o.observed) AS date, o.observed, o.title, o.summary,"
        " o.countries, nullif(o.lang, '') AS lang, nullif(o.url, '') AS url, o.source,"
        " o.kind AS item_kind, o.item FROM search f JOIN observation o ON o.id = f.rowid"
        " WHERE f.search MATCH ? AND o.observed < ? AND date >= ? AND date < ?"
        f"{_named(hunt.places)} ORDER BY f.rowid DESC LIMIT ?"
    )
    places = [f'*"{code}"*' for side in hunt.places for code in side]
    values = [_match(terms), hunt.seen_before, hunt.since, hunt.until, *places, BOUND]
    found = sorted(_one_an_item(ask(conn, sql, values)), key=_newest, reverse=True)
    return [_row(row, terms) for row in found[: hunt.limit if hunt.limit >= 0 else None]]


def _named(places: Sequence[Sequence[str]]) -> str:
    """Each side is named by one of its codes."""
    sides = (" OR ".join("o.countries GLOB ?" for _ in side) for side in places)
    return "".join(f" AND ({side})" for side in sides)


def _newest(row: Row) -> tuple[str, str]:
    return row["date"], row["ref"]


def _one_an_item(rows: Iterator[Row]) -> Iterator[Row]:
    held: set[int] = set()
    for row in rows:
        if row["item"] not in held:
            held.add(row["item"])
            yield row


def _terms(words: str) -> list[str]:
    """Words and "quoted phrases" of a query."""
    found = ["".join(pair).strip() for pair in re.findall(r'"([^"]*)"|([^\s"]+)', words)]
    terms = [t for t in found if re.search(r"\w", t)]
    if not terms:
        raise UsageError(f"{words!r} holds no word to search for")
    return terms


def _match(terms: Sequence[str]) -> str:
    """The terms in the index's own language: each quoted, runs of Chinese as bigrams."""
    parts: list[str] = []
    for term in terms:
        bare = term.rstrip("*")
        inner = " ".join(re.findall(r"\w+", search_words(bare)))
        short = len(bare) == 1 and not bare.isascii()
        parts.append(f'"{inner}"' + ("*" if term.endswith("*") or short else ""))
    return " ".join(parts)


def _row(row: Row, terms: Sequence[str]) -> Row:
    text = row["title"]
    spans = _hits(text, terms)
    if not spans and row["summary"]:
        text = row["summary"]
        spans = _hits(text, terms)
    found = {k: v for k, v in row.items() if k not in ("summary", "item")}
    return found | {"snippet": _snippet(text, spans), "countries": json.loads(row["countries"])}


def _fold(text: str) -> str:
    """Without case and accents, letter for letter as long as the text."""
    folded = (unicodedata.normalize("NFD", c)[0].lower() for c in text)
    return "".join(f if len(f) == 1 else c for f, c in zip(folded, text, strict=True))


def _hits(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    folded = _fold(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        words = [re.escape(w) for w in re.findall(r"\w+", _fold(term.rstrip("*")))]
        pattern = r"\W+".join(words)
        pattern = rf"\b{pattern}" + ("" if term.endswith("*") else r"\b")
        if search_words(term) != term:
            pattern = r"\W*".join(words)
        found += [m.span() for m in re.finditer(pattern, folded)]
    return _apart(sorted(found))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _snippet(text: str, spans: Sequence[tuple[int, int]]) -> str:
    first = spans[0][0] if spans else 0
    start = max(0, first - AROUND) if len(text) > 2.5 * AROUND else 0
    end = min(len(text), start + 3 * AROUND)
    out, at = "…" if start else "", start
    for left, right in spans:
        if right > end:
            break
        out += f"{text[at:left]}«{text[left:right]}»"
        at = right
    return out + text[at:end] + ("…" if end < len(text) else "")
