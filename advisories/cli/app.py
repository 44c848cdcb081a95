"""The command tree: one file a command, imported here, each with its heavy imports inside.

The options that all commands share work before and after the command's name: they are moved to the
front before Typer sees them.
"""

import os
import sys
from typing import Annotated

import typer

from advisories import __version__
from advisories.cli import context
from advisories.errors import AdvisoriesError
from advisories.exits import Exit
from advisories.text import show, without_secrets

FLAGS = {"--demo", "-v", "--verbose", "-q", "--quiet", "--debug", "--csv-raw",
         *(f"--{f}" for f in context.FORMATS)}  # fmt: skip
VALUED = {"--db", "--config"}
PAIRED = ("show", "tension", "report")
"""Commands that are about one pair or place."""

app = typer.Typer(
    name="advisories",
    help="Travel advisories and diplomatic tension in one timeline: who warned, expelled, "
    "sanctioned or talked to whom.",
    epilog="Everywhere, before or after the command: --db PATH, --demo, --config PATH, -v, -q, "
    "--json, --ndjson, --csv, --tsv.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout and sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"advisories {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option(metavar="PATH", help="The store.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Use the bundled demo store.")] = False,
    config: Annotated[str | None, typer.Option(metavar="PATH", help="Configuration file.")] = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what failed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    ndjson: Annotated[bool, typer.Option("--ndjson", help="One JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, inert in a spreadsheet.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="Tab-separated, as in a pipe.")] = False,
    csv_raw: Annotated[bool, typer.Option("--csv-raw", help="CSV, cells exactly as is.")] = False,
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Travel advisories and diplomatic tension in one timeline."""
    named = (("json", json), ("ndjson", ndjson), ("csv", csv or csv_raw), ("tsv", tsv))
    ctx.obj = context.session(
        db=db, demo=demo, config=config, verbose=verbose, quiet=quiet,
        formats=[name for name, on in named if on],
    )  # fmt: skip
    ctx.obj.csv_raw = csv_raw


def hoist(argv: list[str]) -> list[str]:
    """The shared options first, wherever they were written; nothing after a bare `--` moves."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in FLAGS or ("=" in word and word.partition("=")[0] in VALUED):
            front.append(word)
        elif word in VALUED:
            front += [word, *_value(words)]
        else:
            rest.append(word)
    return front + rest


def _value(words: "object") -> list[str]:
    value = next(words, None)  # type: ignore[call-overload]
    return [] if value is None else [value]


def invoke(argv: list[str]) -> int:
    """Run the command; the exit code. Errors that are ours are one line on stderr."""
    from advisories.cli import commands

    commands.register(app)
    debug = "--debug" in argv or bool(os.environ.get("ADVISORIES_DEBUG"))
    try:
        code = app(hoist(argv), standalone_mode=False, prog_name="advisories")
    except SystemExit:  # Typer's answer to a closed pipe; ours is another code
        raise BrokenPipeError from None
    except AdvisoriesError as error:
        if debug:
            raise
        print(f"advisories: {without_secrets(show(str(error)))}", file=sys.stderr)
        return error.exit_code
    except Exception as error:
        return _usage_or_bug(error, debug, argv)
    return code if isinstance(code, int) else Exit.DONE


def _usage_or_bug(error: Exception, debug: bool, argv: list[str]) -> int:
    """Typer's own complaints are usage; anything else is a bug, told in one line."""
    if isinstance(error, OSError) or debug:
        raise error
    said = getattr(error, "format_message", None)
    if callable(said):
        text = show(said()).rstrip(".")
        if "extra argument" in text and any(name in argv for name in PAIRED):
            text += "; a pair is one word, such as RU-US"
        print(f"advisories: {text}; see --help", file=sys.stderr)
        return Exit.USAGE
    if type(error).__name__ == "Abort":
        return Exit.INTERRUPTED
    text = without_secrets(show(f"{type(error).__name__}: {error}"))
    print(f"advisories: internal error: {text}; --debug shows where", file=sys.stderr)
    return Exit.FAILURE
