"""`advisories schema`: the JSON Schema of a command's rows."""

import json
from typing import Annotated

import typer

from advisories.cli.context import Session
from advisories.errors import UsageError
from advisories.exits import Exit


def schema(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="show, levels, changes ...")
    ] = None,
) -> int:
    """The JSON Schema of a command's rows; without a command, of all by name."""
    from advisories.output.schemas import COMMANDS, schema

    session: Session = ctx.obj
    name = " ".join(command or [])
    if name and name not in COMMANDS:
        raise UsageError(f"no schema of {name!r}; there are: {', '.join(COMMANDS)}")
    found = schema(name) if name else {each: schema(each) for each in COMMANDS}
    session.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    return Exit.DONE
