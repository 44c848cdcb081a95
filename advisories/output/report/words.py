"""Small pieces that the sections share: directions, levels, severities, days, counts."""

from datetime import date

from advisories.output.report import Row
from advisories.output.report.markup import Markup, el
from advisories.places import name

SEVERITIES = (("+", "cooperative"), ("·", "routine"), ("!", "friction"), ("!!", "serious"),
              ("!!!", "violence or rupture"))  # fmt: skip
LEVELS = ("unknown", "normal precautions", "increased caution", "avoid non-essential travel",
          "do not travel")  # fmt: skip


def day(when: date) -> str:
    """11 December 2024."""
    return f"{when.day} {when:%B %Y}"


def number(value: float) -> str:
    """A value of the index, as exact as it deserves."""
    return f"{value:.0f}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 outlet, 2 outlets."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def way(actor: str, target: str) -> Markup:
    """RU→US, with the names for those who hear it or rest a pointer on it."""
    words = f"{name(actor)} toward {name(target)}"
    return el("abbr", actor, el("span", "→", class_="arrow"), target, title=words, class_="way")


def severity(value: int) -> Markup:
    """A sign and a colour of the same meaning."""
    sign, words = SEVERITIES[value]
    return el("span", sign, class_=f"sev sev-{value}", title=f"severity {value}: {words}", role="img",
              aria_label=f"severity {value}, {words}")  # fmt: skip


def level(row: Row, *, long: bool = False) -> Markup:
    """4, 2r4 (a part at 4) or ?; the issuer's words where a pointer rests."""
    return grade(row["level"], row["regional_max"], row.get("level_text") or "", row["stale"], long)


def grade(
    value: int | None, part: int | None = None, said: str = "", stale: bool = False,
    long: bool = False,
) -> Markup:  # fmt: skip
    """A level with its meaning; `long` writes the meaning out."""
    words = f"level {value or '?'}: {LEVELS[value or 0]}"
    words += f"; parts at level {part}" if part and part != value else ""
    words += f"; in its words: {said}" if said else ""
    words += "; stale" if stale else ""
    region = el("sub", f"r{part}") if part and part != value else None
    mark = el("span", "!", class_="stale") if stale else None
    shown = f"{value or '?'}"
    return el("span", "level " if long else None, shown, region, mark, title=words,
              class_=f"lvl lvl-{value or 0}")  # fmt: skip
