"""Levels for a person: issuers by destinations, one destination in long form, an issuer's list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from advisories.output.terminal import DIM, LEVELS, Screen, age, level_text
from advisories.places import name
from advisories.text import count, show

Row = Mapping[str, Any]
Cells = dict[str, dict[str, Row]]
OLD = 14
CELL, EDGES = 4, 20
_STALE = "! not asked for 3 intervals"


def by_destination(rows: Sequence[Row]) -> Cells:
    """{destination: {issuer: row}}."""
    found: Cells = defaultdict(dict)
    for row in rows:
        found[row["destination"]][row["issuer"]] = row
    return found


def spread(cells: Mapping[str, Row]) -> int:
    """The distance between the highest and the lowest level."""
    known = [r["level"] for r in cells.values() if r["level"]]
    return max(known) - min(known) if known else 0


def matrix(screen: Screen, rows: Sequence[Row]) -> None:
    """Destinations down, issuers across; spread and the age of the oldest answer."""
    cells = by_destination(rows)
    counts = {i: sum(i in c for c in cells.values()) for c in cells.values() for i in c}
    issuers = sorted(counts, key=lambda i: (-counts[i], i))
    fit = max(1, (screen.width - EDGES) // CELL)
    shown = sorted(issuers[:fit])
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for heading in ("", *shown, "spread", "oldest"):
        table.add_column(heading, no_wrap=True, justify="left", min_width=2)
    for destination, held in cells.items():
        table.add_row(destination, *(_cell(held.get(i)) for i in shown),
                      str(spread(held)), _oldest(held))  # fmt: skip
    screen.print(table)
    left = len(issuers) - len(shown)
    more = f" · {count(left, 'more issuer')}: wider, or --issuer" if left else ""
    screen.print(
        Text(screen.sign(f"r a part's level · ? unknown · - no advice · {_STALE}{more}"), style=DIM)
    )


def _cell(row: Row | None) -> Text:
    if row is None:
        return Text("-", style=DIM)
    return level_text(row["level"], row["regional_max"])


def _oldest(held: Mapping[str, Row]) -> Text:
    days = max(r["age_days"] for r in held.values())
    late = any(r["stale"] for r in held.values())
    return Text(age(days) + (" !" if late else ""), style="yellow" if late else DIM)


def long(screen: Screen, rows: Sequence[Row]) -> None:
    """One destination: each issuer's words, dates, reasons, link; the gravest first."""
    destination = rows[0]["destination"]
    apart = f"  spread {spread({r['issuer']: r for r in rows})}" if len(rows) > 1 else ""
    screen.print(Text(f"{destination}  {name(destination)}{apart}", style="bold"))
    for row in sorted(rows, key=lambda r: (-(r["level"] or 0), r["issuer"])):
        _issuer(screen, row)


def _issuer(screen: Screen, row: Row) -> None:
    head = Text(f"\n{row['issuer']} ", style="bold").append_text(
        level_text(row["level"], row["regional_max"]))  # fmt: skip
    head.append(f"  {show(row['level_text'] or '')}", style=LEVELS.get(row["level"] or 0, ""))
    screen.print(head)
    screen.indented(screen.linked(row["title"], row["url"]))
    screen.indented(Text(screen.sign(_dates(row)), style=DIM))
    for said in (row["unknown"], ", ".join(row["reasons"]), row["url"] or "", row["ref"]):
        if said:
            screen.indented(Text(show(said), style=DIM))


def _dates(row: Row) -> str:
    parts = [f"published {row['published'][:10]}" if row["published"] else "no date",
             f"first seen {row['observed'][:10]}", f"{age(row['age_days'])} old"]  # fmt: skip
    parts += [f"checked {row['checked'][:10]}"] if row["checked"] else []
    parts += ["STALE"] if row["stale"] else []
    parts += [] if row["listed"] else ["no longer listed"]
    return " · ".join(parts)


def listing(screen: Screen, rows: Sequence[Row]) -> None:
    """One issuer's whole list, the gravest first."""
    issuer = rows[0]["issuer"]
    held = count(len(rows), "destination")
    screen.print(Text(f"{issuer}  {name(issuer)}: {held}", style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for n in range(5):
        table.add_column(no_wrap=n in (0, 1, 3, 4), overflow="fold")
    for row in sorted(rows, key=lambda r: (-(r["level"] or 0), r["destination"])):
        dated = (row["published"] or row["observed"])[:10]
        table.add_row(
            row["destination"], level_text(row["level"], row["regional_max"]),
            Text(f"{name(row['destination'])}  {show(row['level_text'] or row['unknown'] or '')}"),
            Text(dated, style=DIM), Text(age(row["age_days"]) + " !" * row["stale"], style=DIM),
        )  # fmt: skip
    screen.print(table)
    if any(r["stale"] for r in rows):
        screen.print(Text(_STALE, style=DIM))


def draw(screen: Screen, rows: Sequence[Row]) -> None:
    """The form that fits: one destination, one issuer, or the matrix."""
    if not rows:
        return
    if len({r["destination"] for r in rows}) == 1:
        long(screen, rows)
    elif len({r["issuer"] for r in rows}) == 1:
        listing(screen, rows)
    else:
        matrix(screen, rows)
