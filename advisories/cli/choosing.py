"""Which sources a command is about: named ones, a kind, a set, a country."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from advisories.cli.context import Session
from advisories.errors import UsageError
from advisories.model import Source

SETS = ("core", "wires", "official", "all")


def choose(
    known: Mapping[str, Source], names: Sequence[str], kind: str | None, chosen_set: str,
    session: Session, own: Path | None,
) -> dict[str, Source]:  # fmt: skip
    """The sources to ask, by id.

    Raises:
        UsageError: a name or set that is not known, or nothing left to ask.
    """
    if names:
        return {name: _named(known, name) for name in dict.fromkeys(names)}
    mine = set(session.config.feeds) | _in_file(own)
    if own is not None:
        wanted = {n: known[n] for n in _in_file(own)}
    else:
        wanted = {n: s for n, s in known.items() if n in mine or in_set(s, chosen_set)}
    if kind:
        wanted = {n: s for n, s in wanted.items() if s.kind == kind}
    if not wanted:
        raise UsageError(
            f"no source is in the set {chosen_set!r}; sets: {', '.join(SETS)}, or a country's code"
        )
    return wanted


def _in_file(own: Path | None) -> set[str]:
    from advisories.sources import feeds

    return set(feeds.read_file(own)) if own else set()


def _named(known: Mapping[str, Source], name: str) -> Source:
    if name in known:
        return known[name]
    import difflib

    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    near += [n for n in sorted(known) if name in n and n not in near][:3]
    hint = f"; near: {', '.join(near)}" if near else ""
    raise UsageError(f"no source is called {name!r}{hint}; see `advisories sources list`")


def in_set(source: Source, name: str) -> bool:
    """Whether a source is asked when a set is: blocked and retired ones only by name."""
    if source.status in ("blocked", "retired"):
        return False
    if source.key_env:
        import os

        if not os.environ.get(source.key_env):
            return False
    if name == "all":
        return True
    if name == "core":
        return source.kind == "advisory" or "core" in source.sets
    if name == "official":
        return source.kind in ("advisory", "official")
    if len(name) == 2 and name.isalpha():
        return name.upper() in (source.country, source.issuer)
    return name in source.sets
