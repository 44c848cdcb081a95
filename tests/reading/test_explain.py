"""The chain from a row to the bytes."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisories.__main__ import run

from .conftest import THREAT, Ask

Rows = Callable[..., list[dict[str, object]]]


def ref_of(rows: Rows, title: str) -> str:
    return next(str(r["ref"]) for r in rows("show", "RU") if str(r["title"]).startswith(title))


def test_the_chain_is_whole(rows: Rows) -> None:
    (row,) = rows("explain", ref_of(rows, THREAT))
    assert row["item"]["title"] == THREAT  # type: ignore[index]
    event = row["events"][0]  # type: ignore[index]
    assert (event["actor"], event["target"]) == ("RU", "US")
    assert event["rule"]
    for span in event["evidence"]:
        assert THREAT[span["start"] : span["end"]] == span["text"]
    assert [w["source"] for w in row["witnesses"]] == ["wire-b"]  # type: ignore[attr-defined]
    assert row["fetched"]["status"] == 200  # type: ignore[index]


def test_every_row_shown_can_be_explained(rows: Rows) -> None:
    shown = rows("show", "RU")
    for row in shown:
        (chain,) = rows("explain", str(row["ref"]))
        acts = {(e["actor"], e["target"], e["act"]) for e in chain["events"]}  # type: ignore[attr-defined]
        assert (row["actor"], row["target"], row["act"]) in acts


def test_raw_prints_the_bytes(path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    capfdbinary.readouterr()
    assert run(["show", "RU-US", "--ndjson", "-n", "1", "--db", str(path)]) == 0
    ref = json.loads(capfdbinary.readouterr().out)["ref"]
    assert run(["explain", ref, "--json", "--db", str(path)]) == 0
    (chain,) = json.loads(capfdbinary.readouterr().out)
    assert run(["explain", ref, "--raw", "--db", str(path)]) == 0
    body = capfdbinary.readouterr().out
    assert hashlib.sha256(body).hexdigest() == chain["payload"]["sha256"]
    assert len(body) == chain["payload"]["size"]


def test_advice_tells_its_changes_and_states(rows: Rows) -> None:
    ref = next(str(r["ref"]) for r in rows("changes"))
    (row,) = rows("explain", ref)
    assert [(c["kind"], c["level_from"], c["level_to"]) for c in row["changes"]] == [
        ("raised", 3, 4)
    ]  # type: ignore[attr-defined]
    assert [s["level"] for s in row["states"]] == [3, 4]  # type: ignore[attr-defined]
    assert row["advice"]["reasons"] == ["wrongful-detention"]  # type: ignore[index]


def test_a_ref_without_its_count_is_the_latest_state(rows: Rows) -> None:
    ref = next(str(r["ref"]) for r in rows("changes"))
    assert rows("explain", ref.rpartition(".")[0])[0]["ref"] == ref


@pytest.mark.parametrize(
    "ref", ["nothing", "wire-a.00000000.1", "x'; DROP TABLE item; --", "*", "[a"]
)
def test_a_ref_that_is_none_is_refused(ask: Ask, ref: str) -> None:
    code, out, err = ask("explain", ref)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
