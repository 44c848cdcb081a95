"""`import advisories` gives the same answers as the command line."""

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import advisories
from advisories.errors import StoreError

from .conftest import NOW, Ask

Rows = Callable[..., list[dict[str, object]]]


def test_what_is_exported_is_there() -> None:
    assert all(getattr(advisories, name) for name in advisories.__all__)
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = advisories.nothing_such


def test_the_command_line_asks_the_api(path: Path, rows: Rows, ask: Ask) -> None:
    with advisories.open_store(path, now=NOW) as store:
        assert list(store.timeline("RU-US", since="2024-12-08")) == rows(
            "show", "RU-US", "--since", "2024-12-08"
        )
        assert list(store.timeline("RU-US", since=date(2024, 12, 8))) == rows(
            "show", "RU-US", "--since", "12d"
        )
        assert store.levels(["RU"]) == rows("levels", "RU")
        assert store.tension("RU-US")[-1] == rows("tension", "RU-US")[-1]
        assert store.changes() == rows("changes")
        assert store.search("russia") == rows("search", "russia")
        assert store.pairs() == rows("pairs")
        assert store.status() == json.loads(ask("status", "--json")[1])


def test_the_package_loads_nothing_until_asked() -> None:
    code = (
        "import sys, advisories; print('sqlite3' in sys.modules, 'advisories.api' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="advisories fetch"):
        advisories.open_store(tmp_path / "none.db")


def test_a_store_cannot_be_written_through_it(path: Path) -> None:
    import sqlite3

    with advisories.open_store(path) as store, pytest.raises(sqlite3.OperationalError):
        store.conn.execute("DELETE FROM event")


def test_completion_offers_what_the_store_knows(ask: Ask) -> None:
    assert "RU-US\n" in ask("complete", "pairs", "RU-U")[1]
    assert ask("complete", "places", "F")[1] == "FR\n"
    assert ask("complete", "sources", "us")[1] == "us-list\n"
    assert ask("complete", "pairs", "'; DROP")[1] == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_knows_commands_and_options(ask: Ask, shell: str) -> None:
    code, out, _ = ask("completion", shell)
    assert code == 0
    assert "min-severity" in out
    assert "exit-code" in out


def test_bash_completes_pairs_and_options(path: Path, ask: Ask, tmp_path: Path) -> None:
    script = tmp_path / "complete.sh"
    script.write_text(ask("completion", "bash")[1])
    tool = f'advisories() {{ "{sys.executable}" -m advisories "$@" --db "{path}"; }}'
    for words, wanted in (
        ("show RU-U", "RU-UA RU-US"),
        ("show --min-s", "--min-severity"),
        ("sho", "show"),
    ):
        n = len(words.split())
        line = (
            f"{tool}; . {script}; COMP_WORDS=(advisories {words}); COMP_CWORD={n}; _advisories;"
            ' echo "${COMPREPLY[@]}"'
        )
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
        assert set(done.stdout.split()) == set(wanted.split()), done.stderr


def test_every_example_under_help_is_understood(path: Path, ask: Ask, tmp_path: Path) -> None:
    from advisories.cli.commands import EXAMPLES

    config = tmp_path / "config.toml"
    config.write_text('[watch]\nmine = ["RU-US"]\n')
    for line in (x for lines in EXAMPLES.values() for x in lines if "ndjson" not in x.split()[-1]):
        code, _, err = ask(*shlex.split(line), "--config", str(config))
        assert code in (0, 10), (line, err)
