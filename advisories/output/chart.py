"""The index drawn in the terminal, and as a table with what drives it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from advisories.errors import UsageError
from advisories.output.terminal import DIM, Screen, grid, level_text
from advisories.output.timeline import NARROW, tension_line, ways, word
from advisories.text import count, show

Row = Mapping[str, Any]
HEIGHT = 16
BARS = " ▁▂▃▄▅▆▇█"
PLAIN_BARS = " .:-=+*#%"
_LINES = {"│": "|", "─": "-", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+",
          "┬": "+", "┴": "+", "┼": "+"}  # fmt: skip


def table(screen: Screen, rows: Sequence[Row]) -> None:
    """The last row in full, the course of the index as a bar of signs, the drivers."""
    last = rows[-1]
    screen.print(_head(screen, last))
    screen.print(Text(f"{rows[0]['date']} {_bars(screen, rows)} {last['date']}"))
    conflict, coop = (
        ways(last["pair"], f"{last[f'{kind}_forth']:.2f}", f"{last[f'{kind}_back']:.2f}")
        for kind in ("conflict", "coop")
    )
    sums = (f"conflict {conflict}; cooperation {coop}; scale {last['scale']:.2f}, "
            f"half-life {last['half_life']:g} covered days")  # fmt: skip
    screen.print(Text(screen.sign(sums), style=DIM))
    days = last["gap_days"]
    heard = f"last answer {count(days, 'day')} before" if days else "last answer the same day"
    screen.print(Text(f"{count(last['outlets'], 'outlet')}, coverage {last['coverage']:.0%} of 30 "
                      f"days, {heard}", style=DIM))  # fmt: skip
    for story in last["drivers"]:
        _driver(screen, story)


def _driver(screen: Screen, story: Row) -> None:
    """A story with what is left of its weight."""
    title = Text(show(story["title"])).append(f"  {story['ref']}", style=DIM)
    way = screen.sign(f"{story['actor']}→{story['target']}")
    left, day, act = f"{story['left']:.2f}", story["date"][:10], word(story["act"])
    if screen.width < NARROW:
        screen.print(Text(f"{left} {day} {way} {act}"))
        screen.indented(title)
        return
    drawn = grid(6, 10, 8, 15, None)
    drawn.add_row(left, day, way, act, title)
    screen.print(drawn)


def _head(screen: Screen, row: Row) -> Text:
    return Text(f"{row['pair']}  ", style="bold").append_text(tension_line(screen, row))


def _bars(screen: Screen, rows: Sequence[Row]) -> str:
    """One sign a step, as many steps as fit."""
    signs = PLAIN_BARS if screen.ascii else BARS
    room = max(8, screen.width - 24)
    step = -(-len(rows) // room)
    picked = [rows[n]["tension"] for n in range(len(rows) - 1, -1, -step)][::-1]
    return "".join(signs[min(8, round(value / 100 * 8))] for value in picked)


def plot(screen: Screen, rows: Sequence[Row], moves: Sequence[Row]) -> None:
    """The index over time, with a line where a level changed.

    Raises:
        UsageError: the plotting library (an extra) is not installed.
    """
    lines = _drawn(screen, rows, [_when(m) for m in moves])
    screen.print(_head(screen, rows[-1]))
    for line in lines:
        screen.print(Text(show(line)))
    for move in reversed(moves):
        text = Text(screen.sign(f"│ {_when(move)} {move['issuer']}→{move['destination']} level "))
        text.append_text(level_text(move["from"])).append(screen.sign("→"))
        screen.print(text.append_text(level_text(move["to"])))


def _when(move: Row) -> str:
    return str(move["published"] or move["observed"])[:10]


def _drawn(screen: Screen, rows: Sequence[Row], marked: Sequence[str]) -> list[str]:
    try:
        import plotext
    except ImportError:
        raise UsageError("--plot needs plotext: pip install 'advisories[plot]'") from None
    days = [date.fromisoformat(r["date"]).toordinal() for r in rows]
    figure = plotext.figure
    figure.clear()
    figure.plot_size(screen.width - 1, HEIGHT)
    line = figure.signal(
        days, [r["tension"] for r in rows], marker="*" if screen.ascii else "braille"
    )
    figure.draw(line.lines() or line)
    if marked:
        figure.event([date.fromisoformat(d).toordinal() for d in marked], "vertical")
    _rulers(figure, days, rows)
    text = str(plotext.uncolorize(str(figure.build())))
    if screen.ascii:
        text = "".join(_LINES.get(letter, letter) for letter in text)
    return text.rstrip("\n").split("\n")


def _rulers(figure: Any, days: Sequence[int], rows: Sequence[Row]) -> None:
    """0 to 100 upward; four dates along, wherever the marks lie."""
    along = figure.ruler("x")
    along.lim(days[0], max(days[-1], days[0] + 1))
    ticks = sorted({days[len(days) * n // 4] for n in range(4)} | {days[-1]})
    along.ticks(ticks, [date.fromordinal(d).isoformat() for d in ticks])
    upward = figure.ruler("y")
    upward.lim(0, 100)
    upward.ticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100"])
