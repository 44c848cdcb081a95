"""`advisories completion SHELL`: a script whose options are fixed when it is printed.

Names that change (pairs of the store, sources) are asked of `advisories complete WHAT PREFIX`, which
loads next to nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from advisories.cli.context import Session
from advisories.errors import UsageError
from advisories.exits import Exit

SHELLS = ("bash", "zsh", "fish")
EVERYWHERE = ("--db", "--demo", "--config", "--json", "--ndjson", "--csv", "--tsv", "--verbose",
              "--quiet", "--help")  # fmt: skip
PAIRED = ("show", "tension", "report", "export")
SOURCED = ("fetch", "sources")
PLACED = ("levels",)


def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Which shell.")],
) -> int:
    """A completion script: `eval "$(advisories completion bash)"`."""
    session: Session = ctx.obj
    if shell not in SHELLS:
        raise UsageError(f"there is completion for {', '.join(SHELLS)}, not for {shell!r}")
    from advisories.cli.app import app

    options = dict(_options(app))
    script = _fish(options) if shell == "fish" else _bash(options, zsh=shell == "zsh")
    session.stdout.write(script)
    return Exit.DONE


def _options(app: typer.Typer) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(command, its own options) of all commands, as they are declared."""
    tree = typer.main.get_command(app)
    for name, command in sorted(getattr(tree, "commands", {}).items()):
        if command.hidden:
            continue
        nested = getattr(command, "commands", None)
        if nested:
            yield name, tuple(sorted(nested))
            continue
        own = [o for p in command.params for o in p.opts if o.startswith("--")]
        yield name, tuple(sorted({*own, *EVERYWHERE}))


def _bash(options: Mapping[str, tuple[str, ...]], *, zsh: bool) -> str:
    cases = "\n".join(f"    {name}) opts='{' '.join(own)}' ;;" for name, own in options.items())
    names = " ".join(options)
    compat = "autoload -U +X bashcompinit && bashcompinit\n" if zsh else ""
    return f"""{compat}_advisories() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" cmd="" word opts=""
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {names} " in *" $word "*) cmd="$word"; break ;; esac
  done
  case "$cmd" in
    '') opts='{names} {" ".join(EVERYWHERE)}' ;;
{cases}
  esac
  case "$cur" in
    -*) ;;
    *) case "$cmd" in
      {"|".join(PAIRED)}) opts="$(advisories complete pairs "$cur" 2>/dev/null)" ;;
      {"|".join(PLACED)}) opts="$(advisories complete places "$cur" 2>/dev/null)" ;;
      {SOURCED[0]}) opts="$(advisories complete sources "$cur" 2>/dev/null)" ;;
      {SOURCED[1]}) opts="$opts $(advisories complete sources "$cur" 2>/dev/null)" ;;
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$opts" -- "$cur"))
}}
complete -o default -F _advisories advisories
"""


def _fish(options: Mapping[str, tuple[str, ...]]) -> str:
    lines = ["complete -c advisories -f"]
    lines += [f"complete -c advisories -n __fish_use_subcommand -a {name}" for name in options]
    for name, own in options.items():
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        lines += [
            f"complete -c advisories {seen} " + (f"-l {o[2:]}" if o.startswith("--") else f"-a {o}")
            for o in own
        ]
    for what, names in (("pairs", PAIRED), ("places", PLACED), ("sources", SOURCED)):
        seen = f"-n '__fish_seen_subcommand_from {' '.join(names)}'"
        ask = f"'(advisories complete {what} (commandline -ct) 2>/dev/null)'"
        lines.append(f"complete -c advisories {seen} -a {ask}")
    return "\n".join(lines) + "\n"


def complete(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="pairs|places|sources")],
    prefix: Annotated[str, typer.Argument()] = "",
) -> int:
    """Names that begin with a prefix, one a line; silent where there is no store."""
    from advisories.cli.reading import opened
    from advisories.errors import StoreError
    from advisories.store.reading import names

    session: Session = ctx.obj
    if what not in names.KINDS:
        raise UsageError(f"complete knows {', '.join(names.KINDS)}, not {what!r}")
    try:
        with opened(session) as store:
            found = names.starting(store.conn, what, prefix, session.config.watch)
    except StoreError:
        return Exit.DONE
    session.stdout.writelines(f"{name}\n" for name in found)
    return Exit.DONE
