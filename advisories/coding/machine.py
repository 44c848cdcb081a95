"""The coder's busiest modules as machine code: `python -P advisories/coding/machine.py`.

mypyc compiles them as they stand; the same files run uncompiled where there is no C compiler, with the
same answers at two thirds of the speed. What it makes lies beside the sources, is in no repository and
must be made anew when one of them changes (`make` does); see docs/decisions/0019-machine-code.md.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = Path(__file__).parents[1]
BUSY = (
    "places/tokens", "places/phrases", "places/mentions",
    "coding/lexicon", "coding/scene", "coding/features", "coding/roles", "coding/frames", "coding/linear",
    "coding/joint", "coding/reading", "coding/decide", "coding/passages",
)  # fmt: skip
"""The modules that every text runs through, by their paths."""
GROUP = "advisories.busy"
"""What the library is called that they share."""
SECONDS = 300

_SETUP = """
from setuptools import setup
from mypyc.build import mypycify
paths = {paths!r}
setup(name="busy", ext_modules=mypycify(["--ignore-missing-imports", *paths], group_name={group!r}))
"""


def made(package: Path = PACKAGE) -> Iterator[Path]:
    """The compiled modules that lie in a package."""
    for pattern in ("*.so", "*.pyd"):
        yield from package.rglob(pattern)


def remove(package: Path = PACKAGE) -> None:
    """Go back to plain Python."""
    for path in [*made(package)]:
        path.unlink()


def stale(package: Path = PACKAGE) -> list[str]:
    """The busy modules whose machine code is older than their source, or not of this Python."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return [
        name
        for name in BUSY
        if not (code := package / f"{name}{suffix}").is_file()
        or code.stat().st_mtime < (package / f"{name}.py").stat().st_mtime
    ]


def lacking() -> str:
    """What this machine lacks for compiling; "" for nothing."""
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang", "cl")):
        return "no C compiler"
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return "" if header.is_file() else "no Python.h (python3-dev)"


def compiled(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Compile the copy of the package in `folder`, in place."""
    paths = [f"advisories/{name}.py" for name in BUSY]
    (folder / "setup.py").write_text(_SETUP.format(paths=paths, group=GROUP), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS,
        env={**os.environ, "PYTHONPATH": "", "MYPY_CACHE_DIR": str(folder / "cache")},
    )  # fmt: skip


def build(package: Path = PACKAGE) -> str:
    """Compile the busy modules of a package; "" if all went well, else why not (it stays plain)."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        only = shutil.ignore_patterns("examples", "data", "__pycache__", "*.so", "*.pyd")
        shutil.copytree(package, folder / "advisories", ignore=only)
        try:
            done = compiled(folder)
        except (OSError, subprocess.SubprocessError) as error:
            return f"{type(error).__name__}: {error}"
        if done.returncode:
            return (done.stderr or done.stdout).strip().rpartition("\n")[2]
        for path in made(folder / "advisories"):
            shutil.copy2(path, package / path.relative_to(folder / "advisories"))
    return ""


def main() -> None:
    """Compile what is stale; where that cannot be, say so and leave plain Python."""
    if not stale():
        return
    remove()
    why = lacking() or build()
    if why:
        print(f"the coder stays plain Python, at two thirds of its speed: {why}", file=sys.stderr)


if __name__ == "__main__":
    main()
