"""Documents that cannot lie: every command in them runs, every page that they name exists."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NEEDS_NETWORK = ("advisories fetch", "advisories sources add", "advisories sources check")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def commands() -> list[tuple[str, str]]:
    """(page, command) of every `console` block, and of every line of an `sh` block."""
    found = []
    for page in PAGES:
        for lang, body in FENCE.findall(page.read_text(encoding="utf-8")):
            if lang == "console":
                lines = [x[2:] for x in body.splitlines() if x.startswith("$ ")]
            else:
                lines = (
                    [x.partition("  #")[0].strip() for x in body.splitlines()]
                    if lang == "sh"
                    else []
                )
            found += [(page.name, x) for x in lines if x and not x.startswith(("#", "make "))]
    return found


@pytest.mark.parametrize(("page", "command"), commands())
def test_every_command_in_a_document_runs(page: str, command: str, tmp_path: Path) -> None:
    """Where it asks a live source, the words are checked with --help instead of the network."""
    if any(command.startswith(words) or f"&& {words}" in command for words in NEEDS_NETWORK):
        command = f"{re.split(r' (?:&&|[|][|])', command)[0]} --help"
    if "| jq " in command and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    env = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ["HOME"], "LANG": "C.UTF-8", "COLUMNS": "80",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.partition(" || mail")[0]],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode in expected(command), f"{page}: {command}\n{done.stderr}"


def expected(command: str) -> tuple[int, ...]:
    """The exit codes that a document's command may have."""
    if "--exit-code" in command:
        return (0, 2, 5, 10)  # the list, or the store, is the reader's own
    return (0, 3) if " status" in command else (0,)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_page_that_a_document_names_exists(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_the_changelog_knows_this_version() -> None:
    from advisories import __version__

    newest = re.search(r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest is not None
    assert newest[1] == __version__


def test_decisions_are_short() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 30, page.name
