"""The fast path: the question that scripts ask most, answered before the command line is loaded.

    show PAIR [--since D] [--until D] [-n N] [--db PATH] [--json|--ndjson|--csv|--tsv]
    classify [FILE|-] [--as news|advisory] [--json|--ndjson|--csv|--tsv]

with both ends of the pair as codes; and what a shell asks while a person types. Anything else, an
empty answer and every error go the full way: it gives the same bytes (a test runs each form both
ways), only later. Why, and what it saves: docs/decisions/0015-plain-questions-first.md.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from advisories.rows import TimelineRow

VALUED = {"--since": "since", "--until": "until", "-n": "limit", "--limit": "limit", "--db": "db"}
FORMS = ("--json", "--ndjson", "--csv", "--tsv")


def answer(argv: list[str]) -> int | None:
    """Answer a plain question; the exit code, or None where the full command line must."""
    if argv[:1] == ["complete"]:
        return _complete(argv[1:])
    if argv[:1] == ["classify"]:
        return _classify(argv[1:])
    asked = understood(argv)
    if asked is None:
        return None
    form = asked.get("form") or ("" if sys.stdout.isatty() or _coloured(os.environ) else "tsv")
    return _show(asked, form) if form else None


def _classify(words: list[str]) -> int | None:
    """`classify [FILE|-] [--as KIND] [--FORM]`: cold, most of the time would be the command line."""
    from advisories.cli import texts
    from advisories.errors import AdvisoriesError

    form, kind, files = "ndjson", "news", []
    rest = iter(words)
    for word in rest:
        if word in FORMS:
            form = word[2:]
        elif word == "--as":
            kind = next(rest, "")
        else:
            files.append(word)
    odd = len(files) > 1 or any(f.startswith("-") and f != "-" for f in files)
    if odd or kind not in texts.KINDS or sum(w in FORMS for w in words) > 1:
        return None
    if _second_named():
        return None
    try:
        texts.write(files[0] if files else "-", kind, form, sys.stdout)
    except AdvisoriesError as error:
        from advisories.text import show, without_secrets

        print(f"advisories: {without_secrets(show(str(error)))}", file=sys.stderr)
        return error.exit_code
    return 0


def _second_named() -> bool:
    """Whether the configuration names a model for a second opinion, or is broken."""
    from advisories.config import load
    from advisories.errors import AdvisoriesError

    try:
        return bool(load(None, os.environ).second)
    except AdvisoriesError:  # the full command line tells what is wrong
        return True


def _coloured(env: Mapping[str, str]) -> bool:
    return bool(env.get("FORCE_COLOR"))


def understood(argv: list[str]) -> dict[str, str] | None:
    """The parts of a plain question, or None: something in it is not plain."""
    if "show" not in argv:
        return None
    asked: dict[str, str] = {}
    words = iter(argv)
    for word in words:
        if word in FORMS:
            key, value = "form", word[2:]
        elif word in VALUED:
            key, value = VALUED[word], next(words, "")
        else:
            key, value = _named(word, asked)
        if not key or not value or value.startswith("-") or key in asked:
            return None
        asked[key] = value
    return asked if "pair" in asked and asked.get("limit", "0").isdecimal() else None


def _named(word: str, asked: Mapping[str, str]) -> tuple[str, str]:
    """`--since=D`, the command, the pair."""
    option, equals, value = word.partition("=")
    if equals and option in VALUED:
        return VALUED[option], value
    if word == "show":
        return "show", word
    plain = len(word) == 5 and word[2] == "-" and word.replace("-", "", 1).isalpha()
    return ("pair", word) if plain and "show" in asked else ("", "")


def _show(asked: Mapping[str, str], form: str) -> int | None:
    """The rows of a pair; None where there are none, or something is wrong."""
    from advisories.errors import AdvisoriesError

    try:
        rows = _rows(asked)
        first = next(rows, None)
    except AdvisoriesError:
        return None
    if first is None:
        return None
    from itertools import chain

    from advisories.output.emit import emit

    try:
        emit(chain([first], rows), tuple(first), form, sys.stdout)
    except AdvisoriesError as error:  # the file is damaged further on
        print(f"advisories: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _rows(asked: Mapping[str, str]) -> "Iterator[TimelineRow]":
    from pathlib import Path

    from advisories.api import Store
    from advisories.config import load
    from advisories.store.opening import read_only

    config = load(None, os.environ, db=Path(asked["db"]) if "db" in asked else None)
    store = Store(read_only(config.db), _now(os.environ), watch=config.watch)
    return store.timeline(
        asked["pair"], since=asked.get("since"), until=asked.get("until"),
        limit=int(asked["limit"]) if "limit" in asked else None,
    )  # fmt: skip


def _now(env: Mapping[str, str]) -> "datetime":
    from datetime import UTC, datetime

    told = env.get("ADVISORIES_NOW")
    if told:
        return datetime.fromisoformat(told.replace("Z", "+00:00"))
    return datetime.now(UTC)  # noqa: TID251 - as in cli.context, which would load too much


def _complete(words: list[str]) -> int | None:
    """Names that begin with a prefix: `complete WHAT PREFIX [--db PATH]`."""
    from contextlib import closing
    from pathlib import Path

    from advisories.config import load
    from advisories.errors import AdvisoriesError
    from advisories.store.opening import read_only
    from advisories.store.reading import names

    what, prefix, *rest = [*words, "", ""][: max(2, len(words))]
    if what not in names.KINDS or (rest and (len(rest) != 2 or rest[0] != "--db")):
        return None
    try:
        config = load(None, os.environ, db=Path(rest[1]) if rest else None)
        with closing(read_only(config.db)) as conn:
            found = names.starting(conn, what, prefix, config.watch)
    except AdvisoriesError:  # a shell wants names or nothing
        return 0
    sys.stdout.writelines(f"{name}\n" for name in found)
    return 0
