"""Blocks in the documents that a program makes: help texts, real output, tables.

cog runs these (`make docs` writes, `make docs-check` compares), so that no document can go stale.
"""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

ROOT = Path(__file__).parents[1]
_SGR = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
_HOME = tempfile.mkdtemp(prefix="advisories-docs-")


def _env(columns: int) -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": _HOME, "LANG": "C.UTF-8",
        "TERM": "xterm-256color", "COLUMNS": str(columns), "NO_COLOR": "1", "PYTHONUTF8": "1",
    }  # fmt: skip


def on_terminal(command: str, columns: int = 80) -> str:
    """What a terminal of this width shows of a command, without colours."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        ["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=child, stderr=subprocess.DEVNULL,
        env=_env(columns), cwd=ROOT,
    )  # fmt: skip
    os.close(child)
    out = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while part := os.read(parent, 65536):
            out += part
    process.wait()
    os.close(parent)
    text = _SGR.sub("", out.decode("utf-8")).replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in text.splitlines())


def in_pipe(command: str) -> str:
    """What a script gets of a command."""
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=_env(80), cwd=ROOT, check=False
    )
    return done.stdout.rstrip("\n")


def show(command: str, *, pipe: bool = False, columns: int = 80) -> None:
    """Print a console block: the command, and what it prints."""
    output = in_pipe(command) if pipe else on_terminal(command, columns)
    print(f"```console\n$ {command}\n{output}\n```")


def help_of(*words: str) -> None:
    """Print the help of a command as a block."""
    command = " ".join(["advisories", *words, "--help"])
    print(f"```text\n{in_pipe(command)}\n```")
