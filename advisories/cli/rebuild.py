"""`advisories rebuild`: everything derived, made again from the recorded bytes."""

from contextlib import closing
from typing import Annotated

import typer

from advisories.cli.context import Session
from advisories.text import count

FIELDS = ("what", "ref", "actor", "target", "act", "before", "after")


def rebuild(
    ctx: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print which events would appear, vanish or move.")
    ] = False,
) -> int:
    """Read and code all recorded answers again: a better rule repairs history."""
    session: Session = ctx.obj
    return _try(session) if dry_run else _do(session)


def _do(session: Session) -> int:
    from advisories.cli.finding import everything
    from advisories.cli.progress import Progress
    from advisories.pipeline.rebuild import rebuild as run
    from advisories.store import read_only, writable

    known = everything(session)
    read_only(session.db).close()  # a missing store is not made by rebuilding it
    with closing(writable(session.db)) as conn, Progress(session, "answer", every=10) as progress:
        n = run(conn, known, progress)
    session.say(f"{count(n, 'recorded answer')} read again")
    return 0


def _try(session: Session) -> int:
    from dataclasses import asdict
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from advisories.cli.finding import everything
    from advisories.cli.printing import put
    from advisories.pipeline.rebuild import differences

    known = everything(session)
    with TemporaryDirectory() as folder:
        found = list(differences(session.db, known, Path(folder) / "try.db"))
    put(session, [asdict(d) for d in found], FIELDS)
    session.say(f"{count(len(found), 'event')} would change" if found else "no event would change")
    return 0
