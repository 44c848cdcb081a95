"""A person's own sources: `[feeds.NAME]` tables in the configuration or in a file of one's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from advisories.errors import ConfigError
from advisories.model import Source
from advisories.sources import feeds

_TAKEN = ("name", "url", "kind", "issuer", "lang", "country", "allow_origin", "ca_file", "outlet",
          "tier", "headers", "hours", "floor", "whole_list", "licence", "attribution")  # fmt: skip


def from_table(
    source_id: str, table: Mapping[str, Any], where: str, readers: Mapping[str, Source]
) -> Source:
    """The Source that a table describes; with `reader`, read as that built-in source reads.

    Args:
        source_id: the table's name.
        table: its keys, see docs/adding-a-source.md.
        where: the file, for messages.
        readers: the sources whose `parse` a table may name, by id.

    Raises:
        ConfigError: the table is broken or its reader unknown.
    """
    feeds.check(source_id, table, where)
    reader = str(table.get("reader", ""))
    if not reader:
        return feeds.feed(source_id, table)
    base = readers.get(reader)
    if base is None:
        raise ConfigError(
            f"{where}: [feeds.{source_id}]: no source is called {reader!r}; "
            "see `advisories sources list`"
        )
    taken = {k: table[k] for k in _TAKEN if k in table}
    name = str(table.get("name", source_id))
    here, there = urlsplit(str(table["url"])).netloc, urlsplit(base.url).netloc
    return replace(
        base,
        follow=base.follow if here == there else None,  # a copy elsewhere leads nowhere else
        **{**taken, "name": name}, id=source_id, reader=reader, alternates=(),
        sets=tuple(table.get("sets", ())), status="ok", status_date="", status_note="",
    )  # fmt: skip
