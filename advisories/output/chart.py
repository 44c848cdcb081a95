"""The index drawn in the terminal, and as a table with what drives it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from advisories.errors import UsageError
from advisories.output.terminal import DIM, Screen, grid, level_text, sure
from advisories.output.timeline import heat, word
from advisories.text import show

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
    sums = (f"conflict {last['conflict_forth']:.2f} forth, {last['conflict_back']:.2f} back; "
            f"cooperation {last['coop_forth']:.2f}, {last['coop_back']:.2f}; "
            f"scale {last['scale']:.2f}, half-life {last['half_life']:g} covered days")  # fmt: skip
    screen.print(Text(sums, style=DIM))
    screen.print(Text(f"{last['outlets']} outlets, coverage {last['coverage']:.0%} of 30 days, "
                      f"last answer {last['gap_days']} days before", style=DIM))  # fmt: skip
    for story in last["drivers"]:
        drawn = grid(6, 10, 8, 15, None)
        title = Text(show(story["title"])).append(f"  {story['ref']}", style=DIM)
        way = screen.sign(f"{story['actor']}→{story['target']}")
        drawn.add_row(f"{story['left']:.2f}", story["date"][:10], way, word(story["act"]), title)
        screen.print(drawn)


def _head(screen: Screen, row: Row) -> Text:
    text = Text(f"{row['pair']}  tension ", style="bold")
    text.append(f"{row['tension']:.0f}/100", style=heat(row["tension"]))
    text.append(
        f"  {row['change_7d']:+.1f} in 7 d  forth {row['forth']:.0f}  back {row['back']:.0f}"
    )
    return text.append(
        f"  usual {row['usual']:.0f}  confidence {sure(row['confidence'])}", style=DIM
    )


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
