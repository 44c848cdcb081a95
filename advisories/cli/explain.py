"""`advisories explain`: the chain from a row to the bytes."""

import sys
from typing import Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.exits import Exit


def explain(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="As `show` prints it.")],
    raw: Annotated[bool, typer.Option("--raw", help="The bytes as received, on stdout.")] = False,
) -> int:
    """Why a row says what it says: words, rule, what was rejected, who else, when fetched."""
    from advisories.cli.printing import put
    from advisories.cli.reading import opened
    from advisories.rows import ExplainRow, fields

    session: Session = ctx.obj
    with opened(session) as store:
        if raw:
            _bytes(session, store.raw(ref))
            return Exit.DONE
        row: Any = store.explain(ref)
        put(session, [row], fields(ExplainRow), _draw)
    return Exit.DONE


def _bytes(session: Session, body: bytes) -> None:
    """Bytes into a pipe or file; on a terminal as text without controls."""
    if session.stdout.isatty() or session.stdout is not sys.stdout:
        from advisories.text import show

        lines = body.decode("utf-8", "replace").splitlines()
        session.stdout.writelines(show(line) + "\n" for line in lines)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(body)


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.chain import draw
    from advisories.output.terminal import Screen

    draw(Screen(session.stdout, session.env), rows[0])
