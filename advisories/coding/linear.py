"""Linear models over string features, applied with dictionary look-ups alone.

Weights are plain JSON: `common.json` for features that hold in every language, `LL.json` for the words
of one. The weights of several classes stand in one string, "class weight class weight": half the
bytes of nested lists are read many times as fast. Trained by `train.py`; see docs/coding.md.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import exp
from pathlib import Path
from struct import unpack_from
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Weights:
    """All models for one language: `pair` and `gate` give a number, `many` a number a class."""

    pair: Mapping[str, float]
    gate: Mapping[str, float]
    classes: Mapping[str, tuple[str, ...]]
    many: Mapping[str, "Lanes"]
    bias: Mapping[str, list[float]]
    facts: Mapping[str, Any]


def _read(name: str) -> dict[str, Any]:
    path = DATA / f"weights-{name}.json"
    if not path.is_file():
        return {}
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return raw


@cache
def weights(lang: str) -> Weights:
    """The weights for texts of one language; read once."""
    common, own = _read("common"), _read(lang)
    many = {
        model: Lanes({**table, **own.get("many", {}).get(model, {})})
        for model, table in common["many"].items()
    }
    return Weights(
        pair={**common["pair"], **own.get("pair", {})},
        gate={**common["gate"], **own.get("gate", {})},
        classes={model: tuple(names) for model, names in common["classes"].items()},
        many=many,
        bias=common["bias"],
        facts=common["facts"],
    )


def logit(table: Mapping[str, float], features: Iterable[str], bias: float) -> float:
    """The sum of the weights of the features."""
    get = table.get
    return sum([get(feature, 0.0) for feature in features], bias)


class Lanes(dict[str, int]):
    """The weights of all classes of a feature side by side in one integer.

    Each class has a lane of 32 bits that holds its weight times 10,000 (weights have four decimals,
    so sums are exact); adding two integers adds all classes at once. Packed at first use.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, feature: str) -> int:
        row = self.table[feature].split()
        packed = 0
        for n, weight in zip(row[::2], row[1::2], strict=True):
            packed += round(float(weight) * _SCALE) << (_LANE * int(n))
        self[feature] = packed
        return packed


_LANE, _SCALE, _HALF = 32, 10_000, 1 << 31


@cache
def _middle(size: int) -> int:
    """Half a lane in each lane, so that no sum is below zero."""
    return sum(_HALF << (_LANE * n) for n in range(size))


def scores(own: Weights, model: str, features: Iterable[str]) -> list[float]:
    """For each class of a model the sum of the weights of the features."""
    lanes = own.many[model]
    table = lanes.table
    bias = own.bias[model]
    whole = sum([lanes[feature] for feature in features if feature in table])
    whole += _middle(len(bias))
    packed = whole.to_bytes(4 * len(bias) + 8, "little")
    sums = unpack_from(f"<{len(bias)}I", packed)
    return [b + (lane - _HALF) / _SCALE for b, lane in zip(bias, sums, strict=True)]


def shares(logits: list[float]) -> list[float]:
    """Softmax."""
    top = max(logits)
    powers = [exp(value - top) for value in logits]
    whole = sum(powers)
    return [power / whole for power in powers]


def chance(value: float) -> float:
    """Logistic function, safe at both ends."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, value))))


def strongest(table: Mapping[str, float], features: Iterable[str], n: int = 3) -> list[str]:
    """The features that weigh most, with their sign, for an explanation."""
    known = [(abs(table[f]), f) for f in features if f in table]
    return [f"{feature}{table[feature]:+.1f}" for _, feature in nlargest(n, known)]
