"""Build step: compile the readable name tables into one phrase table a language.

Run `python -m advisories.places.aliases_build` after a change in `names/`, `leaders.toml`,
`contexts.toml` or `data/cldr.json`; the results in `data/aliases-*.json` are checked in.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from advisories.places.phrases import compile_table
from advisories.places.tokens import fold

HERE = Path(__file__).parent
KINDS = ("name", "people", "capital", "metonym", "organ", "group", "place")
UNSAFE_ABROAD = frozenset({"UN", "US", "AI", "PM", "DR", "CAR", "MI", "DE", "IS", "BA", "PA", "LA"})
"""Capitals of English tables that are ordinary words of other languages."""

Meaning = tuple[str, str, str, str]
"""Code ("" for a trap, "RU+UA" for a pair word), kind of word, first and last day ("" for no bound)."""
Leaders = dict[str, list[dict[str, Any]]]
"""Terms of office by the id of the person."""


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def languages() -> list[str]:
    """The languages that have a table of names."""
    return sorted({"en", *(path.stem for path in (HERE / "names").glob("*.toml"))})


def _leaders() -> Leaders:
    """The terms in `leaders.toml`, in which each person may stand several times."""
    out: Leaders = {}
    for row in _toml(HERE / "leaders.toml").get("leader", ()):
        out.setdefault(row["id"], []).append(row)
    return out


def _term(row: dict[str, Any]) -> Meaning:
    return row["code"], "leader", str(row.get("from", "")), str(row.get("until", ""))


def _leader_forms(
    lang: str, names: dict[str, Any], leaders: Leaders
) -> Iterator[tuple[str, Meaning]]:
    own = names.get("leaders", {})
    for person, terms in leaders.items():
        for row in terms:
            for form in (*own.get(person, ()), *row.get(lang, ())):
                yield form, _term(row)


def _own_forms(names: dict[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for code, table in names.items():
        if code not in ("leaders", "pairword", "traps"):
            for kind in KINDS:
                yield from ((form, (code, kind, "", "")) for form in table.get(kind, ()))
    for form, codes in names.get("pairword", {}).items():
        yield form, ("+".join(codes), "name", "", "")
    for form in names.get("traps", {}).get("phrases", ()):
        yield form, ("", "trap", "", "")


def _capitals(names: dict[str, Any]) -> Iterator[tuple[str, Meaning]]:
    """English forms in capitals (US, NATO, UN): they stand in texts of all languages."""
    for form, meaning in _own_forms(names):
        bare = form.replace(".", "")
        if bare.isupper() and bare.isascii() and bare.isalpha() and bare not in UNSAFE_ABROAD:
            yield form, meaning


def _folded(forms: Iterable[tuple[str, Meaning]]) -> set[str]:
    return {fold(form.rstrip("*")) for form, _ in forms}


def _cldr(lang: str) -> Iterator[tuple[str, Meaning]]:
    tables = json.loads((HERE / "data" / "cldr.json").read_text(encoding="utf-8"))
    for key in (lang, "zh_Hant") if lang == "zh" else (lang,):
        for form, code in tables.get(key, {}).items():
            yield form, (code, "name", "", "")


def _forms(lang: str, leaders: Leaders) -> list[tuple[str, Meaning]]:
    """All forms of a language; the hand-written win over CLDR, both over English capitals."""
    names = _toml(HERE / "names" / f"{lang}.toml")
    forms = [*_own_forms(names), *_leader_forms(lang, names, leaders)]
    forms += [
        (row["form"], (row["code"], "name", "", ""))
        for row in _toml(HERE / "contexts.toml").get(lang, ())
        if "code" in row
    ]
    taken = _folded(forms)
    forms += [(form, m) for form, m in _cldr(lang) if fold(form) not in taken]
    if lang != "en":
        taken = _folded(forms)
        english = _capitals(_toml(HERE / "names" / "en.toml"))
        forms += [(form, m) for form, m in english if fold(form) not in taken]
    return sorted(set(forms))


def build(lang: str) -> dict[str, Any]:
    """The compiled table of one language."""
    forms = _forms(lang, _leaders())
    meanings = sorted({meaning for _, meaning in forms})
    number = {meaning: n for n, meaning in enumerate(meanings)}
    table = compile_table(((form, number[m]) for form, m in forms), lang)
    contexts = {row["form"]: row for row in _toml(HERE / "contexts.toml").get(lang, ())}
    return {"meanings": meanings, "contexts": contexts, **table}


def dump(table: dict[str, Any]) -> str:
    """The table as it is checked in: compact, one key a line, ending in a newline."""
    parts = (
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in table.items()
    )
    return "{" + ",\n".join(parts) + "}\n"


def main() -> None:
    """Write the tables of all languages."""
    for lang in languages():
        path = HERE / "data" / f"aliases-{lang}.json"
        path.write_text(dump(build(lang)), encoding="utf-8")


if __name__ == "__main__":
    main()
