"""The timeline of pairs: two index ranges a pair, newest first, one row a story."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisories.places.scope import Reach
from advisories.store.reading.ask import Row, ask, one

FEEDS = ("advisory", "official", "news")
# A story is shown as the issuer's own words tell it, else as it was told first.
_FIRST = (  # asks without sorting for each event, unlike ORDER BY and LIMIT 1
    "NOT EXISTS (SELECT 1 FROM event f WHERE f.story = e.story{} AND (f.item_kind != 'advisory',"
    " f.date, f.id) < (e.item_kind != 'advisory', e.date, e.id))"
)
_NOW = "s.outlets AS witnesses, s.outlet_countries"
_THEN = (
    "(SELECT count(DISTINCT f.outlet) FROM event f WHERE f.story = e.story AND f.observed < ?)"
    " AS witnesses, (SELECT count(DISTINCT f.country) FROM event f WHERE f.story = e.story"
    " AND f.observed < ?) AS outlet_countries"
)
_CHANGED = (
    "(SELECT {} FROM change c WHERE e.item_kind = 'advisory' AND c.issuer = e.actor"
    " AND c.destination = e.target AND c.observation = e.observation"
    " AND c.kind IN ('first', 'raised', 'lowered', 'regional') LIMIT 1)"
)
# Advice in prose has its level per destination, in the history; a list's stands in the observation.
_ADVISED = (
    "CASE WHEN e.act GLOB 'ADVISE*' THEN coalesce(o.{0}, (SELECT h.{0} FROM level_history h"
    " WHERE h.issuer = e.actor AND h.destination = e.target AND h.observation = e.observation"
    " LIMIT 1)) END AS {0}"
)
_ROW = (
    "SELECT o.ref, e.date, e.observed, e.actor, e.target, e.kind, e.act, e.severity, e.score,"
    " e.confidence, o.title, nullif(o.url, '') AS url, e.source, e.dated, e.item_kind,"
    f" nullif(o.lang, '') AS lang, {_ADVISED.format('level')}, {_ADVISED.format('regional_max')},"
    f" {_CHANGED.format('c.kind')} AS change, {_CHANGED.format('c.level_from')} AS level_from,"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a timeline. `seen_before`: only what was observed before this day (exclusive).

    `kinds`: advisory, official, news (the feed), or words of an act's kind such as material,
    conflict, verbal_coop. `acts`: CATEGORY, mode or CATEGORY.mode. `every`: each telling of a
    story, not the first alone.
    """

    kinds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    min_severity: int = 0
    min_confidence: float = 0.0
    seen_before: str = ""
    every: bool = False
    limit: int = -1
    oldest_first: bool = False


def timeline(conn: sqlite3.Connection, reaches: Sequence[Reach], filters: Filters) -> Iterator[Row]:
    """Rows of `rows.TimelineRow`: the newest `limit`, newest first (or these, oldest first)."""
    if not reaches:
        return iter(())
    picked, parameters = picked_events(reaches, filters)
    then = bool(filters.seen_before)
    witnesses = [filters.seen_before] * 2 if then else []
    order = "ASC" if filters.oldest_first else "DESC"
    sql = (
        f"WITH picked (id, date) AS ({picked}) {_ROW} {_THEN if then else _NOW}, e.rule"
        " FROM picked p JOIN event e ON e.id = p.id JOIN observation o ON o.id = e.observation"
        f" JOIN story s ON s.id = e.story ORDER BY e.date {order}, e.id {order}"
    )
    return ask(conn, sql, [*parameters, *witnesses])


def picked_events(reaches: Sequence[Reach], filters: Filters) -> tuple[str, list[object]]:
    """SQL and parameters that give (id, date) of the events in question, newest first."""
    narrow, values = _narrow(filters)
    parts: list[str] = []
    parameters: list[object] = []
    for where, ends in _parts(reaches):
        parts.append(f"{where}{narrow}")
        parameters += [*ends, *values]
    union = " UNION ALL " if len(reaches) <= 2 else " UNION "
    sql = f"{union.join(parts)} ORDER BY 2 DESC, 1 DESC LIMIT ?"
    return sql, [*parameters, filters.limit]


def _parts(reaches: Sequence[Reach]) -> Iterator[tuple[str, list[object]]]:
    """Two ranges as they are; the many of a bloc or a list as one table of ranges."""
    whole = [r for r in reaches if r.actor and r.target]
    if len(whole) > 2:
        rows = ",".join(["(?, ?, ?, ?)"] * len(whole))
        sql = (
            f"SELECT e.id, e.date FROM (SELECT column1 AS a, column2 AS t, column3 AS since,"
            f" column4 AS until FROM (VALUES {rows})) r CROSS JOIN event e ON e.actor = r.a"
            " AND e.target = r.t AND e.date >= r.since AND e.date < r.until WHERE 1"
        )
        yield sql, [v for r in whole for v in (r.actor, r.target, r.since, r.until)]
        reaches = [r for r in reaches if r not in set(whole)]
    for reach in reaches:
        where, ends = _range(reach)
        yield f"SELECT e.id, e.date FROM event e WHERE {where}", ends


def _range(reach: Reach) -> tuple[str, list[object]]:
    ends: list[tuple[str, object]] = [("e.date >= ?", reach.since), ("e.date < ?", reach.until)]
    if reach.target is not None:
        ends.insert(0, ("e.target = ?", reach.target))
    if reach.actor is not None:
        ends.insert(0, ("e.actor = ?", reach.actor))
    return " AND ".join(text for text, _ in ends), [value for _, value in ends]


def _narrow(filters: Filters) -> tuple[str, list[object]]:
    tests: list[tuple[str, list[object]]] = []
    if not filters.every:
        then = [filters.seen_before] if filters.seen_before else []
        tests.append((_FIRST.format(" AND f.observed < ?" if then else ""), list(then)))
    if filters.min_severity:
        tests.append(("e.severity >= ?", [filters.min_severity]))
    if filters.min_confidence:
        tests.append(("e.confidence >= ?", [filters.min_confidence]))
    if filters.seen_before:
        tests.append(("e.observed < ?", [filters.seen_before]))
    tests += [t for t in (_kinds(filters.kinds), _acts(filters.acts)) if t[0]]
    sql = "".join(f" AND {text}" for text, _ in tests)
    return sql, [value for _, values in tests for value in values]


def _kinds(kinds: Iterable[str]) -> tuple[str, list[object]]:
    either: list[str] = []
    values: list[object] = []
    for kind in kinds:
        column = "e.item_kind = ?" if kind in FEEDS else "'_' || e.kind || '_' GLOB ?"
        either.append(column)
        values.append(kind if kind in FEEDS else f"*_{kind}_*")
    return (f"({' OR '.join(either)})" if either else ""), values


def _acts(acts: Iterable[str]) -> tuple[str, list[object]]:
    either: list[str] = []
    values: list[object] = []
    for act in acts:
        category, _, mode = act.partition(".")
        exact = f"{category.upper()}.{mode.lower()}"
        either.append("(e.act = ? OR e.act GLOB ? OR e.act GLOB ?)")
        values += [exact, f"{category.upper()}.*", f"*.{act.lower()}"]
    return (f"({' OR '.join(either)})" if either else ""), values


def near(conn: sqlite3.Connection, code: str, n: int = 3) -> list[Row]:
    """The places that `code` has most to do with: place, stories, first and last day."""
    sql = (
        "SELECT place, sum(n) AS stories, min(day) AS first, max(day) AS last FROM"
        " (SELECT target AS place, n, day FROM pair_day WHERE actor = ? UNION ALL"
        "  SELECT actor, n, day FROM pair_day WHERE target = ?) GROUP BY place"
        " ORDER BY stories DESC, place LIMIT ?"
    )
    return list(ask(conn, sql, (code, code, n)))


def extent(conn: sqlite3.Connection) -> Row:
    """First and last day of the events, and their number (0: an empty store)."""
    sql = "SELECT min(date) AS first, max(date) AS last, count(*) AS events FROM event"
    return one(conn, sql) or {"first": None, "last": None, "events": 0}


def total(conn: sqlite3.Connection, reaches: Sequence[Reach], filters: Filters) -> Row:
    """Of the whole answer, whatever its limit: stories, sources, tellings, first and last day."""
    if not reaches:
        return {"rows": 0, "sources": 0, "first": None, "last": None}
    picked, parameters = picked_events(reaches, filters)
    sql = (
        f"WITH picked (id, date) AS ({picked}) SELECT count(*) AS rows,"
        " count(DISTINCT e.outlet) AS sources, min(e.date) AS first, max(e.date) AS last"
        " FROM picked p JOIN event e ON e.id = p.id"
    )
    parameters[-1] = -1
    return one(conn, sql, parameters) or {}
