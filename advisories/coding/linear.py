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
from importlib.resources import files
from math import exp
from pathlib import Path
from struct import unpack_from
from typing import Any, NamedTuple

DATA = Path(str(files("advisories.coding"))) / "data"
# Not from __file__: compiled modules are told theirs wrongly.
_MOST = 200_000
"""Blocks whose sums are remembered."""
_NONE: Mapping[str, float] = {}
TOGETHER = {"event": ("act", "severity"), "kind": ("kind",)}
"""Tables of weights, and the models of several classes that they hold: those asked for the same."""

Block = tuple[str, ...]
Rows = Mapping[str, Mapping[str, str]]
"""The weights of a feature for several classes, by prefix and rest."""


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
        total = self[block] = sum([self.plain.get(feature, 0.0) for feature in block], 0.0)
        return total

    def weigh(self, blocks: Sequence[Block], words: Sequence[Words]) -> Part:
        """The part made of these features."""
        total = sum([self[block] for block in blocks], 0.0)
        groups = self.groups
        for prefix, group in words:
            get = groups.get(prefix, _NONE).get
            total += sum([get(word, 0.0) for word in group], 0.0)
        return Part(blocks, words, total)

    def known(self, part: Part) -> list[tuple[float, str, str]]:
        """The features of a part that weigh something: how much, prefix and rest."""
        plain, groups = self.plain, self.groups
        out = [(plain[f], "", f) for block in part.blocks for f in block if f in plain]
        for prefix, words in part.words:
            group = groups.get(prefix, _NONE)
            out += [(group[word], prefix, word) for word in words if word in group]
        return out


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


def _merged(one: Rows, other: Rows) -> Rows:
    """The rows of both by prefix; few prefixes stand in both."""
    shared = {prefix: {**one[prefix], **other[prefix]} for prefix in other if prefix in one}
    return {**one, **other, **shared}


@cache
def weights(lang: str) -> Weights:
    """The weights for texts of one language; read once."""
    common, own = _read("common"), _read(lang)
    classes = {model: tuple(names) for model, names in common["classes"].items()}
    own_many = own.get("many", {})
    return Weights(
        pair=Table({**common["pair"], **own.get("pair", {})}),
        gate={**common["gate"], **own.get("gate", {})},
        classes=classes,
        many={
            name: Lanes(
                _merged(common["many"][name], own_many.get(name, {})),
                [len(classes[m]) for m in models],
            )
            for name, models in TOGETHER.items()
        },
        bias=common["bias"],
        facts=common["facts"],
    )


def logit(table: Mapping[str, float], features: Iterable[str], bias: float) -> float:
    """The sum of the weights of the features."""
    get = table.get
    return sum([get(feature, 0.0) for feature in features], bias)


class Group(dict[str, int]):
    """The weights of the features of one prefix, all classes in one integer; packed at first use."""

    def __init__(self, rows: Mapping[str, str], starts: Sequence[int]) -> None:
        super().__init__()
        self.rows = rows
        self._starts = starts

    def __missing__(self, word: str) -> int:
        packed = 0
        for start, part in zip(self._starts, self.rows[word].split(";"), strict=True):
            row = part.split()
            for n, weight in zip(row[::2], row[1::2], strict=True):
                packed += round(float(weight) * _SCALE) << (_LANE * (start + int(n)))
        self[word] = packed
        return packed

    def total(self, words: Iterable[str]) -> int:
        """The sum of the words that weigh something."""
        rows = self.rows
        return sum([self[word] for word in words if word in rows])


class Lanes(dict[Block, int]):
    """The weights of all classes of a feature side by side in one integer, of one or more models.

    Each class has a lane of 32 bits that holds its weight times 10,000 (weights have four decimals,
    so sums are exact); adding two integers adds all classes at once. Features stand by prefix, and a
    row has the weights of each model ("class weight class weight"), parted by semicolons. As a
    dictionary the sums of the blocks seen.
    """

    def __init__(self, groups: Rows, sizes: Sequence[int]) -> None:
        super().__init__()
        starts = [sum(sizes[:n]) for n in range(len(sizes))]
        self._groups = {prefix: Group(rows, starts) for prefix, rows in groups.items()}
        self.plain = self._groups.setdefault("", Group({}, starts))
        self.middle = sum([_HALF << (_LANE * n) for n in range(sum(sizes))])

    def __missing__(self, block: Block) -> int:
        if len(self) > _MOST:
            self.clear()
        total = self[block] = self.plain.total(block)
        return total

    def weigh(self, part: Part) -> int:
        """The sum of the features of a part."""
        total = sum([self[block] for block in part.blocks])
        groups = self._groups
        for prefix, words in part.words:
            group = groups.get(prefix)
            if group is not None:
                total += group.total(words)
        return total


_LANE, _SCALE, _HALF = 32, 10_000, 1 << 31


def _apart(lanes: Lanes, total: int, biases: Sequence[float]) -> list[float]:
    """Each lane of a sum."""
    size = len(biases)
    whole = (total + lanes.middle).to_bytes(4 * size + 8, "little")
    sums = unpack_from(f"<{size}I", whole)
    return [b + (lane - _HALF) / _SCALE for b, lane in zip(biases, sums, strict=True)]


def scores(own: Weights, model: str, features: Iterable[str]) -> list[float]:
    """For each class of a model without prefixes the sum of the weights of the features."""
    lanes = own.many[model]
    return _apart(lanes, lanes.plain.total(features), own.bias[model])


def outcomes(own: Weights, parts: Iterable[Part]) -> tuple[list[float], list[float]]:
    """The scores of all acts and of all grades, in one pass."""
    lanes, acts = own.many["event"], own.bias["act"]
    total = sum([lanes.weigh(part) for part in parts])
    both = _apart(lanes, total, [*acts, *own.bias["severity"]])
    return both[: len(acts)], both[len(acts) :]


def shares(logits: list[float]) -> list[float]:
    """Softmax."""
    top = max(logits)
    powers = [exp(value - top) for value in logits]
    whole = sum(powers)
    return [power / whole for power in powers]


def chance(value: float) -> float:
    """Logistic function, safe at both ends."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, value))))


def strongest(table: Table, parts: Iterable[Part], n: int = 3) -> list[str]:
    """The features that weigh most, with their sign, for an explanation."""
    known = [found for part in parts for found in table.known(part)]
    best = nlargest(n, known, key=_size)
    return [f"{prefix}{rest}{weight:+.1f}" for weight, prefix, rest in best]


def _size(known: tuple[float, str, str]) -> tuple[float, str, str]:
    """By weight of either sign; by name where two weigh the same."""
    weight, prefix, rest = known
    return abs(weight), prefix, rest
