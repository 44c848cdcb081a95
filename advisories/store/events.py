"""Events and stories, with the pair's days beside them. Runs in the caller's transaction."""

import json
import sqlite3
from dataclasses import dataclass

from advisories.model import Event
from advisories.store.items import Seen
from advisories.times import iso


@dataclass(frozen=True, slots=True)
class Told:
    """Where an event was told: observation, item, its date, whose feed, and the kind of item."""

    observation: int
    item: int
    date: str
    dated: str
    outlet: str
    kind: str


def known_acts(conn: sqlite3.Connection, item: int) -> set[tuple[str, str, str, int]]:
    """(actor, target, act, severity) of all events that earlier states of an item gave."""
    rows = conn.execute(
        "SELECT actor, target, act, severity FROM event WHERE observation IN"
        " (SELECT id FROM observation WHERE item = ?)",
        (item,),
    )
    return set(rows)


def stories_near(
    conn: sqlite3.Connection, event: Event, days: tuple[str, str]
) -> list[tuple[int, str, str, str]]:
    """(id, folded title, language, day) of this pair's and act's stories, oldest first."""
    return conn.execute(
        "SELECT id, title, lang, day FROM story WHERE actor = ? AND target = ? AND act = ?"
        " AND day BETWEEN ? AND ? ORDER BY id",
        (event.actor, event.target, event.act, *days),
    ).fetchall()


def add_story(conn: sqlite3.Connection, event: Event, day: str, title: str, lang: str) -> int:
    """A story told for the first time; it counts once in the pair's day."""
    cursor = conn.execute(
        "INSERT INTO story (actor, target, act, day, title, lang) VALUES (?, ?, ?, ?, ?, ?)",
        (event.actor, event.target, event.act, day, title, lang),
    )
    conn.execute(
        "INSERT INTO pair_day (actor, target, day, n, score, severity) VALUES (?, ?, ?, 1, ?, ?)"
        " ON CONFLICT DO UPDATE SET n = n + 1, score = score + excluded.score,"
        " severity = max(severity, excluded.severity)",
        (event.actor, event.target, day, event.score, event.severity),
    )
    return int(cursor.lastrowid or 0)


def add_event(
    conn: sqlite3.Connection, seen: Seen, event: Event, told: Told, story: int, coder: str
) -> None:
    """One event of an observation, as a witness of a story."""
    spans = [[s.where, s.start, s.end, s.text] for s in event.evidence]
    (again,) = conn.execute(
        "SELECT count(*) FROM event WHERE story = ? AND outlet = ?", (story, told.outlet)
    ).fetchone()
    conn.execute(
        "INSERT INTO event (observation, actor, target, date, dated, observed, act, kind, severity,"
        " score, confidence, rule, evidence, coder, source, outlet, country, item_kind, story,"
        " told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            told.observation, event.actor, event.target, told.date, told.dated, iso(seen.at),
            event.act, event.kind, event.severity, event.score, round(event.confidence, 4),
            event.rule, json.dumps(spans, ensure_ascii=False), coder, seen.source.id, told.outlet,
            seen.source.country, told.kind, story, int(not again),
        ),
    )  # fmt: skip
    conn.execute(
        "UPDATE story SET witnesses = w, outlets = o, outlet_countries = c FROM"
        " (SELECT count(DISTINCT observation) AS w, count(DISTINCT outlet) AS o,"
        " count(DISTINCT country) AS c FROM event WHERE story = ?) WHERE id = ?",
        (story, story),
    )
