"""`advisories report`: one HTML file about a pair, a place or the world."""

import shlex
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf, Since, Until
from advisories.errors import UsageError
from advisories.exits import Exit

if TYPE_CHECKING:
    from advisories.api import Store
    from advisories.reporting import Asked

STORIES = 400


def report(
    ctx: typer.Context,
    about: Annotated[
        str, typer.Argument(metavar="PAIR|PLACE|world", help="RU-US, russia-usa, IL, RU-EU, world.")
    ],
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    min_severity: Annotated[
        int, typer.Option("--min-severity", min=0, max=4, help="Of the timeline, 0..4.")
    ] = 0,
    limit: Annotated[
        int, typer.Option("-n", "--limit", min=0, help="At most so many stories.")
    ] = STORIES,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE.html", help="Where to; - is stdout."),
    ] = None,
) -> int:
    """One HTML file: index, level changes, timeline, levels, sources. No scripts, no network."""
    from advisories.cli.reading import opened
    from advisories.cli.writing import is_terminal, write
    from advisories.output.report import library, render
    from advisories.reporting import Asked, gather

    session: Session = ctx.obj
    if output is None and is_terminal(session):
        raise UsageError("a report is a file, not for a terminal; add -o FILE.html")
    library()
    with opened(session) as store:
        asked = Asked(about, store.day(since), store.last_day(until), store.last_day(as_of),
                      min_severity, limit)  # fmt: skip
        clocked = _clock(store, asked)
        page = render(gather(store, asked, command(session, store, asked, clocked)))
    write(session, page, output)
    if output not in (None, "-"):
        size = -(-len(page.encode()) // 1024)
        session.say(f"wrote {output} (one file, no scripts, {size} kB)")
    return Exit.DONE


def _clock(store: "Store", asked: "Asked") -> bool:
    """Set the store's clock: now in whole seconds, or the end of the day of `as_of`.

    True if the report depends on now.
    """
    from advisories.indexing import instant

    store.now = store.now.replace(microsecond=0)
    if asked.as_of is None:
        return True
    end = instant((asked.as_of + timedelta(days=1)).isoformat())
    present, store.now = end > store.now, min(store.now, end)
    return present


def command(session: Session, store: "Store", asked: "Asked", clocked: bool) -> str:
    """The command that makes the same file from the same store."""
    from advisories.config import default_db
    from advisories.times import iso

    words = [f"ADVISORIES_NOW={iso(store.now)}"] if clocked and not session.demo else []
    words.append("advisories")
    if session.demo:
        words.append("--demo")
    elif session.db != default_db(session.env):
        words += ["--db", session.db.name]
    words += ["report", asked.about, *_days(asked)]
    words += ["--min-severity", str(asked.min_severity)] if asked.min_severity else []
    words += ["-n", str(asked.limit)] if asked.limit != STORIES else []
    return shlex.join([*words, "-o", "report.html"])


def _days(asked: "Asked") -> list[str]:
    named: tuple[tuple[str, date | None], ...] = (
        ("--since", asked.since), ("--until", asked.until), ("--as-of", asked.as_of),
    )  # fmt: skip
    return [word for name, day in named if day for word in (name, day.isoformat())]
