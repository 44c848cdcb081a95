"""`advisories sources list|check|parse|add|accept`: what is asked, and how it is read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.errors import AdvisoriesError, Damaged, ParseError
from advisories.exits import Exit
from advisories.model import Item, Source

WIDE = 100
"""From this width on, a table of sources has room for their names."""
LIST = (
    "id", "kind", "issuer", "url", "lang", "country", "state", "name", "outlet", "tier", "sets",
    "status_date", "note", "licence", "attribution",
)  # fmt: skip
PARSED = (
    "key", "title", "url", "published", "destination", "level", "level_text", "regional_max",
    "lang", "reasons", "unknown", "flags",
)  # fmt: skip
CHECKED = ("id", "state", "items", "levels", "yield", "facts", "reason")

app = typer.Typer(help="What is asked, and how it is read.", no_args_is_help=True)

Own = Annotated[
    Path | None, typer.Option("--sources", metavar="FILE.toml", help="Sources of your own.")
]


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only advisory, official or news.")] = None,
    set_: Annotated[str | None, typer.Option("--set", help="Only those of a set.")] = None,
    sources: Own = None,
) -> int:
    """All sources, with what is known of their state."""
    from advisories.cli.choosing import in_set
    from advisories.cli.finding import everything
    from advisories.cli.printing import put

    session: Session = ctx.obj
    found = everything(session, sources).values()
    rows = [
        row(s) for s in found
        if (kind is None or s.kind == kind) and (set_ is None or in_set(s, set_))
    ]  # fmt: skip
    put(session, rows, LIST, _draw_list)
    return Exit.DONE


def row(source: Source) -> dict[str, Any]:
    """One source as a row of `sources list`."""
    return {
        "id": source.id, "kind": source.kind, "issuer": source.issuer, "url": source.url,
        "lang": source.lang, "country": source.country or None, "state": source.status,
        "name": source.name, "outlet": source.outlet or None, "tier": source.tier,
        "sets": list(source.sets), "status_date": source.status_date or None,
        "note": source.status_note or None, "licence": source.licence or None,
        "attribution": source.attribution or None,
    }  # fmt: skip


def _draw_list(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    from advisories.output.lists import known
    from advisories.output.terminal import Screen, table

    screen, held = Screen(session.stdout, session.env), list(rows)
    if screen.width < WIDE:
        known(screen, held)
        return
    table(session.stdout, held, ("id", "kind", "issuer", "lang", "country", "state", "name"),
          session.env)  # fmt: skip


@app.command("parse")
def parse(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source's id.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recorded body.")],
    url: Annotated[str, typer.Option(help="The address it came from.")] = "",
    sources: Own = None,
) -> int:
    """Print what a recorded body holds, as this source reads it."""
    from advisories.cli.choosing import choose
    from advisories.cli.finding import everything
    from advisories.cli.printing import put

    session: Session = ctx.obj
    known = everything(session, sources)
    chosen = choose(known, [source], None, "all", session, None)[source]
    items, problem = _read(session, chosen, file, url or chosen.url)
    put(session, [parsed_row(i) for i in items], PARSED)
    if problem:
        session.warn(f"{source}: partial: {problem}")
    return Exit.DONE


def _read(session: Session, source: Source, file: Path, url: str) -> tuple[list[Item], str]:
    from advisories.model import Document
    from advisories.pipeline.reading import read_all

    try:
        body = file.read_bytes()
    except OSError as error:
        raise AdvisoriesError(f"{file}: cannot be read: {error.strerror}") from None
    try:
        return read_all(source, Document(url, 200, body, session.now))
    except Damaged as error:
        return [], str(error)
    except ParseError as error:
        raise AdvisoriesError(f"{file}: {error}") from None


def parsed_row(item: Item) -> dict[str, Any]:
    """One item as a row of `sources parse`."""
    from advisories.times import iso

    return {
        "key": item.key, "title": item.title, "url": item.url or None,
        "published": iso(item.published) if item.published else None,
        "destination": item.destination, "level": item.level,
        "level_text": item.level_text or None, "regional_max": item.regional_max,
        "lang": item.lang or None, "reasons": list(item.reasons),
        "unknown": item.unknown or None, "flags": list(item.flags),
    }  # fmt: skip


@app.command("check")
def check(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...")] = None,
    deadline: Annotated[float, typer.Option(min=0.5, help="Seconds for one document.")] = 30.0,
    sources: Own = None,
) -> int:
    """Ask live, and compare with what each source should hold. Stores nothing."""
    from advisories.cli.checking import check_all
    from advisories.cli.choosing import choose
    from advisories.cli.finding import everything
    from advisories.cli.printing import put

    session: Session = ctx.obj
    known = everything(session, sources)
    kind = None if names or sources else "advisory"
    chosen = choose(known, names or (), kind, "core", session, sources)
    rows = check_all(session, chosen, deadline)
    put(session, rows, CHECKED)
    bad = [r for r in rows if r["state"] != "ok"]
    for r in bad:
        session.warn(f"{r['id']}: {r['state']}: {r['reason']}")
    if not bad:
        return Exit.DONE
    return Exit.ALL_FAILED if len(bad) == len(rows) else Exit.SOME_FAILED


@app.command("accept")
def accept(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A flagged source.")],
) -> int:
    """Say that a source's much smaller list is right: what it lost may become "unlisted"."""
    from contextlib import closing

    from advisories.store import read_only, transaction, writable, writing

    session: Session = ctx.obj
    read_only(session.db).close()
    with closing(writable(session.db)) as conn, transaction(conn):
        if not writing.has_source(conn, source):
            raise AdvisoriesError(f"the store holds nothing of a source called {source!r}")
        writing.save_decision(conn, "fewer", source, "{}", session.now)
    session.say(f"{source}: the smaller list is taken as right from now on")
    return Exit.DONE


@app.command("add")
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a list in a known form.")],
    name: Annotated[str | None, typer.Option(help="What to call it; default: its site.")] = None,
    kind: Annotated[str | None, typer.Option(help="advisory, official or news.")] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Whose words they are: a code such as RU.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="The outlet's country.")] = None,
    lang: Annotated[str | None, typer.Option(help="Its language, such as en.")] = None,
    allow_origin: Annotated[
        str | None, typer.Option(help="One private host:port that it may reach.")
    ] = None,
) -> int:
    """Find out what an address is, show three items, and write it into the configuration."""
    from advisories.cli.adding import SHOWN
    from advisories.cli.adding import add as run
    from advisories.cli.printing import put

    session: Session = ctx.obj
    given = {"kind": kind, "issuer": issuer, "country": country, "lang": lang,
             "allow_origin": allow_origin}  # fmt: skip
    items = run(session, url, name, {k: v for k, v in given.items() if v})
    put(session, [parsed_row(i) for i in items[:SHOWN]], PARSED)
    return Exit.DONE
