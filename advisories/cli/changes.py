"""`advisories changes`: what really changed in the advice of governments."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf, Number
from advisories.exits import Exit

if TYPE_CHECKING:
    from advisories.api import Store


def changes(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY|last", help="Seen from this day on; last: since you last asked."),
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="Only these issuers: US,GB.")] = None,
    to: Annotated[
        str | None, typer.Option(metavar="PLACE|PAIR|@LIST", help="Only of these: FR,TR, US-RU, @mine.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="raised, lowered, regional, unlisted, relisted (these if none), text, "
                     "reissued, first."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All kinds, and bulk changes one by one.")] = False,
    as_of: AsOf = None,
    limit: Number = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 10 if there is a change.")
    ] = False,
) -> int:  # fmt: skip
    """What really changed, newest first; what is hidden is counted on stderr."""
    from advisories.cli import looked
    from advisories.cli.printing import put
    from advisories.cli.reading import opened, words
    from advisories.rows import ChangeRow, fields
    from advisories.store.reading.changes import KINDS, latest_attempt

    session: Session = ctx.obj
    asked: dict[str, Any] = {
        "since": since, "as_of": as_of, "issuers": words(issuer), "to": words(to), "every": every,
        "kinds": words(kind, KINDS, "the kind"), "after": 0,
    }  # fmt: skip
    with opened(session) as store:
        name = looked.name(session, to, issuer, kind)
        if since == "last":
            asked |= {"since": None, "after": looked.last(session, name)}
        newest = latest_attempt(store.conn)
        rows: Any = store.changes(**asked)
        put(session, rows[:limit], fields(ChangeRow), _draw)
        session.stdout.flush()
        _hidden(session, store, asked, len(rows))
        if since == "last":
            looked.remember(session, name, newest)
    return Exit.CONDITION if exit_code and rows else Exit.DONE


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.lists import changes
    from advisories.output.terminal import Screen

    changes(Screen(session.stdout, session.env), rows)


def _hidden(session: Session, store: "Store", asked: dict[str, Any], shown: int) -> None:
    """One line on what the question left out."""
    from advisories.store.reading.changes import hidden

    wanted = store.wanted(asked["since"], asked["after"], asked["as_of"], asked["issuers"],
                          asked["to"], asked["kinds"], asked["every"])  # fmt: skip
    if not wanted.kinds:
        return
    counts = hidden(store.conn, wanted)
    told = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items(), key=lambda c: -c[1]))
    if told:
        session.say(f"{'' if shown else 'no change; '}hidden: {told} (--all shows them)")
    elif not shown:
        session.say("no change")
