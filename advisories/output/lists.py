"""Changes, pairs, hits and sources for a person."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from advisories.output.terminal import DIM, Screen, age, grid, level_text, sure
from advisories.output.timeline import NARROW, heat
from advisories.places import name
from advisories.text import count, show

Row = Mapping[str, Any]
_HIT = "bold reverse"
_QUOTES = re.compile("[«»]")
"""Marks of hits in a snippet; a title may hold them as what they are, and then it is shown as it is."""
_KIND = {"raised": "bold red", "lowered": "green", "regional": "yellow", "unlisted": "magenta"}


def changes(screen: Screen, rows: Sequence[Row]) -> None:
    """One line a change: day, who of whom, what, from where to where."""
    for row in rows:
        way = screen.sign(f"{row['issuer']}→{row['destination'] or '…'}")
        kind = Text(row["kind"], style=_KIND.get(row["kind"], ""))
        title = screen.linked(row["title"], row["url"])
        if not row["confirmed"]:
            title.append("  unconfirmed: the issuer's date did not move", style="yellow")
        title.append(f"  {row['ref']}", style=DIM)
        if screen.width < NARROW:
            screen.print(
                Text(f"{way} ").append_text(_moved(screen, row)).append(" ").append_text(kind)
            )
            screen.indented(Text(f"{row['observed'][:10]} ").append_text(title))
            continue
        table = grid(10, 6, 9, 9, None)
        table.add_row(row["observed"][:10], way, kind, _moved(screen, row), title)
        screen.print(table)


def _moved(screen: Screen, row: Row) -> Text:
    before, after = (row["from"], row["regional_from"]), (row["to"], row["regional_to"])
    if row["destination"] is None or before == after:
        return level_text(*after) if row["destination"] else Text("")
    text = level_text(*before) if before[0] else Text("-", style=DIM)
    return text.append(screen.sign("→"), style="bold").append_text(level_text(*after))


def pairs(screen: Screen, rows: Sequence[Row]) -> None:
    """A ranking with a bar, the change in a week, and what weighs most."""
    if rows and screen.width >= NARROW:
        _pair(screen, "pair", Text("tension"), "7 d", "", Text(screen.sign(_TOLD)))
    for row in rows:
        index, moved = f"{row['tension']:.0f}", f"{row['change_7d']:+.0f}"
        top = Text(show(row["top"])).append(f"  {_told(row)}", style=DIM)
        if screen.width < NARROW:
            screen.print(Text(f"{row['pair']} {index} {moved} in 7 d"))
            screen.indented(top)
            continue
        bar = Text(f"{index:>3} ")
        bar.append(screen.sign("█" * round(row["tension"] / 10)), style=heat(row["tension"]))
        first, _, second = row["pair"].partition("-")
        _pair(screen, row["pair"], bar, moved, f"{name(first)}, {name(second)}", top)


_TOLD = "what weighs most · stories in 30 d · confidence"
_NAMES = 100
"""From this width on, a ranking has room for names."""


def _pair(screen: Screen, pair: str, bar: Text, moved: str, names: str, top: Text) -> None:
    wide = screen.width >= _NAMES
    table = grid(6, 14, 4, *((24,) if wide else ()), None)
    if wide:
        table.columns[3].no_wrap = False
    table.add_row(pair, bar, f"{moved:>4}", *((names,) if wide else ()), top,
                  style="" if names else "bold")  # fmt: skip
    screen.print(table)


def _told(row: Row) -> str:
    return f"{count(row['stories'], 'story', 'stories')}, {sure(row['confidence'])}  {row['ref']}"


def hits(screen: Screen, rows: Sequence[Row]) -> None:
    """Title, then the words around the hits where these stand in the summary."""
    for row in rows:
        where = ", ".join(row["countries"][:6])
        title = screen.linked(row["title"], row["url"])
        snippet = _marked(row["snippet"])
        words = snippet.plain.strip("…")
        at = title.plain.find(words)
        if at >= 0:
            _mark(title, snippet, at)
        head = Text(f"{row['date'][:10]} ", style="bold").append_text(title)
        head.append(f"  {where}  {row['ref']}", style=DIM)
        screen.print(head)
        if at < 0 and words not in _QUOTES.sub("", title.plain):
            screen.indented(snippet)


def _mark(title: Text, snippet: Text, at: int) -> None:
    """The hits of a snippet that is a part of the title, in the title."""
    cut = len(snippet.plain) - len(snippet.plain.lstrip("…"))
    for span in snippet.spans:
        if span.style == _HIT:
            title.stylize(_HIT, span.start - cut + at, span.end - cut + at)


def _marked(snippet: str) -> Text:
    text = Text()
    for n, part in enumerate(show(snippet).replace("»", "«").split("«")):
        text.append(part, style=_HIT if n % 2 else DIM)
    return text


def known(screen: Screen, rows: Sequence[Row]) -> None:
    """Every source in two lines: its words in short, then its name."""
    for row in rows:
        facts = [row["kind"], row["issuer"] or row["country"] or "", row["lang"], row["state"]]
        screen.print(Text(show(row["id"]), style="bold").append(
            f"  {'  '.join(f for f in facts if f)}", style="not bold"))  # fmt: skip
        screen.indented(Text(show(row["name"]), style=DIM))


_CARE = {"ok": 3, "partial": 2, "never": 1}


def _state(row: Row) -> Text:
    """A source's state in its colour."""
    style = "green" if row["state"] == "ok" else "yellow" if row["state"] in _CARE else "bold red"
    return Text(row["state"], style=style)


def sources(screen: Screen, rows: Sequence[Row]) -> None:
    """A table of sources with what needs care first; what is to say of each stands below it."""
    held = sorted(rows, key=lambda r: (_CARE.get(r["state"], 0), r["source"]))
    if screen.width < NARROW:
        for row in held:
            screen.print(Text(f"{row['source']} ").append_text(_state(row)).append(
                f" {_ago(row['age_hours'])}"))  # fmt: skip
            if _care(row):
                screen.indented(Text(show(_care(row)), style=DIM))
        return
    if held:
        screen.print(_states(held))
    told = [row for row in held if _care(row)]
    for n, row in enumerate(told):
        screen.print(Text("" if n else "\n").append(row["source"], style="bold"))
        screen.indented(Text(show(_care(row)), style=DIM))


def _states(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("source", "kind", "state", "last good", "items", "levels"):
        table.add_column(heading, no_wrap=heading != "source", overflow="fold")
    for row in rows:
        share = row["level_yield"]
        table.add_row(
            row["source"], row["kind"], _state(row), _ago(row["age_hours"]),
            str(row["items"] if row["items"] is not None else ""),
            "" if share is None else f"{share:.0%}",
        )  # fmt: skip
    return table


def _ago(hours: float | None) -> str:
    if hours is None:
        return "never"
    return f"{hours:.0f} h" if hours < 48 else age(round(hours / 24))


def _care(row: Row) -> str:
    notes = row["notes"]
    more = f"; {len(notes) - 2} more" if len(notes) > 2 else ""
    told = "; ".join([*([row["error"]] if row["error"] else []), *notes[:2]])
    wait = f"not before {row['not_before']}; " if row["not_before"] else ""
    return wait + told + more
