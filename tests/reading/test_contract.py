"""The output contract (P49 to P61) over every reading command and every form, piped and on a terminal."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from advisories.__main__ import run

COMMANDS = (
    "show RU-US",
    "show RU",
    "show RU-US --all",
    "levels",
    "levels RU",
    "levels --issuer US",
    "changes --all",
    "pairs",
    "tension RU-US --since 2024-12-01",
    "search russia",
    "search missile",
    "explain {ref}",
    "status",
    "sources list --kind advisory",
)
FORMS = ("--json", "--ndjson", "--csv", "--csv-raw", "--tsv", "")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")
SGR = re.compile("\x1b\\[[0-9;]*m")


def environment(**more: str) -> dict[str, str]:
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "XDG_CACHE_HOME") if k in os.environ}
    return {**kept, "ADVISORIES_NOW": "2024-12-20T12:00:00Z", "PYTHONUTF8": "0", **more}


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


Said = Callable[[str], Done]


@pytest.fixture
def said(
    path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Said:
    """A command as in a pipe, without a process of its own."""
    monkeypatch.setenv("ADVISORIES_NOW", "2024-12-20T12:00:00Z")

    def run_it(argv: str) -> Done:
        capfdbinary.readouterr()
        code = run([*argv.split(), "--db", str(path)])
        sys.stdout.flush()
        return Done(code, *capfdbinary.readouterr())

    return run_it


def piped(path: Path, argv: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "advisories", *argv.split(), "--db", str(path)]
    return subprocess.run(
        words, capture_output=True, env=environment(**env), timeout=60, check=False
    )


def on_terminal(path: Path, argv: str, columns: int = 80, **env: str) -> tuple[int, str]:
    """The exit code, and what a terminal of that width is sent (stdout and stderr)."""
    words = [sys.executable, "-m", "advisories", *argv.split(), "--db", str(path)]
    ours, theirs = pty.openpty()
    settings = environment(COLUMNS=str(columns), TERM="xterm-256color", LC_ALL="C.UTF-8", **env)
    process = subprocess.Popen(words, stdout=theirs, stderr=theirs, stdin=theirs, env=settings)
    os.close(theirs)
    got = b"".join(_read(ours))
    os.close(ours)
    return process.wait(60), got.decode("utf-8").replace("\r\n", "\n")


def _read(end: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(end, 65536)
        except OSError:  # the other end is closed
            return
        if not part:
            return
        yield part


@pytest.fixture(scope="module")
def ref(path: Path) -> str:
    rows = json.loads(piped(path, "show RU-US --since 2024-12-11 --until 2024-12-11 --json").stdout)
    return str(next(r["ref"] for r in rows if "bold" in r["title"] or "warns" in r["title"]))


@pytest.mark.parametrize("argv", COMMANDS)
def test_no_control_character_leaves(path: Path, said: Said, ref: str, argv: str) -> None:
    argv = argv.format(ref=ref)
    for form in FORMS:
        done = said(f"{argv} {form}")
        assert done.returncode in (0, 3), done.stderr
        for stream in (done.stdout, done.stderr):
            assert not UNSAFE.search(stream.decode("utf-8").replace("\r", "?"))
    _, text = on_terminal(path, argv)
    assert text.strip()
    assert not UNSAFE.search(SGR.sub("", text))


@pytest.mark.parametrize("argv", COMMANDS)
def test_forms_hold_the_same_records(said: Said, ref: str, argv: str) -> None:
    argv = argv.format(ref=ref)
    rows = json.loads(said(f"{argv} --json").stdout)
    lines = said(f"{argv} --ndjson").stdout.decode().splitlines()
    assert [json.loads(line) for line in lines] == rows
    tsv = said(f"{argv} --tsv").stdout.decode().split("\n")[:-1]
    assert tsv == said(argv).stdout.decode().split("\n")[:-1], "a pipe gets TSV"
    assert len(tsv) == len(rows) + 1
    assert all(line.count("\t") == tsv[0].count("\t") for line in tsv)
    table = list(csv.reader(io.StringIO(said(f"{argv} --csv").stdout.decode())))
    assert table[0] == tsv[0].split("\t") == list(rows[0])
    assert len(table) == len(rows) + 1


@pytest.mark.parametrize("argv", COMMANDS)
def test_csv_cells_are_inert_and_numbers_stay_numbers(said: Said, ref: str, argv: str) -> None:
    text = said(f"{argv.format(ref=ref)} --csv").stdout.decode()
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        for cell in row:
            bare = re.sub("^[\\s\u200b-\u200d\u2060\ufeff]+", "", cell)
            number = re.fullmatch(r"-?\d+(\.\d+)?", bare)
            assert number or not bare.startswith(("=", "+", "-", "@", "|", "%")), cell


def test_titles_come_letter_for_letter(path: Path) -> None:
    title = "[bold]Russia[/bold] accuses the United States of =cmd|' /C calc'!A0 lies"
    rows = json.loads(piped(path, "search lies --json").stdout)
    assert title in {r["title"] for r in rows}
    _, text = on_terminal(path, "search lies", columns=300)
    assert title in SGR.sub("", text)


@pytest.mark.parametrize("columns", [20, 40, 80, 160, 300])
@pytest.mark.parametrize(
    "argv",
    [
        "show RU-US",
        "levels",
        "levels FR",
        "changes --all",
        "pairs",
        "tension RU-US",
        "search russia",
        "explain {ref}",
        "status",
    ],
)
def test_no_line_is_wider_than_the_terminal(path: Path, ref: str, argv: str, columns: int) -> None:
    from rich.cells import cell_len

    _, text = on_terminal(path, argv.format(ref=ref), columns, NO_COLOR="1")
    lines = SGR.sub("", text).split("\n")
    told = [line for line in lines if "need care" not in line and "hidden:" not in line]
    assert max(map(cell_len, told)) <= columns, max(told, key=cell_len)
    if argv == "show RU-US":
        assert "RU→US" in text or "US→RU" in text


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_country_and_level_are_never_cut(path: Path, columns: int) -> None:
    _, text = on_terminal(path, "levels", columns, NO_COLOR="1")
    assert {"RU", "FR", "UA", "GE"} <= {
        line.split()[0] for line in SGR.sub("", text).split("\n") if line.split()
    }
    _, text = on_terminal(path, "changes", columns, NO_COLOR="1")
    assert "US→RU" in text
    assert "3→4" in SGR.sub("", text)


def test_severity_has_a_sign_beside_its_colour(path: Path) -> None:
    _, text = on_terminal(path, "show RU-US", 100, NO_COLOR="1")
    assert not re.search("\x1b\\[(3[0-7]|9|38)", text)
    assert "RU→US    !! " in SGR.sub("", text)
    _, text = on_terminal(path, "show RU-UA", 100)
    assert "!!!" in SGR.sub("", text)
    assert re.search("\x1b\\[[0-9;]*3[0-9]", text)


def test_links_are_links_only_where_the_terminal_follows_them(path: Path) -> None:
    assert "\x1b]8;" not in on_terminal(path, "show RU-US")[1]
    assert "\x1b]8;" in on_terminal(path, "show RU-US", VTE_VERSION="7000")[1]


@pytest.mark.parametrize(
    "argv", ["show RU-US", "show RU", "levels", "tension RU-US", "explain {ref}"]
)
def test_the_environment_changes_no_fact(path: Path, ref: str, argv: str) -> None:
    argv = f"{argv.format(ref=ref)} --json"
    answers = {
        piped(path, argv, **env).stdout
        for env in (
            {},
            {"NO_COLOR": "1"},
            {"TERM": "dumb"},
            {"TZ": "Asia/Tokyo"},
            {"LANG": "tr_TR.UTF-8"},
            {"LC_ALL": "C"},
            {"FORCE_COLOR": "1"},
        )
    }
    assert len(answers) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251"])
def test_any_encoding_can_be_printed(path: Path, ref: str, encoding: str) -> None:
    for argv in ("show RU-US", "levels", "tension RU-US", f"explain {ref}"):
        done = piped(path, argv, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        done = piped(path, argv, PYTHONIOENCODING=encoding, FORCE_COLOR="1", COLUMNS="80")
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_reader_is_quiet(path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "advisories",
        "tension",
        "RU-US",
        "--since",
        "2010-01-01",
        "--ndjson",
        "--db",
        str(path),
    ]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) in (0, 141)


@pytest.mark.parametrize(
    "argv", ["show RU-US", "show RU-US --json", "levels", "changes --all", "status --json"]
)
def test_a_failed_write_is_a_failure(path: Path, argv: str) -> None:
    words = [sys.executable, "-m", "advisories", *argv.split(), "--db", str(path)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            words, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    shell = f'exec "$0" -m advisories {argv} --db "$1" >&-'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable, str(path)],
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ("show RU-US", 0),
        ("changes --exit-code", 10),
        ("changes --exit-code --to FR", 0),
        ("status", 3),
        ("show RU-ZZ", 2),
        ("show Congo", 2),
        ("show", 2),
        ("show RU-US --nope", 2),
        ("show RU-US --since never", 2),
        ("show RU-US --json --csv", 2),
        ("levels nowhere", 2),
        ("tension RU-US --by hour", 2),
        ("explain nothing", 2),
        ("search *", 2),
        ("nope", 2),
        ("changes --kind nope", 2),
        ("show RU-US --act nope", 2),
        ("schema nope", 2),
        ("classify /nonexistent/file", 1),
        ("show RU-US --min-severity 9", 2),
    ],
)
def test_exit_codes_one_by_one(path: Path, argv: str, code: int) -> None:
    done = piped(path, argv)
    assert done.returncode == code, done.stderr
    if code in (1, 2):
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("argv", [c for c in COMMANDS if not c.startswith("sources")])
def test_a_store_that_is_none_is_code_5_and_is_not_made(tmp_path: Path, argv: str) -> None:
    missing = tmp_path / "no.db"
    done = piped(missing, argv.format(ref="x.y.1"))
    assert done.returncode == 5
    assert b"advisories fetch" in done.stderr
    assert not missing.exists()


def test_reading_leaves_the_store_as_it_is(path: Path, said: Said, ref: str) -> None:
    before = path.read_bytes()
    for argv in COMMANDS:
        said(argv.format(ref=ref))
    assert path.read_bytes() == before


@pytest.mark.parametrize("argv", COMMANDS)
def test_the_same_question_twice_is_the_same_bytes(said: Said, ref: str, argv: str) -> None:
    asked = f"{argv.format(ref=ref)} --json"
    assert said(asked).stdout == said(asked).stdout
