"""How fast the coder is: texts a second on one core, as ratios to a plain loop; and its cold start.

    python benchmarks/bench_coder.py

Three sets of the repository's own coded examples: English ones with a summary, of which a fifth name two
countries or more, as the items of recorded news feeds do; the English ones with a summary, of which most
do; all languages as they come. The yardstick is a bare loop that only splits the same texts into words with
the standard library. The stages are timed in turn in each round, each with all before it: tokens,
places, the whole front end (`prepare`: language, sentences, places, words of acts), and the coding.
Caches are warm, as they are some thousand texts into a replay; medians of 5 rounds.

Where the coder's busiest modules are compiled, a copy of the package as plain Python codes the same texts in
turn with them, each in a process of its own.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from advisories.coding import code, machine
from advisories.coding.scene import prepare
from advisories.model import Text
from advisories.places.mentions import codes
from advisories.places.tokens import tokenize

ROUNDS = 5
EXAMPLES = Path(__file__).parents[1] / "advisories" / "coding" / "examples"
COLD = '{"title": "Russia expels two British diplomats"}\n'
WORDS = re.compile(r"\w+|[^\w\s]")
READERS: dict[str, Callable[[Text], object]] = {
    "plain loop": lambda text: WORDS.findall(f"{text.title}. {text.summary}"),
    "tokens": lambda text: tokenize(f"{text.title}. {text.summary}", text.lang),
    "places": lambda text: codes(f"{text.title}. {text.summary}", text.lang),
    "front end": prepare,
    "the coder": code,
}


def sets() -> dict[str, list[Text]]:
    """Some five hundred English headlines with summaries, as a feed brings them; and two other sets."""
    rows = [
        json.loads(line)
        for path in sorted(EXAMPLES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    english = [row for row in rows if row["lang"] == "en" and row["summary"]]
    many = [row for row in english if len(row["countries"]) > 1]
    few = [row for row in english if len(row["countries"]) < 2]
    return {
        "a feed's mix, English": _texts(few, 400) + _texts(many, 100),
        "English, with a summary": _texts(english, 500),
        "all languages": _texts(rows, 500),
    }


def _texts(rows: list[dict[str, str]], number: int) -> list[Text]:
    """So many texts, spread evenly over the rows."""
    some = rows[:: len(rows) // number][:number]
    return [Text(title=row["title"], summary=row["summary"], lang=row["lang"]) for row in some]


def speed(read: Callable[[Text], object], texts: Sequence[Text]) -> float:
    """Texts a second of processor time."""
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def steady(name: str, texts: Sequence[Text]) -> None:
    """Warm, all in turn."""
    for read in READERS.values():
        speed(read, texts)
    rounds = [{stage: speed(read, texts) for stage, read in READERS.items()} for _ in range(ROUNDS)]
    size = sum(len(text.title) + len(text.summary) for text in texts) / len(texts)
    print(f"{name}: {len(texts)} texts of {size:.0f} characters")
    for stage in READERS:
        rate = statistics.median(held[stage] for held in rounds)
        ratio = statistics.median(held["plain loop"] / held[stage] for held in rounds)
        print(f"  {stage:10} {rate:9,.0f} texts/s   x {ratio:5.1f} of the plain loop")


CHILD = """
import json, sys, time
from advisories.coding import code
from advisories.model import Text
texts = [Text(*row) for row in json.load(sys.stdin)]
took = []
for _ in range(4):
    start = time.process_time()
    for text in texts:
        code(text)
    took.append(time.process_time() - start)
print(len(texts) / min(took))
"""


def child(folder: Path, texts: Sequence[Text]) -> float:
    """Texts a second of the package in `folder`, in a process of its own."""
    rows = json.dumps([(t.title, t.summary, t.body, t.lang) for t in texts])
    argv = [sys.executable, "-c", CHILD]
    done = subprocess.run(argv, cwd=folder, input=rows, capture_output=True, text=True, check=True)
    return float(done.stdout)


def compiled(name: str, texts: Sequence[Text]) -> None:
    """Machine code against plain Python."""
    if machine.stale():
        print("nothing is compiled here: plain Python alone")
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = shutil.ignore_patterns("*.so", "*.pyd", "examples", "__pycache__")
        shutil.copytree(machine.PACKAGE, Path(folder) / "advisories", ignore=plain)
        ratios = [
            child(machine.PACKAGE.parent, texts) / child(Path(folder), texts) for _ in range(ROUNDS)
        ]
    print(f"{name}: compiled x {statistics.median(ratios):.2f} of plain Python")


def cold() -> None:
    """One text through a fresh process, over a bare interpreter."""
    cases = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "classify": [sys.executable, "-m", "advisories", "classify"],
    }
    took: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(9):
        for name, argv in cases.items():
            start = time.perf_counter()
            subprocess.run(argv, input=COLD, text=True, check=True, stdout=subprocess.DEVNULL)
            took[name].append(time.perf_counter() - start)
    bare, full = (statistics.median(held) for held in took.values())
    print(f"cold classify {full * 1000:.0f} ms, x {full / bare:.1f} of python -c pass")


if __name__ == "__main__":
    for name, texts in sets().items():
        steady(name, texts)
        compiled(name, texts)
    cold()
