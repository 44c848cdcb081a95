"""The coder says the same as machine code and as plain Python; what is compiled is of these sources."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from advisories.coding import machine
from tests.conftest import ROOT

SAY = """
import json, sys
from dataclasses import asdict
from advisories.coding import code, linear
from advisories.model import Text
from advisories.coding.examples import rows, text_of
print(linear.__file__)
for row in rows():
    if int(row["id"][1:4], 16) % 40 == 0:
        print(json.dumps(asdict(code(text_of(row))), ensure_ascii=False))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package without machine code."""
    plain = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
    return Path(shutil.copytree(machine.PACKAGE, tmp_path / "advisories", ignore=plain))


def said(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SAY], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    where, *codings = done.stdout.splitlines()
    assert where.startswith(str(folder))
    return [where[-3:], *codings]


def test_what_is_compiled_is_of_these_sources() -> None:
    if not [*machine.made()]:
        pytest.skip("nothing is compiled here")
    assert machine.stale() == [], "run: make"


@pytest.mark.skipif(bool(machine.lacking()), reason=f"nothing to compile with: {machine.lacking()}")
def test_both_say_the_same(package: Path) -> None:
    if not [*machine.made()]:
        assert machine.build(package) == ""
        compiled, plain = said(package.parent), said(ROOT)
    else:
        compiled, plain = said(ROOT), said(package.parent)
    assert (compiled.pop(0), plain.pop(0)) == (".so", ".py")
    assert len(plain) > 500
    assert json.loads(plain[0])
    assert compiled == plain


def test_without_a_compiler_the_coder_stays_plain(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "PACKAGE", package)
    monkeypatch.setattr(machine, "lacking", lambda: "no C compiler")
    left = package / "coding" / "linear.so"
    left.write_bytes(b"of another Python")
    for function in (machine.stale, machine.remove, machine.made, machine.build):
        monkeypatch.setattr(function, "__defaults__", (package,))
    machine.main()
    assert capsys.readouterr().err == (
        "the coder stays plain Python, at two thirds of its speed: no C compiler\n"
    )
    assert not left.exists()


def test_an_edited_module_is_stale(package: Path) -> None:
    assert machine.stale(package) == list(machine.BUSY)
