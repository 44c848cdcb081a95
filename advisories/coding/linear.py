"""Linear models over string features, applied with dictionary look-ups alone.

Weights are plain JSON: `common.json` for features that hold in every language, `LL.json` for the words
of one. The weights of several classes stand in one string, "class weight class weight": half the
bytes of nested lists are read many times as fast. Trained by `train.py`; see docs/coding.md.

The features of a pair come in two forms, so that most strings need never be joined: a block is a
tuple of features that stand together, a `Words` is a prefix (ending in "=") with the words that take it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import exp
from pathlib import Path
from struct import unpack_from
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"
_MOST = 200_000
"""Blocks whose sums are remembered."""
_NONE: Mapping[str, float] = {}

Block = tuple[str, ...]


class Words(NamedTuple):
    """Features that share a prefix."""

    prefix: str
    words: Sequence[str]


class Part(NamedTuple):
    """Some features of a reading, with the sum of their weights."""

    blocks: Sequence[Block]
    words: Sequence[Words]
    weight: float

    def features(self) -> list[str]:
        """All features, as strings."""
        out = [feature for block in self.blocks for feature in block]
        out.extend([prefix + word for prefix, words in self.words for word in words])
        return out


def split(feature: str) -> tuple[str, str]:
    """The prefix of a feature ("" for one of a block) and the rest."""
    at = feature.find("=") + 1
    return feature[:at], feature[at:]


class Table(dict[Block, float]):
    """The weights of the pair model, by prefix; as a dictionary the sums of the blocks seen."""

    def __init__(self, groups: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__()
        self.groups = groups
        self.plain = groups.get("", _NONE)

    def __missing__(self, block: Block) -> float:
        if len(self) > _MOST:
            self.clear()
        total = self[block] = sum([self.plain.get(feature, 0.0) for feature in block])
        return total

    def weigh(self, blocks: Sequence[Block], words: Sequence[Words]) -> Part:
        """The part made of these features."""
        total = sum([self[block] for block in blocks])
        groups = self.groups
        for prefix, group in words:
            get = groups.get(prefix, _NONE).get
            total += sum([get(word, 0.0) for word in group])
        return Part(blocks, words, total)

    def weight(self, feature: str) -> float:
        """The weight of one feature; 0 for one that is not known."""
        prefix, rest = split(feature)
        return self.groups.get(prefix, _NONE).get(rest, 0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """All models for one language: `pair` and `gate` give a number, `many` a number a class."""

    pair: Table
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
        pair=Table({**common["pair"], **own.get("pair", {})}),
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


def strongest(table: Table, features: Iterable[str], n: int = 3) -> list[str]:
    """The features that weigh most, with their sign, for an explanation."""
    weighed = [(table.weight(f), f) for f in features]
    known = [(abs(weight), f, weight) for weight, f in weighed if weight]
    return [f"{feature}{weight:+.1f}" for _, feature, weight in nlargest(n, known)]
