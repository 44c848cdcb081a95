"""What is installed is whole: the wheel alone, in a folder of its own, shows the demo."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--disable-pip-version-check", "-w", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("advisories-*.whl")
    return found


def test_the_wheel_holds_data_and_leaves_the_examples_out(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "advisories/data/demo.warc" in names
    assert "advisories/sources/feeds.toml" in names
    assert "advisories/store/derived.sql" in names
    assert not [n for n in names if "coding/examples/" in n]
    assert not [n for n in names if n.endswith((".so", ".pyd"))]
    assert any(n.endswith("man/man1/advisories.1") for n in names)


def test_the_wheel_alone_shows_the_demo(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path),
           "XDG_CACHE_HOME": str(tmp_path / "cache")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-P", "-m", "advisories", "demo", "--tsv"],
        capture_output=True, text=True, env=env, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "RU\tUS" in done.stdout
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import advisories; print(advisories.__file__)"],
        capture_output=True, text=True, env=env, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert where.stdout.startswith(str(tmp_path))
