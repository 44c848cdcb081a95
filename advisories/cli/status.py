"""`advisories status`: is it fresh, is it whole, what needs care."""

from typing import Any

import typer

from advisories.cli.context import Session
from advisories.exits import Exit
from advisories.text import count

CARE = ("stale", "unavailable", "format")


def status(ctx: typer.Context) -> int:
    """Every source's last answer, yield and last error; exit 3 if one that worked fails now."""
    from advisories.cli.printing import put
    from advisories.cli.reading import opened
    from advisories.rows import StatusRow, fields

    session: Session = ctx.obj
    with opened(session) as store:
        rows: Any = store.status()
    put(session, rows, fields(StatusRow), _draw)
    bad = [r for r in rows if r["state"] in CARE and r["last_good"]]
    if not rows:
        session.say("no source has been asked yet; run `advisories fetch`")
    if bad:
        names = ", ".join(f"{r['source']} ({r['state']})" for r in bad[:4])
        more = f" and {len(bad) - 4} more" if len(bad) > 4 else ""
        session.say(f"{len(bad)} of {count(len(rows), 'source')} {'needs' if len(bad) == 1 else 'need'}"
                    f" care: {names}{more}")  # fmt: skip
    return Exit.SOME_FAILED if bad else Exit.DONE


def _draw(session: Session, rows: Any) -> None:
    from advisories.output.lists import sources
    from advisories.output.terminal import Screen

    sources(Screen(session.stdout, session.env), rows)
