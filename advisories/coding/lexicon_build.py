"""Build step: compile the readable lexicons into one phrase table a language.

Run `python -m advisories.coding.lexicon_build` after a change in `lexicon/`. A pattern is one or
more phrases with `...` between them: a gap inside one clause. The results in `data/lexicon-*.json`
are checked in.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from advisories.coding.lexicon import read_acts
from advisories.places.phrases import compile_table

HERE = Path(__file__).parent


def languages() -> list[str]:
    """The languages that have a lexicon."""
    return sorted({"en", *(path.stem for path in (HERE / "lexicon").glob("*.toml"))})


def lexicon(lang: str) -> dict[str, Any]:
    """The lexicon as written."""
    path = HERE / "lexicon" / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def verbs(lang: str) -> dict[str, list[str]]:
    """Further patterns of plain prose by act."""
    every = tomllib.loads((HERE / "verbs.toml").read_text(encoding="utf-8"))
    own: dict[str, list[str]] = every.get(lang, {})
    return own


def markers(lang: str) -> dict[str, list[str]]:
    """All markers of a language."""
    every = tomllib.loads((HERE / "verbs.toml").read_text(encoding="utf-8"))
    out = {name: list(words) for name, words in lexicon(lang).get("markers", {}).items()}
    for name, words in every.get("markers", {}).get(lang, {}).items():
        out.setdefault(name, []).extend(words)
    return out


def patterns(lang: str) -> dict[str, list[str]]:
    """All patterns of a language by act."""
    out = {act: list(t["patterns"]) for act, t in lexicon(lang).items() if act != "markers"}
    for act, more in verbs(lang).items():
        out.setdefault(act, []).extend(more)
    return out


class _Meanings:
    """Numbers for what a phrase can mean: a marker, an act, or a part of a longer pattern."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._number: dict[tuple[str, str], int] = {}

    def number(self, kind: str, value: str) -> int:
        if (kind, value) not in self._number:
            self._number[kind, value] = len(self.rows)
            self.rows.append([kind, value])
        return self._number[kind, value]


def build(lang: str) -> dict[str, Any]:
    """The compiled lexicon of one language."""
    meanings = _Meanings()
    forms: dict[tuple[str, int], None] = {}
    gaps: dict[str, list[list[Any]]] = {}
    for marker, words in markers(lang).items():
        forms.update({(w, meanings.number("marker", marker)): None for w in words})
    for act, rows in patterns(lang).items():
        for pattern in rows:
            parts = [part.strip() for part in pattern.split("...") if part.strip()]
            if len(parts) == 1:
                forms[parts[0], meanings.number("act", act)] = None
                continue
            numbers = [meanings.number("part", part) for part in parts]
            forms.update({(part, n): None for part, n in zip(parts, numbers, strict=True)})
            row = [numbers[1:], act]
            if row not in gaps.setdefault(str(numbers[0]), []):
                gaps[str(numbers[0])].append(row)
    return {"meanings": meanings.rows, "gaps": gaps, **compile_table(list(forms), lang)}


def dump(table: dict[str, Any]) -> str:
    """The table as it is checked in: compact, one key a line, ending in a newline."""
    parts = (
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in table.items()
    )
    return "{" + ",\n".join(parts) + "}\n"


def main() -> None:
    """Write the tables of all languages."""
    acts = read_acts((HERE / "acts.toml").read_text(encoding="utf-8"))
    (HERE / "data" / "acts.json").write_text(dump(acts), encoding="utf-8")
    for lang in languages():
        path = HERE / "data" / f"lexicon-{lang}.json"
        path.write_text(dump(build(lang)), encoding="utf-8")


if __name__ == "__main__":
    main()
