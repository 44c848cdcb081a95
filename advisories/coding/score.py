"""Measure the coder: `python -m advisories.coding.score [FOLDER]`.

Prints the tables of the scorers in FOLDER/eval over the labelled sets in FOLDER/data (a folder beside
the checkout by default; left out aloud when it is absent), each figure with a 95 % bootstrap interval,
then a cross-validation over our own examples with the reliability of the confidence.
"""

import contextlib
import importlib.util
import io
import json
import random
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from advisories.coding import code, read_level
from advisories.coding.examples import text_of
from advisories.model import Text

BESIDE = Path(__file__).parents[2].parent / "shared"
RESAMPLES = 200
Rows = list[dict[str, Any]]
_NUMBER = re.compile(r"-?\d+\.\d+")


def scorer(folder: Path, name: str) -> ModuleType:
    """A scorer, loaded from its file."""
    spec = importlib.util.spec_from_file_location(name, folder / "eval" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "eval" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> Rows:
    """The rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def predict(row: dict[str, Any], text: Text) -> dict[str, Any]:
    """One row as the scorers want it."""
    coding = code(text)
    events = [{"actor": e.actor, "target": e.target, "severity": e.severity} for e in coding.events]
    return {
        "id": row["id"], "kind": coding.kind, "countries": list(coding.countries), "events": events
    }  # fmt: skip


def _printed(show: Callable[[], Any]) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        show()
    return out.getvalue().splitlines()


def _quantiles(samples: list[list[float]]) -> list[tuple[float, float]]:
    columns = (sorted(column) for column in zip(*samples, strict=True))
    return [(c[int(0.025 * len(c))], c[int(0.975 * len(c)) - 1]) for c in columns]


def with_intervals(rows: Rows, show: Callable[[Rows], Any], lines: int) -> list[str]:
    """The first `lines` printed lines, each number followed by its bootstrap interval."""
    chance = random.Random(1)
    heads: list[list[list[float]]] = []
    for _ in range(RESAMPLES):
        sample = [rows[chance.randrange(len(rows))] for _ in rows]
        printed = _printed(lambda sample=sample: show(sample))[:lines]  # type: ignore[misc]
        heads.append([[float(x) for x in _NUMBER.findall(line)] for line in printed])
    out = []
    for n, line in enumerate(_printed(lambda: show(rows))[:lines]):
        size = len(_NUMBER.findall(line))
        samples = [head[n] for head in heads if len(head) > n and len(head[n]) == size]
        spans = iter(_quantiles(samples) if size and samples else ())
        out.append(_NUMBER.sub(lambda m: _interval(m[0], next(spans, None)), line))  # noqa: B023
    return out


def _interval(number: str, span: tuple[float, float] | None) -> str:
    return f"{number} [{span[0]:.3f}..{span[1]:.3f}]" if span else number


def news(folder: Path, name: str) -> Iterable[str]:
    """Countries, pairs, severity and alarms on a news gold set, then each language."""
    judge = scorer(folder, "score_news")
    gold = read(folder / "data" / name)
    said = {row["id"]: predict(row, text_of(row)) for row in gold}
    scored = judge.evaluate(gold, list(said.values()))
    yield from with_intervals(scored, judge.show, 7)
    yield from _printed(lambda: judge.show(scored))[7:]


def sentences(folder: Path, name: str) -> Iterable[str]:
    """Countries, pairs and classes on sentences coded by people."""
    judge = scorer(folder, "score_gsr")
    gold = read(folder / "data" / name)
    said = [predict(row, Text(title=row["text"], lang=row["lang"])) for row in gold]
    yield from with_intervals(gold, lambda rows: judge.score(rows, said), 4)


def levels(folder: Path, full: bool) -> Iterable[str]:
    """Levels of advisory texts, with the official phrase or without it."""
    judge = scorer(folder, "score_levels")
    gold = read(folder / "data" / "advisory_text_levels.jsonl")
    end = "_full" if full else ""
    said, far, known = [], 0, 0
    for n, row in enumerate(gold):
        text = Text(title=row[f"title{end}"], body=row[f"text{end}"])
        level = read_level(text, row["issuer"], row["iso2"]).level
        said.append({"id": judge.key(n, row), "level": level})
        known += level is not None
        far += level is not None and abs(level - row["level"]) > 1
    yield from _printed(lambda: judge.score(gold, said))
    yield f"read {known} of {len(gold)}, off by two or more {far / max(known, 1):.3f}"


def gold_tables(folder: Path) -> Iterable[str]:
    """All tables over the labelled sets."""
    for name in ("news_gold_dev.jsonl", "news_gold_world_dev.jsonl"):
        yield f"\n## {name}"
        yield from news(folder, name)
    yield "\n## event_gsr_dev.jsonl"
    yield from sentences(folder, "event_gsr_dev.jsonl")
    for full in (True, False):
        yield f"\n## advisory_text_levels.jsonl, {'text in full' if full else 'phrase masked'}"
        yield from levels(folder, full)


def main(argv: list[str]) -> None:
    """Print everything."""
    folder = Path(argv[0]) if argv else BESIDE
    if (folder / "data").is_dir():
        for line in gold_tables(folder):
            print(line)
    else:
        print(f"no labelled sets in {folder.name}/data: their tables are left out")
    from advisories.coding.validate import tables

    for line in tables():
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
