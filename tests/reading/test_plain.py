"""The fast path gives the same bytes as the full command line, and loads next to nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from advisories.cli import plain
from advisories.cli.app import invoke

FORMS = ["--json", "--ndjson", "--csv", "--tsv", ""]
OPTIONS = ["", "--since 2024-12-08", "--until=2024-12-09", "-n 2", "--since 30d --limit 1"]
HEAVY = (
    "typer",
    "httpx",
    "feedparser",
    "sqlite_utils",
    "rich",
    "pydantic",
    "warcio",
    "rapidfuzz",
    "difflib",
    "advisories.coding",
    "advisories.sources",
    "advisories.fetching",
    "advisories.pipeline",
    "advisories.analysis",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("options", OPTIONS)
def test_both_ways_give_the_same_bytes(
    path: Path,
    form: str,
    options: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ADVISORIES_NOW", "2024-12-20T12:00:00Z")
    argv = ["show", "RU-US", *options.split(), *form.split(), "--db", str(path)]
    assert plain.answer(argv) == 0
    fast = capfd.readouterr()
    assert invoke(argv) == 0
    full = capfd.readouterr()
    assert fast.out == full.out
    assert fast.err == full.err == ""
    assert len(fast.out) > 100


@pytest.mark.parametrize(
    "argv",
    [
        "show",
        "levels",
        "show RU",
        "show @mine",
        "show RU-US --demo",
        "show RU-US --all",
        "show RU-US -n",
        "show RU-US -n x",
        "show RU-US --since",
        "show RU-US --json --csv",
        "show RU-US --since --json",
        "RU-US show",
        "show RU-US FR-DE",
        "show --help",
        "--version",
        "show RU-US --csv-raw",
        "show russia-usa",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_the_full_way(argv: str) -> None:
    assert plain.answer(argv.split()) is None


@pytest.mark.parametrize(
    "argv",
    [
        "show RU-ZZ --json",
        "show RU-US --since never --json",
        "show BR-AR --json",
        "show US-US --json",
    ],
)
def test_errors_and_empty_answers_are_left_too(
    path: Path, argv: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert plain.answer([*argv.split(), "--db", str(path)]) is None
    assert capfd.readouterr() == ("", "")


def test_a_missing_store_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    assert plain.answer(["show", "RU-US", "--json", "--db", str(missing)]) is None
    assert not missing.exists()


@pytest.mark.parametrize("form", ["--json", "--ndjson", "--csv", "--tsv"])
def test_a_fresh_interpreter_loads_none_of_the_heavy_libraries(path: Path, form: str) -> None:
    code = (
        "import sys\n"
        "from advisories.__main__ import run\n"
        f"assert run(['show', 'RU-US', {form!r}, '--db', {str(path)!r}]) == 0\n"
        "print(' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert not [m for m in loaded if m in HEAVY or m.startswith(tuple(f"{h}." for h in HEAVY))]


@pytest.mark.parametrize(
    "argv",
    [
        "levels --json",
        "changes --ndjson",
        "tension RU-US --csv",
        "pairs --tsv",
        "search russia --json",
        "status --json",
    ],
)
def test_the_other_reading_commands_load_no_network_nor_drawing(path: Path, argv: str) -> None:
    code = (
        "import sys\n"
        "from advisories.__main__ import run\n"
        f"run([*{argv.split()!r}, '--db', {str(path)!r}])\n"
        "print('MODULES', ' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.partition("MODULES")[2].split()
    heavy = ("httpx", "feedparser", "sqlite_utils", "rich", "pydantic", "warcio", "rapidfuzz")
    assert not set(loaded) & set(heavy)
