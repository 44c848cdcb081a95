"""How fast the coder is: texts a second on one core, in turn with two yardsticks; and its cold start.

The texts are every third of the English coded examples of the repository that has a summary. The
yardsticks read the same texts: one only splits them into tokens, one also finds the places.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from advisories.coding import code
from advisories.model import Text
from advisories.places.mentions import codes
from advisories.places.tokens import tokenize

ROUNDS = 5
EXAMPLES = Path(__file__).parents[1] / "advisories" / "coding" / "examples"
COLD = '{"title": "Russia expels two British diplomats"}\n'


def texts() -> list[Text]:
    """Headlines with their summaries."""
    rows = [
        json.loads(line)
        for path in sorted(EXAMPLES.glob("en*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    kept = [row for row in rows if row["summary"]][::3]
    return [Text(title=row["title"], summary=row["summary"], lang="en") for row in kept]


def speed(read: Callable[[Text], object], every: Sequence[Text]) -> float:
    """Texts a second of processor time."""
    start = time.process_time()
    for text in every:
        read(text)
    return len(every) / (time.process_time() - start)


def steady(every: Sequence[Text]) -> None:
    """Warm, all three in turn."""
    readers: dict[str, Callable[[Text], object]] = {
        "tokens alone": lambda text: tokenize(f"{text.title}. {text.summary}", "en"),
        "places": lambda text: codes(f"{text.title}. {text.summary}", "en"),
        "the coder": code,
    }
    for read in readers.values():
        speed(read, every)
    took: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            took[name].append(speed(read, every))
    best = statistics.median(took["tokens alone"])
    size = sum(len(text.title) + len(text.summary) for text in every) / len(every)
    print(f"{len(every)} texts of {size:.0f} characters")
    for name, held in took.items():
        middle = statistics.median(held)
        print(f"{name:14} {middle:8.0f} texts/s   1/{best / middle:.1f}")


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
    steady(texts())
    cold()
