"""What a person sees: one console, signs and colours with one meaning each, plain tables.

Nothing from outside is read as markup, no line is wider than the terminal, and what colour says a
sign says too. Links are real terminal links where the terminal is known to follow them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from advisories.text import show

SIGNS = ("+", "·", "!", "!!", "!!!")
SEVERITY = ("green", "cyan", "yellow", "dark_orange", "bold white on red")
LEVELS = {1: "green", 2: "yellow", 3: "dark_orange", 4: "bold white on red"}
DIM = "grey50"
_PLAIN = {"→": "->", "⇄": "<->", "·": ".", "▲": "^", "▼": "v", "…": "...", "×": "x", "–": "-",
          "█": "#", "░": "."}  # fmt: skip
_LINKING = ("VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "FORCE_HYPERLINK",
            "ITERM_SESSION_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR")  # fmt: skip


class Screen:
    """A console with what it can show: letters beyond ASCII or not, links or not."""

    def __init__(self, out: TextIO, env: Mapping[str, str]) -> None:
        forced = bool(env.get("FORCE_COLOR")) or None
        self.console = Console(
            file=out, force_terminal=forced, highlight=False, markup=False, emoji=False,
            legacy_windows=False, _environ={k: v for k, v in env.items() if k != "TERM_PROGRAM"},
        )  # fmt: skip
        self.ascii = not _can_show(getattr(out, "encoding", None) or "utf-8")
        self.links = any(env.get(name) for name in _LINKING) and not self.console.is_dumb_terminal

    @property
    def width(self) -> int:
        """Cells in a line."""
        return max(20, self.console.width)

    def sign(self, text: str) -> str:
        """Our own signs in what the terminal's encoding can show."""
        if not self.ascii:
            return text
        for fine, plain in _PLAIN.items():
            text = text.replace(fine, plain)
        return text

    def print(self, *parts: Any) -> None:
        """Print what Rich can, folded at the width."""
        for part in parts or ("",):
            self.console.print(part, overflow="fold", no_wrap=False, soft_wrap=False)

    def indented(self, part: Any, by: int = 2) -> None:
        """Print with every line, also those that follow from folding, moved to the right."""
        from rich.padding import Padding

        self.print(Padding(part, (0, 0, 0, by), expand=False))

    def linked(self, text: str, url: str | None, style: str = "") -> Text:
        """Text from outside, as it is, with its address behind it where that works."""
        found = Text(show(text), style=style)
        if self.links and url:
            found.stylize(Style(link=show(url)))
        return found


def _can_show(encoding: str) -> bool:
    try:
        "→⇄▲…×█".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def level_text(level: int | None, regional: int | None = None) -> Text:
    """A level as the matrix shows it: 4, 2r4 (a part at 4), ? (unknown)."""
    text = Text(str(level or "?"), style=LEVELS.get(level or 0, DIM))
    if regional and regional != level:
        text.append(f"r{regional}", style=LEVELS.get(regional, ""))
    return text


def grid(*widths: int | None) -> Table:
    """Columns of fixed width that are never cut, and None for one that takes the rest and folds."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        if width is None:
            table.add_column(ratio=1, overflow="fold")
        else:
            table.add_column(width=width, no_wrap=True)
    return table


def table(
    out: TextIO, rows: Sequence[Mapping[str, Any]], fields: Sequence[str], env: Mapping[str, str]
) -> None:
    """A plain table of these fields; long cells fold."""
    screen = Screen(out, env)
    drawn = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for field in fields:
        drawn.add_column(field.replace("_", " "), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(show(_cell(row.get(f)))) for f in fields))
    screen.print(drawn)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return str(value)


def age(days: int | None) -> str:
    """Days as people say them: 5 d, 7 mo, 3 y."""
    if days is None:
        return "?"
    if days < 120:
        return f"{days} d"
    return f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def sure(confidence: float) -> str:
    """A confidence as a word."""
    return "high" if confidence >= 0.6 else "fair" if confidence >= 0.3 else "low"
