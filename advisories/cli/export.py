"""`advisories export`: Atom and JSON Feed of a pair, a destination or all changes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import Since
from advisories.errors import UsageError
from advisories.exits import Exit
from advisories.text import count

if TYPE_CHECKING:
    from advisories.api import Store

FORMS = ("atom", "jsonfeed")
ALL = "changes"
ENTRIES = 100


def export(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="atom|jsonfeed", help="The feed's form.")],
    about: Annotated[
        str,
        typer.Argument(
            metavar="[PAIR|DEST|changes]",
            help="RU-US: what they do to each other (RU-any: with anyone); IL: changes of "
                "advice about it; changes: all of these.",
        ),
    ] = ALL,
    since: Since = None,
    limit: Annotated[
        int, typer.Option("-n", "--limit", min=0, help="The newest so many entries.")
    ] = ENTRIES,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; else stdout.")
    ] = None,
) -> int:  # fmt: skip
    """A feed for a reader or a program: an entry for each change, never rewritten."""
    from advisories.cli.reading import opened
    from advisories.cli.writing import write
    from advisories.output import feeds

    session: Session = ctx.obj
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form of feed; write {' or '.join(FORMS)}")
    with opened(session) as store:
        feed = _feed(store, about, since, limit)
    write(session, feeds.atom(feed) if form == "atom" else feeds.json_feed(feed), output)
    if not feed.entries:
        session.say(f"the feed of {about} has no entry yet")
    elif output not in (None, "-"):
        session.say(f"wrote {output} ({count(len(feed.entries), 'entry', 'entries')})")
    return Exit.DONE


def _feed(store: "Store", about: str, since: str | None, limit: int) -> Any:
    from advisories import __version__
    from advisories.output import feeds
    from advisories.store.reading.standing import newest

    title, entries = _entries(store, about, since)
    return feeds.Feed(
        about, title, newest(store.conn, store.now), __version__, feeds.ordered(entries, limit)
    )


def _entries(store: "Store", about: str, since: str | None) -> tuple[str, list[Any]]:
    """Title and entries: events where two sides are named, else changes of advice."""
    from advisories.output import feeds
    from advisories.places.pairs import ANY
    from advisories.store.reading.changes import REAL

    if about == ALL:
        rows = store.changes(since=since, kinds=REAL)
        return "Changes of travel advice", [feeds.from_change(r) for r in rows]
    scope = store.scope(about)
    anyone = about.lower().endswith(f"-{ANY}")
    if all(pair.second is None for pair in scope.pairs) and not anyone:
        rows = store.changes(since=since, to=[about], kinds=(*REAL, "first"), every=True)
        return f"Travel advice about {_names(scope)}", [feeds.from_change(r) for r in rows]
    events = store.timeline(about, since=since)
    return f"{_names(scope)}: who did what to whom", [feeds.from_event(r) for r in events]


def _names(scope: Any) -> str:
    from advisories.places import name

    pair = scope.single
    if pair is None:
        return str(scope.name)
    return " and ".join(name(code) for code in (pair.first, pair.second) if code)
