"""`advisories tension` and `advisories pairs`: the index, one pair's or a ranking."""

from typing import Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf, Since, Until
from advisories.exits import Exit


def tension(
    ctx: typer.Context,
    pair: Annotated[str, typer.Argument(metavar="PAIR|PLACE", help="RU-US, russia-usa, IL.")],
    since: Since = None,
    until: Until = None,
    by: Annotated[str, typer.Option(metavar="day|week|month", help="One row for each.")] = "day",
    plot: Annotated[bool, typer.Option("--plot", help="Draw it, level changes marked.")] = False,
    as_of: AsOf = None,
) -> int:
    """A pair's index, 0 to 100, with everything that it is made from."""
    from advisories.cli.printing import form_of, put
    from advisories.cli.reading import opened
    from advisories.rows import TensionRow, fields

    session: Session = ctx.obj
    with opened(session) as store:
        rows: Any = store.tension(pair, since=since, until=until, by=by, as_of=as_of)
        if plot and (form_of(session) is None or session.format is None):
            _plot(session, rows, _moves(store, pair, rows))
        else:
            put(session, rows, fields(TensionRow), _draw)
        if not any(r["volume"] for r in rows):
            from advisories.cli.reading import nothing

            nothing(session, store, pair, (since, until, as_of))
    return Exit.DONE


def _moves(store: Any, pair: str, rows: Any) -> list[Any]:
    """The changes of level between the two, within the rows' days."""
    found = store.changes(to=[pair], kinds=("raised", "lowered")) if "-" in rows[0]["pair"] else []
    days = rows[0]["date"], rows[-1]["date"]
    return [c for c in found if days[0] <= (c["published"] or c["observed"])[:10] <= days[1]]


def _plot(session: Session, rows: Any, moves: list[Any]) -> None:
    from advisories.output.chart import plot
    from advisories.output.terminal import Screen

    plot(Screen(session.stdout, session.env), rows, moves)


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.chart import table
    from advisories.output.terminal import Screen

    table(Screen(session.stdout, session.env), rows)


def pairs(
    ctx: typer.Context,
    rising: Annotated[bool, typer.Option("--rising", help="By the rise in seven days.")] = False,
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="So many.")] = 20,
    as_of: AsOf = None,
) -> int:
    """The most tense pairs of countries, or those that rose most in seven days."""
    from advisories.cli.printing import put
    from advisories.cli.reading import opened
    from advisories.rows import PairRow, fields

    session: Session = ctx.obj
    with opened(session) as store:
        rows: Any = store.pairs(rising=rising, limit=limit, as_of=as_of)
        if not put(session, rows, fields(PairRow), _draw_pairs) and limit:
            session.say("no pair rose in the last seven days" if rising
                        else "no pair has any friction in this store")  # fmt: skip
    return Exit.DONE


def _draw_pairs(session: Session, rows: Any) -> None:
    from advisories.output.lists import pairs as draw
    from advisories.output.terminal import Screen

    draw(Screen(session.stdout, session.env), rows)
