"""A timeline for a person: what stands, how tense it is, then day by day who did what to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from rich.text import Text

from advisories.output.terminal import (
    DIM,
    LEVELS,
    SEVERITY,
    SIGNS,
    Screen,
    age,
    grid,
    level_text,
    sure,
)
from advisories.places import name
from advisories.text import count, show

Row = Mapping[str, Any]
NARROW = 60
# An act's mode is its word, but for those that need more to be understood.
WORDS = {
    "ADVISE.warn": "travel warning", "ADVISE.depart": "leave order", "ADVISE.ease": "advice eased",
    "THREATEN.sanction": "sanction threat", "THREATEN.threaten": "threat", "AID.arm": "arms",
    "SANCTION.visas": "visa curbs", "SANCTION.sanction": "sanctions", "SANCTION.close": "close mission",
    "SANCTION.break": "break ties", "SANCTION.expel": "expulsion", "SANCTION.quit": "quit treaty",
    "MOBILIZE.exercise": "hostile drill", "MOBILIZE.test": "weapons test",
    "COOPERATE.exercise": "joint exercise", "COOPERATE.sign": "treaty, deal",
    "COOPERATE.restore": "ties restored", "CONSULT.meet": "talks", "COERCE.spy": "espionage",
    "RETREAT.withdraw": "troops leave", "RETREAT.swap": "prisoner swap", "COERCE.cyber": "cyber attack",
    "CONSULT.comment": "statement", "SUPPORT.recognise": "recognition", "SUPPORT.endorse": "support",
    "RETREAT.lift": "curbs lifted", "AID.evacuate": "evacuation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a timeline; parts that do not apply are empty."""

    title: str
    levels: Sequence[Row] = ()
    tension: Row | None = None
    total: Row = field(default_factory=dict)
    as_of: str = ""
    shown: int = 0
    addresses: bool = False
    warned: Sequence[Row] = ()


def word(act: str) -> str:
    """An act in a word or two."""
    return WORDS.get(act) or act.partition(".")[2]


def draw(screen: Screen, head: Head, rows: Sequence[Row]) -> None:
    """The whole timeline."""
    _head(screen, head)
    for day, told in groupby(rows, key=lambda r: r["date"][:10]):
        screen.print(Text(f"\n{day} {date.fromisoformat(day):%a}", style="bold"))
        held = list(told)
        for n, row in enumerate(held):
            if not (n and _mutual(held[n - 1], row)):
                both = n + 1 < len(held) and _mutual(row, held[n + 1])
                _entry(screen, row, "⇄" if both else "→")
                if head.addresses and row["url"]:
                    screen.indented(Text(show(row["url"]), style=DIM))


def _mutual(one: Row, other: Row) -> bool:
    """One act told of both directions: talks, a deal, a clash."""
    keys = ("ref", "act", "severity")
    turned = (one["actor"], one["target"]) == (other["target"], other["actor"])
    return turned and all(one[k] == other[k] for k in keys)


def _head(screen: Screen, head: Head) -> None:
    screen.print(Text(screen.sign(head.title), style="bold"))
    for row in head.levels:
        screen.print(_standing(screen, row))
    if head.warned:
        screen.print(_warned(head.warned))
    if head.tension:
        screen.print(tension_line(screen, head.tension))
    total = head.total
    if total.get("rows"):
        days = dict.fromkeys((total["first"][:10], total["last"][:10]))
        span = " to ".join(days)
        some = f"{head.shown} of " if head.shown < total["rows"] else ""
        counts = (
            f"{some}{count(total['rows'], 'story', 'stories')}, {count(total['sources'], 'outlet')}"
        )
        screen.print(Text(f"{counts}, {span}, as of {head.as_of}", style=DIM))


def _standing(screen: Screen, row: Row) -> Text:
    """One direction's standing advice: level, words, age."""
    text = Text(screen.sign(f"{row['issuer']}→{row['destination']} "))
    text.append("advice level ")
    text.append_text(level_text(row["level"], row["regional_max"]))
    words = row["level_text"] or row["unknown"] or ""
    if words:
        text.append(f" {show(words[:60])}", style=LEVELS.get(row["level"] or 0, ""))
    dated = (row["published"] or row["observed"])[:10]
    text.append(f"  {dated} ({age(row['age_days'])})", style=DIM)
    if row["stale"]:
        text.append(" stale", style="yellow")
    return text


def _warned(rows: Sequence[Row]) -> Text:
    """All issuers' levels of one destination, the gravest first."""
    text = Text("advice by")
    for row in sorted(rows, key=lambda r: (-(r["level"] or 0), r["issuer"])):
        text.append(f" {row['issuer']} ", style=DIM)
        text.append_text(level_text(row["level"], row["regional_max"]))
    return text


def tension_line(screen: Screen, row: Row) -> Text:
    """The index in one line."""
    moved = row["change_7d"]
    arrow = "▲" if moved >= 0.5 else "▼" if moved <= -0.5 else "="
    text = Text("tension ")
    text.append(f"{row['tension']:.0f}/100", style=heat(row["tension"]))
    text.append(screen.sign(f" {arrow}{abs(moved):.0f} in 7 d"))
    both = ways(row["pair"], f"{row['forth']:.0f}", f"{row['back']:.0f}")
    text.append(screen.sign(f"  {both}"))
    text.append(f"  usual {row['usual']:.0f}  confidence {sure(row['confidence'])}", style=DIM)
    return text


def ways(pair: str, forth: str, back: str) -> str:
    """A figure of either direction: "RU→US 57  US→RU 62"; of a place alone, from and toward it."""
    first, _, second = pair.partition("-")
    second = second or "any"
    return f"{first}→{second} {forth}  {second}→{first} {back}"


def heat(tension: float) -> str:
    """The colour of an index."""
    return "bold red" if tension >= 60 else "dark_orange" if tension >= 40 else (
        "yellow" if tension >= 20 else "green")  # fmt: skip


def _entry(screen: Screen, row: Row, arrow: str) -> None:
    way = screen.sign(f"{row['actor']}{arrow}{row['target']}")
    sign = Text(screen.sign(SIGNS[row["severity"]]), style=SEVERITY[row["severity"]])
    act = _act(screen, row)
    title = screen.linked(row["title"], row["url"], "bold" if _is_move(row) else "")
    title.append(screen.sign(_source(row)), style=DIM)
    if screen.width < NARROW:
        screen.print(Text(f" {way} ").append_text(sign).append(" ").append_text(act))
        screen.indented(title)
        return
    drawn = grid(1, 8, 3, 15, None)
    drawn.add_row(Text(screen.sign("█") if _is_move(row) else "", style="bold red"),
                  Text(way), sign, act, title)  # fmt: skip
    screen.print(drawn)


def _is_move(row: Row) -> bool:
    """A change of level stands out."""
    return row["change"] in ("raised", "lowered", "regional")


def _act(screen: Screen, row: Row) -> Text:
    if row["item_kind"] != "advisory" or not row["act"].startswith("ADVISE"):
        return Text(
            word(row["act"]), style=SEVERITY[row["severity"]] if row["severity"] > 2 else ""
        )
    if row["change"] in ("raised", "lowered") and row["level_from"]:
        text = Text("level ", style="bold")
        text.append(screen.sign(f"{row['level_from']}→"), style="bold")
        return text.append_text(level_text(row["level"], row["regional_max"]))
    head = "regional " if row["change"] == "regional" else "advice "
    return Text(head).append_text(level_text(row["level"], row["regional_max"]))


def _source(row: Row) -> str:
    many = f" ×{row['witnesses']}" if row["witnesses"] > 1 else ""
    seen = " (date: when seen)" if row["dated"] == "seen" else ""
    return f"  {row['ref']}{many}{seen}"


def title_of(first: str, second: str | None, one_way: bool) -> str:
    """The pair or place by name: "RU ⇄ US  Russia, United States"."""
    if second is None:
        return f"{first}  {name(first)}"
    arrow = "→" if one_way else "⇄"
    return f"{first} {arrow} {second}  {name(first)}, {name(second)}"
