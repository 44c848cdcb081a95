"""The labelled sets beside the checkout: the figures that docs/coding.md promises, with some room."""

from typing import Any

import pytest

from advisories.coding import score
from advisories.coding.examples import text_of
from advisories.model import Text
from tests.conftest import SHARED

pytestmark = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="the labelled sets are not beside this checkout"
)


def _news(name: str) -> dict[str, Any]:
    judge = score.scorer(SHARED, "score_news")
    gold = score.read(SHARED / "data" / name)
    said = [score.predict(row, text_of(row)) for row in gold]
    report: dict[str, Any] = judge.report([tally for _, tally in judge.evaluate(gold, said)])
    return report


def test_news() -> None:
    found = _news("news_gold_dev.jsonl")
    assert found["countries"]["f1"] >= 0.94
    assert found["pairs_directed"]["f1"] >= 0.66
    assert found["pairs_undirected"]["f1"] >= 0.74
    assert found["severity"]["accuracy"] >= 0.65
    assert found["false_alarm_rate"] <= 0.06


def test_news_of_the_world() -> None:
    found = _news("news_gold_world_dev.jsonl")
    assert found["countries"]["f1"] >= 0.94
    assert found["pairs_directed"]["f1"] >= 0.70
    assert found["false_alarm_rate"] <= 0.04


def test_classes_of_sentences() -> None:
    gold = score.read(SHARED / "data" / "event_gsr_dev.jsonl")
    kinds = {1: "verbal_coop", 2: "material_coop", 3: "verbal_conflict", 4: "material_conflict"}
    right = count = 0
    for row in gold:
        want = {kinds[e["quad"]] for e in row["events"] if e["quad"]}
        said = score.predict(row, Text(row["text"], lang=row["lang"]))["kind"]
        count += bool(want)
        right += said in want
    assert right / count >= 0.64


@pytest.mark.parametrize("full", [True, False])
def test_levels(full: bool) -> None:
    last = list(score.levels(SHARED, full))[-1]
    assert float(last.split()[-1]) <= 0.02
    if full:
        assert int(last.split()[1]) >= 800
