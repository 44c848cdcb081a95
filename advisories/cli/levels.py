"""`advisories levels`: what every issuer says of every destination."""

from typing import Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf
from advisories.exits import Exit

APART = 2


def levels(
    ctx: typer.Context,
    destinations: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DEST]...", help="LB, lebanon, EU, @mine; none: all."),
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="Only these issuers: US,GB.")] = None,
    disagree: Annotated[
        bool, typer.Option("--disagree", help="Only where issuers are two levels or more apart.")
    ] = False,
    as_of: AsOf = None,
) -> int:
    """Standing levels: a matrix, one destination in long form, or one issuer's list."""
    from advisories.cli.printing import put
    from advisories.cli.reading import opened, words
    from advisories.rows import LevelRow, fields

    session: Session = ctx.obj
    with opened(session) as store:
        rows: Any = store.levels(destinations or (), issuers=words(issuer), as_of=as_of)
        if disagree:
            rows = _apart(rows)
        n = put(session, rows, fields(LevelRow), _draw)
        if not n:
            _nothing(session, store, destinations or [], issuer)
    return Exit.DONE


def _apart(rows: list[Any]) -> list[Any]:
    seen: dict[str, list[int]] = {}
    for row in rows:
        seen.setdefault(row["destination"], []).extend([row["level"]] if row["level"] else [])
    apart = {d for d, found in seen.items() if found and max(found) - min(found) >= APART}
    return [r for r in rows if r["destination"] in apart]


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.matrix import draw
    from advisories.output.terminal import Screen

    draw(Screen(session.stdout, session.env), rows)


def _nothing(session: Session, store: Any, destinations: list[str], issuer: str | None) -> None:
    from advisories.store.reading.standing import issuers

    known = ", ".join(issuers(store.conn)) or "none yet; run `advisories fetch`, or add --demo"
    asked = ", ".join(destinations) or "any destination"
    by = f" by {issuer}" if issuer else ""
    session.say(f"no standing advice for {asked}{by}; issuers in the store: {known}")
