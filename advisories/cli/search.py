"""`advisories search`: words in titles and summaries, in any language."""

from typing import Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf, Since, Until
from advisories.exits import Exit


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='All of them, a "phrase in quotes", begin*.'),
    ],
    pair: Annotated[
        str | None,
        typer.Option(metavar="PAIR|PLACE", help="Only items that name both, or the place."),
    ] = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="At most so many.")] = 50,
) -> int:
    """Items that hold all the words, newest first, hits marked."""
    from advisories.cli.printing import put
    from advisories.cli.reading import opened
    from advisories.rows import SearchRow, fields

    session: Session = ctx.obj
    asked = " ".join(words)
    with opened(session) as store:
        rows: Any = store.search(
            asked, pair=pair, since=since, until=until, as_of=as_of, limit=limit
        )
        if not put(session, rows, fields(SearchRow), _draw):
            about = f" about {pair}" if pair else ""
            session.say(f"nothing holds {asked!r}{about}; begin* finds longer words too")
    return Exit.DONE


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.lists import hits
    from advisories.output.terminal import Screen

    hits(Screen(session.stdout, session.env), rows)
