"""The rows as tables for the documents: made from the same types as the schemas."""

from typing import Any

from advisories.output.schemas import COMMANDS, schema


def tables() -> str:
    """A heading and a table of keys for each command, in Markdown."""
    parts = []
    for command in COMMANDS:
        row = schema(command)["items"]
        lines = [
            f"### `{command}`",
            "",
            row["description"],
            "",
            "| key | type | |",
            "|---|---|---|",
        ]
        lines += [f"| `{key}` | {_type(about)} | {_about(about)} |"
                  for key, about in row["properties"].items()]  # fmt: skip
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _type(about: dict[str, Any]) -> str:
    kind = about.get("type", "any" if "anyOf" not in about else "object or null")
    names = [kind] if isinstance(kind, str) else kind
    return " or ".join(names)


def _about(about: dict[str, Any]) -> str:
    text: str = about.get("description", "")
    return text.replace("|", "\\|")
