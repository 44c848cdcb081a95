"""`advisories demo`: the bundled recording, replayed and shown. No network."""

import typer

from advisories.cli.context import Session
from advisories.exits import Exit

VIEWS = (
    ("Russia and the United States, November and December 2024", ["show", "RU-US", "-n", "12"]),
    (
        "What governments told their travellers",
        ["levels", "RU", "UA", "IL", "LB", "KR", "CN", "US"],
    ),
    ("What changed", ["changes", "--since", "2024-11-01"]),
)


def demo(ctx: typer.Context) -> int:
    """Build the demo store from the bundled recording and show what is in it."""
    from advisories.cli import demostore
    from advisories.cli.app import app

    session: Session = ctx.obj
    demostore.ensure(session.env)
    shared = ["--demo", *([f"--{session.format}"] if session.format else [])]
    for title, words in VIEWS:
        session.say("", f"{title}   (advisories --demo {' '.join(words)})")
        session.stderr.flush()
        code = app([*shared, *words], standalone_mode=False, prog_name="advisories")
        if code:
            return int(code)
        session.stdout.flush()
    session.say(
        "",
        "The demo's items were written for it, after public facts. Next: advisories fetch,",
        "or look around with --demo: advisories --demo tension RU-US; advisories --demo pairs",
    )
    return Exit.DONE
