"""Changes: what really changed, the noise counted, bulk summed up, what was seen remembered."""

import json
from collections.abc import Callable
from pathlib import Path

from .conftest import Ask, Told, advice

Rows = Callable[..., list[dict[str, object]]]
KEYS = (
    "ref issuer destination kind from to regional_from regional_to published observed title url "
    "confirmed"
).split()
CODES = "FR DE IT ES PT NL BE AT CH SE NO FI DK PL CZ HU RO BG GR IE LV LT".split()


def test_only_real_changes_unless_asked(rows: Rows, ask: Ask) -> None:
    found = rows("changes")
    assert list(found[0])[: len(KEYS)] == KEYS
    assert [
        (r["issuer"], r["destination"], r["kind"], r["from"], r["to"], r["confirmed"])
        for r in found
    ] == [("US", "RU", "raised", 3, 4, True)]
    assert "hidden: 6 first (--all shows them)" in ask("changes")[2]


def test_kinds_and_all(rows: Rows) -> None:
    assert {r["kind"] for r in rows("changes", "--kind", "first")} == {"first"}
    assert len(rows("changes", "--all")) == 7


def test_a_misspelt_kind_is_refused_with_the_near_one(ask: Ask) -> None:
    code, _, err = ask("changes", "--kind", "rised")
    assert code == 2
    assert "raised" in err


def test_since_issuer_and_destination(rows: Rows) -> None:
    assert rows("changes", "--since", "2024-12-11") == []
    assert len(rows("changes", "--since", "2024-12-10")) == 1
    assert rows("changes", "--issuer", "GB") == []
    assert rows("changes", "--to", "FR,UA") == []
    assert len(rows("changes", "--to", "RU-US")) == 1
    assert len(rows("changes", "--to", "russia")) == 1


def test_exit_code_tells_a_script(ask: Ask) -> None:
    assert ask("changes", "--exit-code")[0] == 10
    assert ask("changes", "--exit-code", "--to", "FR")[0] == 0


def test_bulk_is_one_row_unless_all(own: Told, rows: Rows) -> None:
    own.tell(
        ("us-list", "2024-12-01T00:00:00Z", [advice(c, 2, "2024-11-01") for c in CODES]),
        ("us-list", "2024-12-02T00:00:00Z", [advice(c, 2, "2024-12-02") for c in CODES]),
    )
    (row,) = rows("changes", "--kind", "reissued", db=own.path)
    assert (row["destination"], row["bulk"], row["title"]) == (
        None,
        len(CODES),
        "22 destinations of US: reissued, in one answer",
    )
    assert len(rows("changes", "--kind", "reissued", "--all", db=own.path)) == len(CODES)


def test_since_last_remembers_per_question(own: Told, rows: Rows) -> None:
    own.tell(
        (
            "us-list",
            "2024-12-01T00:00:00Z",
            [advice("FR", 2, "2024-11-01"), advice("DE", 1, "2024-11-01")],
        ),
        (
            "us-list",
            "2024-12-02T00:00:00Z",
            [advice("FR", 3, "2024-12-02"), advice("DE", 1, "2024-11-01")],
        ),
    )
    assert len(rows("changes", "--since", "last", db=own.path)) == 1
    assert rows("changes", "--since", "last", db=own.path) == []
    assert len(rows("changes", "--since", "last", "--to", "FR", db=own.path)) == 1
    own.tell(
        (
            "us-list",
            "2024-12-03T00:00:00Z",
            [advice("FR", 4, "2024-12-03"), advice("DE", 2, "2024-12-03")],
        )
    )
    assert len(rows("changes", "--since", "last", db=own.path)) == 2
    assert [
        r["destination"] for r in rows("changes", "--since", "last", "--to", "FR", db=own.path)
    ] == ["FR"]


def test_a_broken_memory_is_none(own: Told, rows: Rows, path: Path) -> None:
    own.tell(
        ("us-list", "2024-12-01T00:00:00Z", [advice("FR", 2, "2024-11-01")]),
        ("us-list", "2024-12-02T00:00:00Z", [advice("FR", 3, "2024-12-02")]),
    )
    memory = path.parent / "state" / "advisories" / "last.json"
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text('["not", "ours"')
    assert len(rows("changes", "--since", "last", db=own.path)) == 1
    assert isinstance(json.loads(memory.read_text()), dict)
