"""The coded examples that the models learn from: our own headlines, same fields as a gold set."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisories.coding.features import text_features
from advisories.coding.joint import is_mutual
from advisories.coding.linear import Table
from advisories.coding.passages import inside
from advisories.coding.reading import readings
from advisories.coding.scene import Scene, prepare
from advisories.model import Text

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class PairCase:
    """One ordered pair of one example: features by sentence, whether it holds an event, which."""

    group: str
    actor: str
    target: str
    sentences: list[list[str]]
    label: bool
    act: str
    severity: int
    heft: float
    ignored: bool
    """A pair that a careful reader may count or not: no model learns from it."""
    inside: bool = False
    """In a paragraph from inside an article."""


@dataclass(frozen=True, slots=True)
class TextCase:
    """One example as a whole: features, and the kind of its main act ("none" for no act)."""

    group: str
    features: list[str]
    kind: str
    bilateral: bool
    mutual: bool
    heft: float
    inside: bool
    """A paragraph from inside an article; its own act is not what the article is about."""


def heft(row: dict[str, Any]) -> float:
    """How much a pair of an example counts: every text the same, however many pairs it has."""
    return 2.0 / max(2, len(row["countries"])) ** 2


def rows(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """All examples, in the order of their files."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield {**row, "stratum": path.name}


def text_of(row: dict[str, Any]) -> Text:
    """An example as the coder reads it."""
    return Text(
        title=row["title"],
        summary=row.get("summary") or "",
        body=row.get("text") or "",
        lang=row["lang"],
        date=row.get("date") or "",
    )


def main_event(events: list[dict[str, Any]], actor: str, target: str) -> dict[str, Any] | None:
    """The gravest event of a directed pair."""
    mine = [e for e in events if (e["actor"], e["target"]) == (actor, target)]
    return max(mine, key=lambda e: e["severity"], default=None)


def pair_cases(row: dict[str, Any], scene: Scene) -> Iterator[PairCase]:
    """The pairs of one example."""
    skip = {tuple(pair) for pair in row["ignore"]}
    for (actor, target), reads in readings(scene, Table({})).items():
        event = main_event(row["events"], actor, target)
        yield PairCase(
            row["id"], actor, target,
            [read.features for read in reads],
            event is not None,
            event.get("act", "") if event else "",
            event["severity"] if event else -1,
            heft(row),
            event is None and (actor, target) in skip,
            bool(row.get("inside")),
        )  # fmt: skip


def text_case(row: dict[str, Any], scene: Scene) -> TextCase:
    """One example as a whole; a request counts as verbal conflict, as in PLOVER's four classes."""
    kind = row.get("kind") or (row["events"][0]["kind"] if row["events"] else "none")
    if not row.get("kind") and row["events"] and row["events"][0]["act"].startswith("REQUEST"):
        kind = "verbal_conflict"
    return TextCase(
        row["id"], text_features(scene), kind, row["bilateral"], is_mutual(scene.modes), heft(row),
        bool(row.get("inside")),
    )  # fmt: skip


def load(folder: Path = FOLDER) -> tuple[list[PairCase], list[TextCase]]:
    """All cases of all examples."""
    pairs: list[PairCase] = []
    texts: list[TextCase] = []
    for row in rows(folder):
        scene = prepare(text_of(row))
        if row.get("inside"):
            scene = inside(scene)
        pairs.extend(pair_cases(row, scene))
        texts.append(text_case(row, scene))
    return pairs, texts
