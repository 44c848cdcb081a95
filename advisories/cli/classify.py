"""`advisories classify`: texts in, codings out, one JSON object a line; no store needed."""

from typing import Annotated

import typer

from advisories.cli.context import Session
from advisories.errors import UsageError
from advisories.exits import Exit


def classify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="NDJSON; - or none: stdin.")] = "-",
    as_: Annotated[
        str, typer.Option("--as", metavar="news|advisory", help="What the texts are.")
    ] = "news",
) -> int:
    """Code texts: {"id","title","summary"?,"text"?,"lang"?,"date"?} a line."""
    from advisories.cli.texts import KINDS, write

    session: Session = ctx.obj
    if as_ not in KINDS:
        raise UsageError(f"--as must be news or advisory, not {as_!r}")
    write(file, as_, session.format or "ndjson", session.stdout, csv_raw=session.csv_raw)
    return Exit.DONE
