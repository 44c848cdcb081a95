"""JSON Schemas of every command's rows, made from `advisories.rows`, so that both say the same."""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from advisories import rows

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: Mapping[Any, str] = {
    str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null",
}  # fmt: skip
# What the other commands print; theirs are plain rows.
_OTHER: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "classify": ("One text as the coder reads it.", {
        "id": Annotated[Any, "as given"], "lang": str,
        "kind": Annotated[str | None, "the main act's: verbal_coop ... material_conflict"],
        "countries": list[str],
        "events": Annotated[list[dict[str, Any]], "actor, target, act, kind, severity, score, "
                            "confidence, rule, evidence"],
    }),
    "sources list": ("A source.", {
        "id": str, "kind": str, "issuer": str | None, "url": str, "lang": str,
        "country": str | None, "state": str,
    }),
}  # fmt: skip
COMMANDS: Mapping[str, Any] = {
    "show": rows.TimelineRow, "levels": rows.LevelRow, "changes": rows.ChangeRow,
    "pairs": rows.PairRow, "tension": rows.TensionRow, "search": rows.SearchRow,
    "explain": rows.ExplainRow, "status": rows.StatusRow, **_OTHER,
}  # fmt: skip


def schema(command: str) -> dict[str, Any]:
    """The schema of a command's `--json`: an array of its rows.

    Raises:
        KeyError: no such command, or it prints no rows.
    """
    held = COMMANDS[command]
    row = _typed(held) if is_typeddict(held) else _object(*held)
    return {
        "$schema": DRAFT,
        "title": f"advisories {command}",
        "description": "The array of --json; --ndjson prints one item a line.",
        "type": "array",
        "items": row,
    }


def _typed(row: type) -> dict[str, Any]:
    about = (row.__doc__ or "").partition("\n")[0]
    return _object(about, get_type_hints(row, include_extras=True))


def _object(about: str, hints: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "description": about,
        "type": "object",
        "properties": {key: _value(hint) for key, hint in hints.items()},
        "required": list(hints),
    }


def _value(hint: Any) -> dict[str, Any]:
    """One key's schema."""
    if get_origin(hint) is Annotated:
        inner, about, *_ = get_args(hint)
        return _value(inner) | {"description": str(about)}
    if is_typeddict(hint):
        return _typed(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return _either([_value(part) for part in get_args(hint)])
    if get_origin(hint) is list:
        return {"type": "array", "items": _value(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"type": "object"}
    return {"type": _SIMPLE[hint]} if hint in _SIMPLE else {}


def _either(parts: list[dict[str, Any]]) -> dict[str, Any]:
    if all(set(p) == {"type"} for p in parts):
        return {"type": [p["type"] for p in parts]}
    return {"anyOf": parts}
