"""Rows to stdout: a program's form when asked for or in a pipe, else a table for a person."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from advisories.cli.context import Session
from advisories.output.emit import Row, emit

Draw = Callable[[Session, Sequence[Any]], None]


def form_of(session: Session) -> str | None:
    """The form to print in; None: a person's, on a terminal."""
    if session.format:
        return session.format
    forced = session.env.get("FORCE_COLOR")
    return None if session.stdout.isatty() or forced else "tsv"


def put(
    session: Session, rows: Iterable[Row], fields: Sequence[str], draw: Draw | None = None
) -> int:
    """Print rows; the number of rows.

    Args:
        session: where to, and in which form.
        rows: mappings with at least `fields`.
        fields: the keys, in order.
        draw: how a person sees them; a plain table when left out.
    """
    form = form_of(session)
    if form is not None:
        n = emit(rows, fields, form, session.stdout, csv_raw=session.csv_raw)
    else:
        held = list(rows)
        n = len(held)
        (draw or _table(fields))(session, held)
    session.stdout.flush()  # a failed write is told before anything else is
    return n


def _table(fields: Sequence[str]) -> Draw:
    def draw(session: Session, held: Sequence[Any]) -> None:
        from advisories.output.terminal import table

        table(session.stdout, held, fields, session.env)

    return draw
