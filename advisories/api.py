"""The store from Python: the same answers as the command line's, as typed rows.

    from advisories import open_store

    with open_store("advisories.db") as store:
        for row in store.timeline("RU-US", since="30d"):
            print(row["date"], row["actor"], row["act"], row["title"])

Names and days are written as on the command line ("RU-US", "russia", "@mine"; "2024-12-01", "30d", or
a `date`). Every method raises UsageError for a name or day it cannot read, StoreError for a damaged
file. `now` is what "30d", ages and staleness are counted from.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from advisories.places.scope import Reach, Scope
    from advisories.rows import (
        ChangeRow,
        ExplainRow,
        LevelRow,
        PairRow,
        SearchRow,
        StatusRow,
        TensionRow,
        TimelineRow,
    )

Day = date | str | None
SPAN = timedelta(days=90)
"""How much of the index is shown when no first day is given."""


def open_store(
    path: str | Path, *, now: datetime | None = None, half_life_days: float = 30.0,
    watch: Mapping[str, Sequence[str]] | None = None,
) -> "Store":  # fmt: skip
    """Open a store for reading; it is never written, and never made.

    Args:
        path: the SQLite file.
        now: aware; the present if left out.
        half_life_days: of the index, in covered days.
        watch: lists of places and pairs, usable as "@name".

    Raises:
        StoreError: no such store, not ours, newer than we know, or damaged.
    """
    from advisories.store import read_only

    moment = now or datetime.now(UTC)  # noqa: TID251 - a caller's default
    return Store(read_only(Path(path)), moment, half_life_days, watch or {})


@dataclass(slots=True)
class Store:
    """An open store; use it as a context manager, or call `close`."""

    conn: sqlite3.Connection
    now: datetime
    half_life_days: float = 30.0
    watch: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def scope(self, about: str) -> "Scope":
        """What a name, pair or "@list" stands for."""
        from advisories.errors import UsageError
        from advisories.places.scope import parse

        try:
            return parse(about, self.watch)
        except UsageError as error:
            from advisories.spelling import meant

            pair = meant(about)
            if pair is None:
                raise
            raise UsageError(f"{error}; a pair is written {pair}") from None

    def day(self, text: Day) -> date | None:
        """A day as people write it."""
        from advisories.times import day

        return day(text, self.now) if isinstance(text, str) else text

    def last_day(self, text: Day) -> date | None:
        """As `day`; a month or year means its last day."""
        from advisories.times import last_day

        return last_day(text, self.now) if isinstance(text, str) else text

    def _reaches(
        self, about: str, since: Day, until: Day, as_of: Day = None, one_way: bool = False
    ) -> "tuple[Reach, ...]":
        from advisories.places.scope import reaches

        ends = [d for d in (self.last_day(until), self.last_day(as_of)) if d is not None]
        return reaches(
            self.scope(about).pairs, self.day(since), min(ends, default=None), one_way=one_way
        )

    def _before(self, as_of: Day) -> str:
        """The first day that is too late to be known as of a day ("": all is known)."""
        day = self.last_day(as_of)
        return (day + timedelta(days=1)).isoformat() if day else ""

    def timeline(
        self, about: str, *, since: Day = None, until: Day = None, as_of: Day = None,
        kinds: Iterable[str] = (), acts: Iterable[str] = (), min_severity: int = 0,
        min_confidence: float = 0.0, one_way: bool = False, limit: int | None = None,
        every: bool = False, oldest_first: bool = False,
    ) -> "Iterator[TimelineRow]":  # fmt: skip
        """Who did what to whom, newest first, one row a story (`every`: one a telling).

        `as_of` gives what was known at the end of that day: happened by then, and seen by then.
        """
        from advisories.store.reading.timeline import timeline

        filters = self._filters(
            as_of, kinds, acts, min_severity, min_confidence, every, limit, oldest_first
        )
        reached = self._reaches(about, since, until, as_of, one_way)
        return cast("Iterator[TimelineRow]", timeline(self.conn, reached, filters))

    def total(
        self, about: str, *, since: Day = None, until: Day = None, as_of: Day = None,
        one_way: bool = False, **narrow: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """Of the same question, whatever its limit: rows, sources, first and last day."""
        from advisories.store.reading.timeline import total

        reached = self._reaches(about, since, until, as_of, one_way)
        return total(self.conn, reached, self._filters(as_of, **narrow))

    def _filters(
        self, as_of: Day, kinds: Iterable[str] = (), acts: Iterable[str] = (),
        min_severity: int = 0, min_confidence: float = 0.0, every: bool = False,
        limit: int | None = None, oldest_first: bool = False,
    ) -> Any:  # fmt: skip
        from advisories.store.reading.timeline import Filters

        return Filters(
            tuple(kinds), tuple(acts), min_severity, min_confidence, self._before(as_of), every,
            -1 if limit is None else limit, oldest_first,
        )  # fmt: skip

    def levels(
        self, destinations: Iterable[str] = (), *, issuers: Iterable[str] = (), as_of: Day = None
    ) -> "list[LevelRow]":
        """Standing levels, one row an issuer and destination, by destination."""
        from advisories.places.scope import codes
        from advisories.store.reading.standing import Standing, levels

        before = self._before(as_of)
        now = datetime.fromisoformat(before + "T00:00:00+00:00") if before else self.now
        asked = Standing(codes(issuers, self.watch), codes(destinations, self.watch), before)
        return cast("list[LevelRow]", levels(self.conn, asked, min(now, self.now)))

    def changes(
        self, *, since: Day = None, after: int = 0, as_of: Day = None,
        issuers: Iterable[str] = (), to: Iterable[str] = (), kinds: Iterable[str] = (),
        every: bool = False,
    ) -> "list[ChangeRow]":  # fmt: skip
        """Changes of advice by the day of seeing them, newest first.

        `kinds` none: those of level, region and listing; `every`: all kinds, and bulk changes one by
        one (else a row sums them up). `after`: only what attempts after this number brought.
        """
        from advisories.store.reading import changes as reading

        wanted = self.wanted(since, after, as_of, issuers, to, kinds, every)
        found = reading.changes(self.conn, wanted)
        rows = found if every else reading.summed(found)
        return cast("list[ChangeRow]", [{k: r[k] for k in r if k != "attempt"} for r in rows])

    def wanted(
        self, since: Day, after: int, as_of: Day, issuers: Iterable[str], to: Iterable[str],
        kinds: Iterable[str], every: bool,
    ) -> Any:  # fmt: skip
        """The store's form of a question about changes."""
        from advisories.places.scope import codes
        from advisories.store.reading.changes import REAL, Wanted

        day = self.day(since)
        places, pairs = self._ends(to)
        chosen = tuple(kinds) or (() if every else REAL)
        return Wanted(
            day.isoformat() if day else "", self._before(as_of) or "~", after,
            codes(issuers, self.watch), places, pairs, chosen,
        )  # fmt: skip

    def _ends(self, to: Iterable[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Destinations, and for entries that are pairs both directions between them."""
        from advisories.places.scope import codes

        places: dict[str, None] = {}
        pairs: dict[tuple[str, str], None] = {}
        for name in (n for text in to for n in text.split(",")):
            for pair in self.scope(name).pairs:
                if pair.second is None:
                    places |= dict.fromkeys(codes([pair.first], {}))
                else:
                    pairs |= {(pair.first, pair.second): None, (pair.second, pair.first): None}
        return tuple(places), tuple(pairs)

    def tension(
        self, about: str, *, since: Day = None, until: Day = None, by: str = "day",
        as_of: Day = None,
    ) -> "list[TensionRow]":  # fmt: skip
        """A pair's index, oldest first, with everything that it is made from (docs/tension.md).

        Without `since`, the 90 days up to the last day that a source answered.
        """
        from advisories import indexing

        return cast("list[TensionRow]", indexing.tension(self, about, since, until, by, as_of))

    def pairs(self, *, rising: bool = False, limit: int = 20, as_of: Day = None) -> "list[PairRow]":
        """The most tense pairs, or those that rose most in seven days."""
        from advisories import indexing

        return cast("list[PairRow]", indexing.pairs(self, rising, limit, as_of))

    def search(
        self, words: str, *, pair: str | None = None, since: Day = None, until: Day = None,
        as_of: Day = None, limit: int = 50,
    ) -> "list[SearchRow]":  # fmt: skip
        """Items whose title or summary holds all the words, newest first."""
        from advisories.places.scope import sides
        from advisories.store.reading.finding import Hunt, search

        first, last = self.day(since), self.last_day(until)
        places = sides(self.scope(pair).pairs[0]) if pair else ()
        hunt = Hunt(
            words, tuple(tuple(sorted(side)) for side in places if side),
            first.isoformat() if first else "",
            (last + timedelta(days=1)).isoformat() if last else "~",
            self._before(as_of) or "~", limit,
        )  # fmt: skip
        return cast("list[SearchRow]", search(self.conn, hunt))

    def explain(self, ref: str) -> "ExplainRow":
        """The chain from a row to the bytes, with what the coder rejected."""
        from advisories.coding import code
        from advisories.model import Text
        from advisories.store.reading.chain import chain

        row = chain(self.conn, ref)
        item = row["item"]
        if row["advice"] is None:  # words, not a list: the coder read them
            day = (item["published"] or "")[:10]
            text = Text(
                item["title"] or "", item["summary"] or "", lang=item["lang"] or "", date=day
            )
            row["rejected"] = [
                {"actor": r.actor, "target": r.target, "act": r.act, "why": r.why}
                for r in code(text).rejected
            ]
        return cast("ExplainRow", row)

    def raw(self, ref: str) -> bytes:
        """The bytes as received that a row was read from."""
        from advisories.store.reading.chain import raw

        return raw(self.conn, ref)

    def status(self) -> "list[StatusRow]":
        """How each source does: last answer, yield, errors."""
        from advisories.store.reading.sources import states

        return cast("list[StatusRow]", states(self.conn, self.now))
