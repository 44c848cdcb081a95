"""The manual page's content, read off the command tree.

    python -m advisories.cli.manual docs/advisories.1

writes it (`make docs`).
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from advisories.exits import Exit
from advisories.output.manpage import Command, Manual, Option, roff

CODES = {
    Exit.DONE: "Done.",
    Exit.FAILURE: "A failure of ours, a failed write, unreadable input.",
    Exit.USAGE: "Unknown or ambiguous name, bad option, broken configuration.",
    Exit.SOME_FAILED: "Some sources failed; status: one that once worked is stale or broken.",
    Exit.ALL_FAILED: "Every source that was asked failed.",
    Exit.STORE: "The store is missing, not ours, newer, damaged, or cannot be written.",
    Exit.CONDITION: "With --exit-code: there is something to see.",
    Exit.INTERRUPTED: "Ctrl-C.",
    Exit.CLOSED_PIPE: "The reader of the output went away.",
    Exit.TERMINATED: "Ended by a TERM signal.",
}
VARIABLES = (
    ("ADVISORIES_DB", "The store, as --db."),
    ("ADVISORIES_CONFIG", "The configuration file, as --config."),
    ("ADVISORIES_NOW", "The instant to take for now, such as 2024-12-12T00:00:00Z."),
    ("NO_COLOR, FORCE_COLOR, COLUMNS", "As elsewhere: no colour, colour, the width."),
)
FILES = (
    ("~/.config/advisories/config.toml", "Settings and lists ([watch], usable as @name)."),
    ("~/.local/share/advisories/advisories.db", "The store, an SQLite file."),
)
EXAMPLES = (
    ("advisories fetch", "Ask the sources that are due:"),
    ("advisories show RU-US --since 30d", "Who did what to whom in the last month:"),
    ("advisories levels LB SD NE", "Which governments warn of where:"),
    ("advisories changes --since last --exit-code", "Only what changed since the last look:"),
    ("advisories report RU-US -o ru-us.html", "One file to pass on:"),
    ("advisories --demo show RU-US", "A look around without a network:"),
)


def manual() -> Manual:
    """The manual of the program as it is."""
    import typer

    from advisories import __version__
    from advisories.cli import commands
    from advisories.cli.app import app

    commands.register(app)
    tree: Any = typer.main.get_command(app)
    shared = [_option(p) for p in tree.params if not p.hidden]
    about = str(tree.help)
    codes = [(str(int(code)), meaning) for code, meaning in CODES.items()]
    return Manual(
        __version__, about, shared, list(_commands(tree, "")), codes, VARIABLES, FILES, EXAMPLES
    )


def _commands(group: Any, above: str) -> Iterator[Command]:
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if getattr(command, "commands", None):
            yield from _commands(command, f"{above}{name} ")
        else:
            yield _command(command, f"{above}{name}")


def _command(command: Any, name: str) -> Command:
    parts = [p for p in command.params if not getattr(p, "hidden", False)]
    arguments = tuple(_option(p) for p in parts if p.param_type_name == "argument")
    options = tuple(_option(p) for p in parts if p.param_type_name == "option")
    return Command(name, arguments, options, " ".join(str(command.help or "").split()))


def _option(part: Any) -> Option:
    flag = part.param_type_name == "option" and part.is_flag
    word = max(part.opts, key=len).lstrip("-").upper()
    value = "" if flag else str(part.metavar or word)
    return Option(tuple(part.opts), value, " ".join(str(part.help or "").split()))


def main(argv: list[str]) -> int:
    """Write the page to a file, or to stdout."""
    page = roff(manual())
    if argv:
        Path(argv[0]).write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
