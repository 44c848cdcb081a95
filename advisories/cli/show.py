"""`advisories show`: the timeline of a pair, a place or a list."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.cli.reading import AsOf, Number, Since, Until
from advisories.exits import Exit

if TYPE_CHECKING:
    from advisories.api import Store

SCREENFUL = 40
KINDS = ("advisory", "official", "news", "verbal", "material", "coop", "conflict", "verbal_coop",
         "material_coop", "verbal_conflict", "material_conflict")  # fmt: skip


def show(
    ctx: typer.Context,
    about: Annotated[
        str, typer.Argument(metavar="PAIR|PLACE|@LIST", help="RU-US, russia-usa, IL, RU-EU, @mine.")
    ],
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    kind: Annotated[
        str | None, typer.Option(help="advisory, official, news; or coop, conflict, material ...")
    ] = None,
    act: Annotated[
        str | None, typer.Option(help="expel, SANCTION, SANCTION.expel; with commas.")
    ] = None,
    min_severity: Annotated[int, typer.Option("--min-severity", min=0, max=4, help="0..4.")] = 0,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="0..1.")
    ] = 0.0,
    one_way: Annotated[
        bool, typer.Option("--one-way", help="Only from the first to the second.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Every telling of a story, not the first.")
    ] = False,
    limit: Number = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Oldest first.")] = False,
) -> int:
    """The timeline: who warned, expelled, sanctioned or talked to whom. Newest first."""
    from advisories.cli.printing import form_of, put
    from advisories.cli.reading import nothing, opened, words
    from advisories.rows import TimelineRow, fields

    session: Session = ctx.obj
    person = form_of(session) is None
    asked: dict[str, Any] = {
        "since": since, "until": until, "as_of": as_of, "one_way": one_way,
        "kinds": words(kind, KINDS, "the kind"), "acts": words(act, _acts(), "the act"),
        "min_severity": min_severity, "min_confidence": min_confidence, "every": every,
        "oldest_first": reverse,
        "limit": SCREENFUL if person and limit is None else limit,
    }  # fmt: skip
    with opened(session) as store:
        rows = store.timeline(about, **asked)
        n = put(session, rows, fields(TimelineRow),
                lambda s, r: _draw(s, store, about, asked, r))  # fmt: skip
        if not n:
            nothing(session, store, about, (since, until, as_of))
    return Exit.DONE


def _acts() -> list[str]:
    """Every act by its full name, category and mode."""
    from advisories.coding import acts

    names = list(acts())
    return [*names, *{n.partition(".")[0] for n in names}, *{n.partition(".")[2] for n in names}]


def _draw(session: Session, store: "Store", about: str, asked: dict[str, Any], rows: Any) -> None:
    from dataclasses import replace

    from advisories.output.terminal import Screen
    from advisories.output.timeline import draw

    if rows:
        screen = Screen(session.stdout, session.env)
        head = _head(store, about, asked, len(rows))
        draw(screen, replace(head, addresses=session.verbose), rows)


def _head(store: "Store", about: str, asked: dict[str, Any], shown: int) -> Any:
    from advisories import indexing
    from advisories.output.timeline import Head, title_of
    from advisories.store.reading.standing import newest

    scope = store.scope(about)
    pair = scope.single
    total, known = store.total(about, **asked), newest(store.conn, store.now)
    as_of = asked["as_of"] or known[:16] + "Z"
    if pair is None:
        return Head(about, total=total, as_of=as_of, shown=shown)
    if pair.second is None:
        warned = store.levels([pair.first], as_of=asked["as_of"])
        held = [r for r in warned if r["destination"] == pair.first]
        return Head(title_of(pair.first, None, False), (), None, total, as_of, shown, warned=held)
    return Head(
        title_of(pair.first, pair.second, asked["one_way"]), _levels(store, pair, asked),
        indexing.now_of(store, pair, asked["as_of"]), total, as_of, shown,
    )  # fmt: skip


def _levels(store: "Store", pair: Any, asked: dict[str, Any]) -> list[Any]:
    """What stands between the two, each way."""
    ends = [(pair.first, pair.second)] + ([] if asked["one_way"] else [(pair.second, pair.first)])
    rows = store.levels([pair.first, pair.second], issuers=[pair.first, pair.second],
                        as_of=asked["as_of"])  # fmt: skip
    return [r for r in rows if (r["issuer"], r["destination"]) in ends]
