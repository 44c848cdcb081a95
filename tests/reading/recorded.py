"""Stores made of the reference recordings beside the checkout."""

import csv
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

from advisories.model import Document, Source
from advisories.pipeline.replay import replay
from advisories.sources import feeds
from advisories.store import writable
from advisories.times import from_iso


def news_store(shared: Path, folder: Path) -> Path:
    """All recorded bodies of news feeds, each at the end of its day of capture."""
    home = shared / "data/recorded/news"
    with (home / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    documents = sorted((_document(home, row) for row in rows), key=lambda d: d.received)
    sources = {d.url: _source(d.url, row["lang"]) for row in rows for d in [_document(home, row)]}
    db = folder / "news.db"
    with closing(writable(db)) as conn:
        replay(conn, documents, sources.get)
    return db


def _document(home: Path, row: dict[str, str]) -> Document:
    name = row["file"].partition("/")[0]
    at = row["commit_date"] or row["feed_date"]
    received = from_iso(at if "T" in at else f"{at}T00:00:00Z")
    if "T" not in at:
        received = datetime.combine(received.date(), time(23, 59, 59), UTC)
    return Document(
        f"https://{name}.example/feed.xml", 200, (home / row["file"]).read_bytes(), received
    )


def _source(url: str, lang: str) -> Source:
    name = url.split("/")[2].removesuffix(".example")
    return feeds.feed(name, {"url": url, "name": name, "kind": "news", "lang": lang or "en"})
