"""`advisories replay`: recordings through the same pipeline."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisories.cli.context import Session
from advisories.text import count

if TYPE_CHECKING:
    from advisories.pipeline.replay import Replayed


def replay(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE.warc[.gz]...", help="Recordings.")],
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FILE.toml", help="Sources of your own, for this run."),
    ] = None,
) -> int:
    """Read recordings as if they were fetched now, with their own dates as the clock."""
    from advisories.cli.finding import finder
    from advisories.cli.progress import Progress
    from advisories.fetching import recordings
    from advisories.pipeline.replay import replay as run
    from advisories.store import writable

    session: Session = ctx.obj
    find = finder(session, sources)
    documents = recordings.read(files)
    with closing(writable(session.db)) as conn, Progress(session, "record", every=10) as progress:
        done = run(conn, documents, find, progress)
    report(session, done)
    return 0


def report(session: Session, done: "Replayed") -> None:
    """What came of it, in a few lines on stderr."""
    session.say(
        f"{count(done.answers, 'answer')} from {count(len(done.sources), 'source')}: "
        f"{count(done.items, 'item')}, "
        f"{done.new} new, {done.changed} changed"
    )
    if done.unknown:
        session.say(f"{count(done.unknown, 'record')} of addresses that no source knows skipped")
    for source, n in sorted(done.refused.items()):
        session.warn(f"{source}: {count(n, 'answer')} refused, last: {done.why[source]}")
    for source, n in sorted(done.partial.items()):
        session.warn(f"{source}: {count(n, 'answer')} partial, last: {done.why[source]}")
    for source, notes in sorted(done.notes.items()):
        session.say(*(f"{source}: {note}" for note in notes[:10]))
        if len(notes) > 10:
            session.say(f"{source}: and {len(notes) - 10} more; see `advisories status`")
