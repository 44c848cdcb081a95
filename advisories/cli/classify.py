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
    second: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Ask a model of the llm library too (news only)."),
    ] = None,
) -> int:
    """Code texts: {"id","title","summary"?,"text"?,"lang"?,"date"?} a line."""
    from advisories.cli.texts import KINDS, write

    session: Session = ctx.obj
    if as_ not in KINDS:
        raise UsageError(f"--as must be news or advisory, not {as_!r}")
    if second and as_ != "news":
        raise UsageError("--second has a say on news only; leave it out with --as advisory")
    name = session.config.second if second is None else second
    opinion = None
    if name and as_ == "news":
        from advisories.coding.second import opinion as of

        opinion = of(name, lambda line: session.warn(f"advisories: {line}"))
    form = session.format or "ndjson"
    write(file, as_, form, session.stdout, csv_raw=session.csv_raw, second=opinion)
    return Exit.DONE
