"""The manual page: every command, option and exit code, in roff that a formatter takes."""

import re
import shutil
import subprocess

import pytest

from advisories.cli.manual import CODES, main, manual
from advisories.exits import Exit
from advisories.output.manpage import Command, Manual, Option, roff


def plain(page: str) -> str:
    """The letters that a reader sees."""
    for code, letter in (("\\fB", ""), ("\\fR", ""), ("\\fI", ""), ("\\-", "-"), ("\\(aq", "'")):
        page = page.replace(code, letter)
    return page


def test_it_names_every_command_and_option_that_help_lists() -> None:
    held, page = manual(), plain(roff(manual()))
    names = [c.name for c in held.commands]
    assert {"fetch", "show", "report", "export", "sources list"} <= set(names)
    assert "complete" not in names
    for command in held.commands:
        assert f"\n.SS {command.name}" in page
        assert command.help, command.name
        for option in command.options:
            assert all(name in page for name in option.names)
    assert {"--db", "--json", "--demo"} <= {n for o in held.shared for n in o.names}


def test_every_exit_code_is_told() -> None:
    assert set(CODES) == set(Exit)
    page = roff(manual())
    status = page[page.index(".SH EXIT STATUS") : page.index(".SH ENVIRONMENT")]
    assert re.findall(r"^\.B (\d+)$", status, re.M) == [str(int(code)) for code in Exit]


def test_the_same_program_makes_the_same_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == roff(manual())


def test_words_are_never_requests_to_the_formatter() -> None:
    tricky = Command("x", (Option(("a",), "", ".so /etc/passwd"),), (), '\'br \\n "quoted" -- `x`')
    page = roff(Manual("1", "A thing.", (), (tricky,), (), (), (), ()))
    assert "\n\\&.so /etc/passwd\n" in page
    assert "\n\\(aqbr \\en \\(dqquoted\\(dq \\-\\- \\(gax\\(ga\n" in page


def test_a_formatter_has_no_complaint() -> None:
    program = shutil.which("groff")
    if program is None:
        pytest.skip("no formatter: groff is not installed")
    words = [program, "-man", "-Tutf8", "-Kutf8", "-ww"]
    done = subprocess.run(words, input=roff(manual()), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "EXIT STATUS" in re.sub(".\x08", "", done.stdout)
