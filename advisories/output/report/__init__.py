"""The report: one HTML file that needs nothing else, to read, print, keep and pass on.

    html = render(Report(...))

No scripts, nothing loaded from outside, and a content policy that would refuse both; `page.html` is
the frame and `style.css` its style. The same report gives the same bytes.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any

from advisories.output.report.chart import library
from advisories.output.report.markup import Markup, join, text

__all__ = ["Made", "Report", "library", "render"]

Row = Any
"""A row of `advisories.rows`."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a report was made: versions, the store's last answer, and the command for it."""

    version: str
    coders: Sequence[str]
    answered: str
    command: str
    half_life: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that stands in a report; instants are UTC, "2024-12-11T09:30:00Z".

    `places` are the codes it is about: two of a pair, one of a place, none of the world. `index`
    holds one series of TensionRows for each line of the chart (of a pair or place: one).
    `standing` are the headline levels, `levels` those of the matrix, `own` a place's own list.
    `told` has severity, url and lang of what drives the index, by ref, actor, target and act.
    """

    about: str
    places: tuple[str, ...]
    since: date
    until: date
    known: str
    index: Sequence[Sequence[Row]]
    standing: Sequence[Row]
    timeline: Sequence[Row]
    total: Row
    changes: Sequence[Row]
    levels: Sequence[Row]
    own: Sequence[Row]
    ranking: Sequence[Row]
    sources: Sequence[Row]
    made: Made
    told: Mapping[tuple[str, str, str, str], Row] = field(default_factory=dict)


def render(report: Report) -> str:
    """The page.

    Raises:
        UsageError: the plotting library (the extra `report`) is not installed.
    """
    from advisories.output.report import about, figures, listing, tables

    parts: list[Markup] = [
        about.header(report),
        figures.index(report),
        figures.drivers(report),
        listing.changes(report),
        tables.ranking(report),
        listing.timeline(report),
        tables.levels(report),
        tables.own(report),
        tables.sources(report),
        about.made(report),
    ]
    style = _data("style.css")
    return Template(_data("page.html")).substitute(
        title=text(about.title(report)),
        policy=text(_policy(style)),
        style=style,
        version=text(report.made.version),
        body=join(parts, "\n").html,
    )


def _policy(style: str) -> str:
    """Nothing may load or run; this one style sheet, known by its hash, is read."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )


def _data(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
