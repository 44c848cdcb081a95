"""What the reading commands share: the open store, options, and what to say of an empty answer."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from advisories.cli.context import Session
from advisories.errors import UsageError

if TYPE_CHECKING:
    from advisories.api import Store

Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="From this day on: 2024-12-01, 30d.")
]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to and with this day.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="What was known at the end of this day."),
]
Number = Annotated[int | None, typer.Option("-n", "--limit", min=0, help="At most so many rows.")]


def opened(session: Session) -> "Store":
    """The session's store, for reading."""
    from advisories.api import open_store

    config = session.config
    return open_store(
        session.db, now=session.now, half_life_days=config.half_life_days, watch=config.watch
    )


def words(text: str | None, known: Iterable[str] = (), what: str = "") -> tuple[str, ...]:
    """A comma list; with `known`, each must be one of them.

    Raises:
        UsageError: a word that is not known; suggests near ones.
    """
    found = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    allowed = list(known)
    for part in found:
        if allowed and part.lower() not in [a.lower() for a in allowed]:
            import difflib

            near = difflib.get_close_matches(part.lower(), allowed, n=3) or allowed[:12]
            raise UsageError(f"{what} {part!r} is not known; try {', '.join(near)}")
    return found


def nothing(session: Session, store: "Store", about: str, days: Sequence[str | None]) -> None:
    """Say what was looked for and not found, and what is near."""
    from advisories.store.reading.timeline import extent, near

    asked = [f"{name} {day}" for name, day in zip(("since", "until", "as of"), days, strict=False)
             if day]  # fmt: skip
    session.say(f"nothing of {about}" + (f" {', '.join(asked)}" if asked else ""))
    since, until = store.day(days[0]), store.last_day(days[1])
    if since and until and since > until:
        session.say("--since is later than --until")
        return
    held = extent(store.conn)
    if not held["events"]:
        session.say("the store holds no events yet; run `advisories fetch`, or add --demo")
        return
    pair = store.scope(about).single
    around = near(store.conn, pair.first) if pair else []
    told = ", ".join(f"{pair.first}-{r['place']} ({r['stories']})" for r in around) if pair else ""
    session.say(f"the store holds {held['first'][:10]} to {held['last'][:10]}"
                + (f"; near: {told}" if told else ""))  # fmt: skip
