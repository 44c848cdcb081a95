"""P57: no CSV cell of any command is a formula to a spreadsheet; numbers stay numbers."""

import csv
import io
import re
from pathlib import Path

import pytest

from advisories.output.emit import inert

from .conftest import FORMULAS, Ask

COMMANDS = (
    ("show", "RU-US"), ("show", "RU"), ("levels",), ("levels", "RU"), ("changes", "--all"), ("pairs",),
    ("tension", "RU-US"), ("search", "Russia"), ("search", "diplomats"), ("explain", "wire-a.2d5357f4"),
    ("status",),
)  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
BLANK = " \t\r\n\xa0\u200b\u200c\u200d\u2060\ufeff"


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_cell_begins_with_a_formula_sign(ask: Ask, harm: Path, command: tuple[str, ...]) -> None:
    out = ask(*command, "--csv", db=harm)[1]
    found = cells(out)
    assert len(found) > 10
    live = [c for c in found if c.strip(BLANK)[:1] in tuple("=+-@|%") and c.strip(BLANK)]
    assert [c for c in live if not NUMBER.fullmatch(c)] == []


def test_a_formula_is_quoted_and_the_raw_form_is_exact(ask: Ask, harm: Path) -> None:
    quoted, raw = (cells(ask("show", "RU-US", flag, db=harm)[1]) for flag in ("--csv", "--csv-raw"))
    assert any(c.startswith("'=1+1 Russia") for c in quoted)
    assert any(c.startswith("=1+1 Russia") for c in raw)


def test_numbers_stay_numbers(ask: Ask, harm: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("show", "RU-US", "--csv", db=harm)[1])))
    assert any(float(r["score"]) < 0 for r in rows)
    assert inert(-5.5) == -5.5


@pytest.mark.parametrize(
    "text", [*FORMULAS, "\ufeff=1", "\xa0=1", "\t=1", "\u2060@x", "|x", "%x", "－1", "＝1"]
)
def test_each_sign_after_each_blank_is_made_inert(text: str) -> None:
    assert str(inert(text)).startswith("'")


@pytest.mark.parametrize("text", ["Russia", "1-2", "a=b", "", "'quoted", "2024-12-01"])
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text
