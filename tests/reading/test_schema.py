"""Every command's output is what `schema` says, and the API says the same."""

import json
from pathlib import Path

import jsonschema
import pytest

from advisories import rows as typed
from advisories.output.schemas import COMMANDS

from .conftest import Ask

ASKED = {
    "show": "show RU",
    "levels": "levels",
    "changes": "changes --all",
    "pairs": "pairs",
    "tension": "tension RU-US --since 2024-11-20",
    "search": "search russia",
    "explain": "explain {ref}",
    "status": "status",
}


def test_each_command_has_a_schema_and_a_question() -> None:
    assert set(ASKED) == {c for c, row in COMMANDS.items() if isinstance(row, type)}


@pytest.mark.parametrize("command", ASKED)
def test_output_is_what_the_schema_says(ask: Ask, command: str) -> None:
    schema = json.loads(ask("schema", command)[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    ref = json.loads(ask("show", "RU-US", "-n", "1", "--json")[1])[0]["ref"]
    code, out, _ = ask(*ASKED[command].format(ref=ref).split(), "--json")
    assert code in (0, 3)
    held = json.loads(out)
    assert held
    jsonschema.validate(held, schema)
    keys = list(schema["items"]["properties"])
    assert all(list(row) == keys for row in held)


@pytest.mark.parametrize("command", [c for c in ASKED if c != "explain"])
def test_empty_is_an_empty_array_or_a_header(ask: Ask, command: str, tmp_path: Path) -> None:
    from contextlib import closing

    from advisories.store import writable

    empty = tmp_path / "empty.db"
    closing(writable(empty)).__exit__(None, None, None)
    argv = "tension BR-AR --since 2024-12-19" if command == "tension" else ASKED[command]
    code, out, err = ask(*argv.split(), "--json", db=empty)
    assert code == 0, err
    if command != "tension":
        assert out == "[]\n"
        _, out, _ = ask(*argv.split(), "--tsv", db=empty)
        assert out == "\t".join(typed.fields(COMMANDS[command])) + "\n"  # type: ignore[arg-type]


def test_a_schema_that_is_none_names_the_others(ask: Ask) -> None:
    code, out, err = ask("schema", "shwo")
    assert (code, out) == (2, "")
    assert "show" in err


def test_classify_is_what_its_schema_says(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "in.ndjson"
    file.write_text(
        '{"id": 1, "title": "Russia expels two British diplomats", "summary": null}\n\n'
        '{"id": "b", "title": "The weather is fine"}\n'
    )
    code, out, _ = ask("classify", str(file))
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    jsonschema.validate(found, json.loads(ask("schema", "classify")[1]))
    assert [r["id"] for r in found] == [1, "b"]
    assert found[1] == {"id": "b", "lang": "en", "kind": None, "countries": [], "events": []}
    (event,) = found[0]["events"]
    assert (event["actor"], event["target"], event["kind"]) == ("RU", "GB", "material_conflict")


def test_classify_reads_advice(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "in.ndjson"
    file.write_text(
        json.dumps(
            {
                "id": 1,
                "issuer": "US",
                "destination": "RU",
                "lang": "en",
                "title": "Russia - Level 4: Do Not Travel",
                "text": "Do not travel.",
            }
        )
    )
    code, out, _ = ask("classify", "--as", "advisory", str(file))
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert (code, row["level"]) == (0, 4)
    assert {"regional_max", "reasons"} <= set(row)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"title": 5}', "\\xff", '{"id": 1, "title": "a", "lang": []}']
)
def test_classify_names_the_line_it_cannot_read(ask: Ask, tmp_path: Path, line: str) -> None:
    file = tmp_path / "in.ndjson"
    file.write_bytes(
        b'{"id": 0, "title": "x"}\n' + line.encode().replace(b"\\xff", b"\xff") + b"\n"
    )
    code, out, err = ask("classify", str(file))
    assert code == 1
    assert "line 2" in err
    assert out.count("\n") == 1
