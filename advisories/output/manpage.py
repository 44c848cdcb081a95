"""The manual page (roff), made from the declared commands, so that it cannot lag behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisories.text import show


@dataclass(frozen=True, slots=True)
class Option:
    """An option or an argument: how it is written, the word for its value, what it means."""

    names: tuple[str, ...]
    value: str
    help: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words ("sources list"), arguments as in the usage line, options, meaning."""

    name: str
    arguments: tuple[Option, ...]
    options: tuple[Option, ...]
    help: str


@dataclass(frozen=True, slots=True)
class Manual:
    """What the page is made from; `codes`, `variables`, `files`, `examples`: (word, meaning)."""

    version: str
    about: str
    shared: Sequence[Option]
    commands: Sequence[Command]
    codes: Sequence[tuple[str, str]]
    variables: Sequence[tuple[str, str]]
    files: Sequence[tuple[str, str]]
    examples: Sequence[tuple[str, str]]


def roff(manual: Manual) -> str:
    """The page, for man(1)."""
    return "\n".join([*_head(manual), *_body(manual)]) + "\n"


def _head(manual: Manual) -> Iterator[str]:
    yield '.\\" Made by "make docs" from the declared commands.'
    yield f'.TH ADVISORIES 1 "" "advisories {_text(manual.version)}" "User Commands"'
    yield from (".SH NAME", f"advisories \\- {_text(_lower(manual.about).rstrip('.'))}")
    yield from (
        ".SH SYNOPSIS",
        ".B advisories",
        ".RI [ options ]",
        ".I command",
        ".RI [ arguments ]",
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _body(manual: Manual) -> Iterator[str]:
    yield from (".SH DESCRIPTION", _line(manual.about), ".PP")
    yield _line("Results go to standard output, all else to standard error. A terminal gets a form for "
                "people, a pipe one record a line.")  # fmt: skip
    yield from (".SH COMMANDS",)
    for command in manual.commands:
        yield from _command(command)
    yield from (".SH OPTIONS", _line("Everywhere, before or after the command:"))
    for option in manual.shared:
        yield from _option(option)
    sections = (("EXIT STATUS", manual.codes), ("ENVIRONMENT", manual.variables),
                ("FILES", manual.files))  # fmt: skip
    for title, pairs in sections:
        yield f".SH {title}"
        for word, meaning in pairs:
            yield from (".TP", f".B {_text(word)}", _line(meaning))
    yield ".SH EXAMPLES"
    for words, meaning in manual.examples:
        yield from (".TP", _line(meaning), f".B {_text(words)}")


def _command(command: Command) -> Iterator[str]:
    words = " ".join(_value(a.value, a.names) for a in command.arguments)
    yield f".SS {_text(command.name)} {words}".rstrip()
    yield _line(command.help)
    for part in (*command.arguments, *command.options):
        yield from _option(part) if part.help else ()


def _option(option: Option) -> Iterator[str]:
    flags = [n for n in option.names if n.startswith("-")]
    value = _value(option.value, option.names)
    yield ".TP"
    yield ", ".join(f"\\fB{_text(f)}\\fR" for f in flags) + (" " if flags and value else "") + value
    yield _line(option.help)


def _value(value: str, names: Sequence[str]) -> str:
    """The word for a value; an argument without one is called by its name."""
    bare = value or ("" if names and names[0].startswith("-") else " ".join(names).upper())
    return f"\\fI{_text(bare)}\\fR" if bare else ""


def _line(words: str) -> str:
    """A line of text that cannot be taken for a request."""
    told = _text(words.strip())
    return f"\\&{told}" if told.startswith((".", "'")) else told


def _text(words: str) -> str:
    """Letters as they are: backslashes, hyphens and quotes would mean something to roff."""
    plain = show(words).replace("\\", "\\e").replace("-", "\\-")
    return plain.replace('"', "\\(dq").replace("`", "\\(ga").replace("'", "\\(aq")
