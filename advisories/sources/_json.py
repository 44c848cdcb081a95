"""JSON bodies: whole or cut; odd numbers, doubled keys and wrong types are kept from doing harm."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from advisories.errors import Damaged, ParseError
from advisories.sources._bytes import decode
from advisories.text import clean

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{},]', re.S)
_CLOSER = {"[": "]", "{": "}"}


class Twice(tuple[Any, ...]):
    """Both values of a key that stands twice, with different values, in one object."""

    __slots__ = ()


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) < 19 else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        doubled = key in found and found[key] != value
        found[key] = Twice((found[key], value)) if doubled else value
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_constant=lambda _: None
)


def load(body: bytes, rows: int) -> tuple[Any, str]:
    """The value of a JSON body, and what is wrong with it ("" if it is whole).

    Args:
        body: as received.
        rows: how many brackets are open around a row; of a body that is cut, the rows with a comma
            behind them are kept (the last one before a cut is not).

    Raises:
        ParseError: it is not JSON.
        Damaged: it is cut before the first whole row.
    """
    text = decode(body).lstrip("\ufeff \t\r\n")
    if text[:1] not in ("[", "{"):
        raise ParseError(f"not JSON: it begins with {clean(text[:40])!r}")
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError:
        raise ParseError("not JSON that can be read: nested too deep") from None
    except json.JSONDecodeError as error:
        return _whole_rows(text[: error.pos], rows), f"JSON broken at character {error.pos}"
    return value, "text after the end of the JSON" if text[end:].strip() else ""


def _whole_rows(text: str, rows: int) -> Any:
    """The value of a text that ends too early, closed after its last whole row."""
    opened: list[str] = []
    last = 0
    closers = ""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in _CLOSER:
            opened.append(mark)
        elif mark in "]}" and opened:
            opened.pop()
        elif mark == "," and len(opened) == rows:
            last, closers = token.start(), "".join(_CLOSER[m] for m in reversed(opened))
    if last:
        try:
            return _DECODER.raw_decode(text[:last] + closers)[0]
        except (json.JSONDecodeError, RecursionError):
            pass
    raise Damaged("JSON cut before its first whole row")


def refuse_cut(damage: str) -> None:
    """For a body that is one thing: half of it is not read at all.

    Raises:
        Damaged: there is damage.
    """
    if damage:
        raise Damaged(damage)


def error_text(value: object) -> str:
    """The words of a JSON error object, for the message of a ParseError."""
    if isinstance(value, Mapping):
        for key in ("error", "message", "detail", "msg"):
            if isinstance(value.get(key), str):
                return f": {clean(value[key])[:100]}"
    return ""


def string(row: Mapping[str, Any], *path: str) -> str:
    """The clean text at a path of keys; "" if it is missing or no string."""
    value = at(row, *path)
    return clean(value) if isinstance(value, str) else ""


def number(value: object) -> int | None:
    """A whole number, also when written as a string of digits; None for anything else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        return int(value.strip()[:9])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def at(row: object, *path: str) -> Any:
    """The value at a path of keys, None if a step is missing or no object."""
    for key in path:
        row = row.get(key) if isinstance(row, Mapping) else None
    return row


def mappings(value: object) -> Iterable[Mapping[str, Any]]:
    """The objects of a list; other things in it are left out."""
    return (v for v in value if isinstance(v, Mapping)) if isinstance(value, list) else ()
