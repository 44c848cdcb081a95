"""Changes, pairs, hits and sources for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from advisories.output.terminal import DIM, Screen, grid, level_text, sure
from advisories.output.timeline import NARROW, heat
from advisories.places import name
from advisories.text import show

Row = Mapping[str, Any]
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
            screen.print(Text(f"  {row['observed'][:10]} ").append_text(title))
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
    wide = screen.width >= 100
    for row in rows:
        first, _, second = row["pair"].partition("-")
        if screen.width < NARROW:
            screen.print(Text(f"{row['pair']} {row['tension']:.0f} {row['change_7d']:+.1f}"))
            screen.print(Text(f"  {show(row['top'])}"))
            continue
        names = [Text(f"{name(first)}, {name(second)}"[:24])] if wide else []
        full = round(row["tension"] / 10)
        bar = Text(screen.sign("█" * full), style=heat(row["tension"]))
        top = Text(show(row["top"]))
        many = f"{row['stories']} {'story' if row['stories'] == 1 else 'stories'}"
        top.append(f"  {many}, {sure(row['confidence'])}  {row['ref']}", style=DIM)
        table = grid(6, 4, 10, 6, *((24,) if wide else ()), None)
        table.add_row(row["pair"], f"{row['tension']:.0f}", bar, f"{row['change_7d']:+.1f}",
                      *names, top)  # fmt: skip
        screen.print(table)


def hits(screen: Screen, rows: Sequence[Row]) -> None:
    """Title, then the words around the hits where these stand in the summary."""
    for row in rows:
        where = ", ".join(row["countries"][:6])
        head = Text(f"{row['date'][:10]} ", style="bold").append_text(
            screen.linked(row["title"], row["url"]))  # fmt: skip
        head.append(f"  {where}  {row['ref']}", style=DIM)
        screen.print(head)
        screen.print(Text("  ").append_text(_marked(row["snippet"])))


def _marked(snippet: str) -> Text:
    text = Text()
    for n, part in enumerate(show(snippet).replace("»", "«").split("«")):
        text.append(part, style="bold reverse" if n % 2 else DIM)
    return text


def sources(screen: Screen, rows: Sequence[Row]) -> None:
    """A table of sources with what needs care first."""
    care = {"ok": 3, "partial": 2, "never": 1}
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("source", "kind", "state", "last good", "items", "levels"):
        table.add_column(heading, no_wrap=True)
    table.add_column("", overflow="fold")
    for row in sorted(rows, key=lambda r: (care.get(r["state"], 0), r["source"])):
        style = (
            "green" if row["state"] == "ok" else "yellow" if row["state"] in care else "bold red"
        )
        share = row["level_yield"]
        table.add_row(
            row["source"], row["kind"], Text(row["state"], style=style), _ago(row["age_hours"]),
            str(row["items"] if row["items"] is not None else ""),
            "" if share is None else f"{share:.0%}", Text(show(_care(row)), style=DIM),
        )  # fmt: skip
    screen.print(table)


def _ago(hours: float | None) -> str:
    if hours is None:
        return "never"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"


def _care(row: Row) -> str:
    notes = row["notes"]
    more = f"; {len(notes) - 2} more" if len(notes) > 2 else ""
    told = "; ".join([*([row["error"]] if row["error"] else []), *notes[:2]])
    wait = f"not before {row['not_before']}; " if row["not_before"] else ""
    return wait + told + more
