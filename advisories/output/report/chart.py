"""The index over time as inline SVG, drawn by matplotlib (the extra `report`), loaded only here."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from advisories.errors import UsageError
from advisories.output.report.markup import Markup
from advisories.output.report.svg import fit

# Colours that stand for a class of the page's style sheet; never seen by anyone.
CLASSES = ("ink", "muted", "grid", "forth", "back", "usual", "area", "gap", "raised", "lowered",
           "new", "p1", "p2", "p3", "p4", "p5")  # fmt: skip
COLOUR = {name: f"#0a0b{n + 16:02x}" for n, name in enumerate(CLASSES)}
SIGNS = {"raised": "▲", "lowered": "▼", "new": "●"}
TOPS = (25, 50, 100)
LETTER, LINE = 7.9, 15.0
"""Width of a letter and height of a line at 12 px, for keeping words apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a class of `CLASSES`, words at its end, a value (0..100) for each day."""

    colour: str
    label: str
    days: Sequence[date]
    values: Sequence[float]
    main: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of advice on a day: raised, lowered or new; a short word and a sentence."""

    day: date
    kind: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw. `gaps`: first and last day of times in which no source answered."""

    label: str
    lines: Sequence[Line]
    marks: Sequence[Mark] = ()
    gaps: Sequence[tuple[date, date]] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels; `right` is the room for the words at the lines' ends."""

    width: int
    height: int
    right: int
    font: float
    ticks: int


WIDE = Size(1080, 360, 132, 13, 10)
NARROW = Size(380, 300, 74, 12, 4)


def library() -> Any:
    """The plotting library.

    Raises:
        UsageError: it is not installed; the text says which extra to install.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import matplotlib
    except ImportError:
        raise UsageError(
            "a report needs matplotlib for its chart: pip install 'advisories[report]'"
        ) from None
    return matplotlib


def draw(chart: Chart, size: Size) -> Markup:
    """The chart at a size; the same chart gives the same bytes."""
    matplotlib = library()
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    out = io.StringIO()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({
            "svg.fonttype": "none", "svg.hashsalt": "advisories", "font.family": "DejaVu Sans",
            "font.size": size.font, "axes.linewidth": 1,
        })  # fmt: skip
        figure = Figure(figsize=(size.width / 72, size.height / 72), dpi=72)
        figure.patch.set_visible(False)
        FigureCanvasSVG(figure)
        titles = _plot(figure, chart, size)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return fit(out.getvalue(), {v: k for k, v in COLOUR.items()}, titles, chart.label)


def _plot(figure: Any, chart: Chart, size: Size) -> dict[str, str]:
    lanes = _lanes(chart, size)
    above = 10 + LINE * (1 + max((lane for lane, _ in lanes), default=-1))
    axes = _axes(figure, chart, size, above)
    for first, last in chart.gaps:
        axes.axvspan(first.toordinal(), last.toordinal(), color=COLOUR["gap"], lw=0, zorder=0)
    for line in chart.lines:
        _line(axes, line)
    _names(axes, chart, size, above)
    return dict(_mark(axes, n, mark, *lanes[n]) for n, mark in enumerate(chart.marks))


def _axes(figure: Any, chart: Chart, size: Size, above: float) -> Any:
    left, below = 32, 26
    box = (left / size.width, below / size.height, (size.width - left - size.right) / size.width,
           (size.height - below - above) / size.height)  # fmt: skip
    axes = figure.add_axes(box)
    axes.patch.set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(COLOUR["muted"])
    first, last = _span(chart)
    top = _top(chart)
    axes.set_xlim(first.toordinal(), max(last.toordinal(), first.toordinal() + 1))
    axes.set_ylim(0, top)
    axes.set_yticks([top * n / 4 for n in range(5)], [f"{top * n / 4:g}" for n in range(5)])
    axes.grid(axis="y", color=COLOUR["grid"], lw=1, clip_on=False)
    days = list(_ticks(first, last, size.ticks))
    axes.set_xticks([d.toordinal() for d, _ in days], [word for _, word in days])
    axes.tick_params(length=0, labelcolor=COLOUR["muted"], pad=7)
    return axes


def _span(chart: Chart) -> tuple[date, date]:
    return min(line.days[0] for line in chart.lines), max(line.days[-1] for line in chart.lines)


def _top(chart: Chart) -> int:
    highest = max(max(line.values) for line in chart.lines)
    return next((t for t in TOPS if highest <= 0.9 * t), TOPS[-1])


def _ticks(first: date, last: date, most: int) -> Iterator[tuple[date, str]]:
    """Round days with their words: days of a month, months, or years."""
    days = (last - first).days
    months = next(m for m in (1, 2, 3, 6, 12, 24, 60, 1200) if days / (30.4 * m) <= most)
    if days < 62:
        step = next(s for s in (1, 2, 4, 7, 14, 28, 62) if days / s <= most)
        for n in range(0, days + 1, step):
            day = first + timedelta(days=n)
            yield day, f"{day.day} {day:%b}"
        return
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % months == 0 and first <= day <= last:
            yield day, _month(day, months)


def _month(day: date, months: int) -> str:
    return f"{day:%Y}" if months >= 12 else f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"


def _line(axes: Any, line: Line) -> None:
    days = [d.toordinal() for d in line.days]
    if line.main:
        around = [days[0], *days, days[-1]], [0, *line.values, 0]
        axes.fill(*around, facecolor=COLOUR["area"], lw=0, zorder=1, clip_on=False)
    dashes = (0, (2, 3)) if line.colour == "usual" else "-"
    axes.plot(days, line.values, color=COLOUR[line.colour], lw=2.6 if line.main else 1.6,
              ls=dashes, zorder=4 if line.main else 3, clip_on=False,
              solid_joinstyle="round", solid_capstyle="round")  # fmt: skip


def _names(axes: Any, chart: Chart, size: Size, above: float) -> None:
    """Each line's name at its end, moved apart where two would touch."""
    room = size.height - 26 - above
    top, last = _top(chart), _span(chart)[1].toordinal()
    at = -1e9
    for line in sorted(chart.lines, key=lambda each: each.values[-1]):
        at = max(line.values[-1] / top * room, at + LINE)
        axes.annotate(
            line.label, (last, 0), (8, at), textcoords="offset points", va="center",
            color=COLOUR[line.colour], weight="bold" if line.main else "normal", zorder=6,
            annotation_clip=False,
        )  # fmt: skip


def _lanes(chart: Chart, size: Size) -> list[tuple[int, bool]]:
    """For each mark the lane of its word above the plot, and whether its word is told."""
    first, last = _span(chart)
    scale = (size.width - 32 - size.right) / max((last - first).days, 1)
    ends: list[float] = []
    found = []
    for mark in chart.marks:
        at = (mark.day - first).days * scale
        half = LETTER * (len(mark.word) + 2) / 2
        free = next((n for n, end in enumerate(ends) if at - half > end), len(ends))
        told = free < (3 if size is WIDE else 2)
        if told:
            ends[free : free + 1] = [at + half]
        found.append((free if told else 0, told))
    return found


def _mark(axes: Any, n: int, mark: Mark, lane: int, told: bool) -> tuple[str, str]:
    """A line down the plot, and above it a sign and a word."""
    day, colour = mark.day.toordinal(), COLOUR[mark.kind]
    name = f"mark-{n}"
    axes.axvline(day, color=colour, lw=1.2, ls=(0, (4, 2)), zorder=2, gid=name, clip_on=False)
    if told:
        axes.annotate(
            f"{SIGNS[mark.kind]} {mark.word}", (day, axes.get_ylim()[1]), (0, 6 + lane * LINE),
            textcoords="offset points", ha="center", va="bottom", color=colour, zorder=6,
            size=axes.xaxis.label.get_size() - 1, annotation_clip=False,
        )  # fmt: skip
    return name, mark.sentence
