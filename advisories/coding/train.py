"""Train the linear models on our own examples: `python -m advisories.coding.train`.

Needs scikit-learn (a development dependency). Deterministic: sorted vocabulary, fixed solvers and
seeds, weights rounded to four decimals, so that two machines write the same files.
"""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from advisories.coding import stamp
from advisories.coding.examples import FOLDER, PairCase, TextCase, load
from advisories.coding.joint import rows
from advisories.coding.linear import TOGETHER, split

DATA = Path(__file__).parent / "data"
FOLDS = 5
ROUNDS = 2
SMALLEST = {"pair": 0.06, "gate": 0.06, "act": 0.16, "severity": 0.1, "kind": 0.1}
"""Weights nearer to zero are dropped: they change nothing and cost bytes."""
STRENGTH = {"pair": 0.1, "gate": 0.1, "act": 1.0, "severity": 0.3, "kind": 0.2}
SILENT = 0.25
"""How much a text without an act counts for the kind: they are many, and blur the four classes."""
RAREST = {"pair": 3, "gate": 3, "act": 8, "severity": 6, "kind": 5}

Matrix = Any
Features = Sequence[Sequence[str]]


def vocabulary(features: Features, rarest: int) -> dict[str, int]:
    """Features seen in `rarest` cases or more, in sorted order."""
    counts = Counter(name for row in features for name in set(row))
    return {name: n for n, name in enumerate(sorted(k for k, c in counts.items() if c >= rarest))}


def matrix(features: Features, vocab: dict[str, int]) -> Matrix:
    """Cases by features: how often each stands in a case."""
    indices: list[int] = []
    starts = [0]
    for row in features:
        indices.extend(sorted([vocab[name] for name in row if name in vocab]))
        starts.append(len(indices))
    shape = (len(features), len(vocab))
    table = csr_matrix((np.ones(len(indices)), indices, starts), shape=shape)
    table.sum_duplicates()
    return table


def fold_of(group: str) -> int:
    """The fold of an example, the same on every machine."""
    return zlib.crc32(group.encode()) % FOLDS


def fit(
    features: Features, labels: Sequence[Any], model: str, heft: Sequence[float] | None = None
) -> tuple[Any, dict[str, int]]:
    """One logistic model and its vocabulary; `heft` is how much each case counts."""
    vocab = vocabulary(features, RAREST[model])
    solver = "liblinear" if model in ("pair", "gate") else "lbfgs"
    machine = LogisticRegression(
        C=STRENGTH[model], solver=solver, max_iter=2000, tol=1e-6, random_state=0
    )
    machine.fit(matrix(features, vocab), labels, sample_weight=heft)
    return machine, vocab


def held_out(
    features: Features, labels: Sequence[Any], groups: Sequence[str], model: str,
    kept: Sequence[bool] | None = None, heft: Sequence[float] | None = None,
) -> Matrix:  # fmt: skip
    """For each case the chances given by a model that has not seen its example.

    Cases that are not `kept` are judged but never learned from.
    """
    classes = sorted(set(labels))
    out = np.zeros((len(labels), len(classes)))
    for fold in range(FOLDS):
        test = [n for n, group in enumerate(groups) if fold_of(group) == fold]
        train = [
            n for n, group in enumerate(groups) if fold_of(group) != fold and (not kept or kept[n])
        ]
        machine, vocab = fit(
            [features[n] for n in train], [labels[n] for n in train], model,
            [heft[n] for n in train] if heft else None,
        )  # fmt: skip
        chances = machine.predict_proba(matrix([features[n] for n in test], vocab))
        for column, name in enumerate(machine.classes_):
            out[test, classes.index(name)] = chances[:, column]
    return out


def log_odds(chances: Matrix) -> Matrix:
    """Log odds, bounded."""
    clipped = np.clip(chances, 1e-5, 1 - 1e-5)
    return np.log(clipped / (1 - clipped))


def _flat(pairs: Sequence[PairCase]) -> tuple[list[list[str]], list[int]]:
    """All sentences of all pairs, and for each the number of its pair."""
    features = [known for case in pairs for known in case.sentences]
    return features, [n for n, case in enumerate(pairs) for _ in case.sentences]


def _speaking(pairs: list[PairCase], owners: list[int], chances: Matrix) -> list[bool]:
    """Sentences to learn from: all of a pair without an event, the clearest of one with."""
    best: dict[int, int] = {}
    for n, owner in enumerate(owners):
        if owner not in best or chances[n] > chances[best[owner]]:
            best[owner] = n
    return [
        not pairs[owner].ignored and (not pairs[owner].label or best[owner] == n)
        for n, owner in enumerate(owners)
    ]


def clearest(pairs: list[PairCase]) -> tuple[Matrix, list[bool]]:
    """Held-out chance of each sentence, and which sentences carry the label of their pair.

    An event is said in one sentence as a rule; which one is not marked in the examples, so the
    model finds it in two rounds.
    """
    features, owners = _flat(pairs)
    labels = [pairs[owner].label for owner in owners]
    groups = [pairs[owner].group for owner in owners]
    heft = [pairs[owner].heft for owner in owners]
    kept = [not pairs[owner].ignored for owner in owners]
    for _ in range(ROUNDS):
        chances = held_out(features, labels, groups, "pair", kept, heft)[:, 1]
        kept = _speaking(pairs, owners, chances)
    return held_out(features, labels, groups, "pair", kept, heft)[:, 1], kept


def held_out_rows(
    pairs: list[PairCase], texts: list[TextCase], chances: Matrix
) -> list[list[float]]:
    """For each pair the numbers that the joint model sees, from models that saw other examples."""
    odds = log_odds(chances)
    gate = log_odds(held_out(
        [t.features for t in texts], [t.bilateral for t in texts], [t.group for t in texts], "gate",
        None, [t.heft for t in texts],
    )[:, 1])  # fmt: skip
    whole = {t.group: (float(g), t.mutual) for t, g in zip(texts, gate, strict=True)}
    by_text: dict[str, dict[tuple[str, str], float]] = {}
    for value, owner in zip(odds, _flat(pairs)[1], strict=True):
        case = pairs[owner]
        mine = by_text.setdefault(case.group, {})
        pair = case.actor, case.target
        mine[pair] = max(float(value), mine.get(pair, -99.0))
    tables = {group: rows(values, *whole[group]) for group, values in by_text.items()}
    return [tables[c.group][c.actor, c.target] for c in pairs]


def fit_joint(numbers: list[list[float]], cases: list[PairCase]) -> Any:
    """The joint model: a calibrated chance from a dozen numbers."""
    machine = LogisticRegression(C=1.0, solver="lbfgs", max_iter=5000, tol=1e-8)
    return machine.fit(numbers, [c.label for c in cases], [c.heft for c in cases])


def _sparse(machine: Any, vocab: dict[str, int], least: float) -> dict[str, list[list[float]]]:
    table = {}
    for name, column in vocab.items():
        row = [[n, round(float(w), 4)] for n, w in enumerate(machine.coef_[:, column])]
        row = [[n, w] for n, w in row if abs(w) >= least]
        if row:
            table[name] = row
    return table


def _tongue(feature: str) -> str:
    """The file of a feature: its language, or "common"."""
    return feature[:2] if feature[2:3] == "|" and feature[:2].islower() else "common"


class _Book:
    """Weights sorted into the file they belong to: common, or one language's."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, Any]] = {}
        self._file("common")

    def _file(self, tongue: str) -> dict[str, Any]:
        return self.files.setdefault(tongue, {"pair": {}, "gate": {}, "many": {}})

    def add_pair(self, machine: Any, vocab: dict[str, int]) -> None:
        """The pair model, by prefix and word."""
        for feature, weights in _sparse(machine, vocab, SMALLEST["pair"]).items():
            prefix, rest = split(feature)
            group = self._file(_tongue(feature))["pair"].setdefault(prefix, {})
            group[rest] = weights[0][1]

    def add_gate(self, machine: Any, vocab: dict[str, int]) -> None:
        """The gate, by feature."""
        for feature, weights in _sparse(machine, vocab, SMALLEST["gate"]).items():
            self._file(_tongue(feature))["gate"][feature] = weights[0][1]

    def add_many(self, *fitted: tuple[str, Any, dict[str, int]]) -> None:
        """Models of several classes that are asked for the same, all weights of a feature a string."""
        models = tuple(model for model, _, _ in fitted)
        name = next(name for name, held in TOGETHER.items() if held == models)
        tables = [_sparse(machine, vocab, SMALLEST[model]) for model, machine, vocab in fitted]
        for feature in {feature: None for table in tables for feature in table}:
            parts = (" ".join(f"{n} {w}" for n, w in t.get(feature, ())) for t in tables)
            prefix, rest = split(feature)
            many = self._file(_tongue(feature))["many"].setdefault(name, {})
            many.setdefault(prefix, {})[rest] = ";".join(parts)
        common = self.files["common"]
        common["many"].setdefault(name, {})
        for model, machine, _ in fitted:
            common.setdefault("classes", {})[model] = [str(name) for name in machine.classes_]
            bias = [round(float(value), 4) for value in machine.intercept_]
            common.setdefault("bias", {})[model] = bias

    def write(self, folder: Path) -> None:
        """Write a file a language."""
        for old in folder.glob("weights-*.json"):
            old.unlink()
        for name, table in self.files.items():
            text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            (folder / f"weights-{name}.json").write_text(text + "\n", encoding="utf-8")


def train_pairs(
    book: _Book, pairs: list[PairCase], texts: list[TextCase]
) -> tuple[dict[str, Any], list[bool]]:
    """The models that say whether an ordered pair holds an event: alone, and all together."""
    chances, kept = clearest(pairs)
    numbers = held_out_rows(pairs, texts, chances)
    sure = [(row, c) for row, c in zip(numbers, pairs, strict=True) if not c.ignored]
    joint = fit_joint([row for row, _ in sure], [c for _, c in sure])
    features, owners = _flat(pairs)
    learned = [(features[n], pairs[owner]) for n, owner in enumerate(owners) if kept[n]]
    pair, vocab = fit(
        [known for known, _ in learned], [c.label for _, c in learned], "pair",
        [c.heft for _, c in learned],
    )  # fmt: skip
    book.add_pair(pair, vocab)
    gate, words = fit(
        [t.features for t in texts], [t.bilateral for t in texts], "gate", [t.heft for t in texts]
    )
    book.add_gate(gate, words)
    return {
        "pair": round(float(pair.intercept_[0]), 4),
        "gate": round(float(gate.intercept_[0]), 4),
        "joint": [round(float(w), 4) for w in joint.coef_[0]],
        "shift": round(float(joint.intercept_[0]), 4),
    }, kept


def event_cases(pairs: list[PairCase], kept: Sequence[bool]) -> list[tuple[PairCase, list[str]]]:
    """The pairs that hold an event, with the sentence that says so."""
    features, owners = _flat(pairs)
    return [
        (pairs[owner], features[n])
        for n, owner in enumerate(owners)
        if kept[n] and pairs[owner].label
    ]


def train_acts(book: _Book, pairs: list[PairCase], kept: Sequence[bool]) -> None:
    """The models that say which act, and how grave, for a pair that holds an event."""
    events = event_cases(pairs, kept)
    features, heft = [known for _, known in events], [c.heft for c, _ in events]
    acts = fit(features, [c.act for c, _ in events], "act", heft)
    grades = fit(features, [c.severity for c, _ in events], "severity", heft)
    book.add_many(("act", *acts), ("severity", *grades))


def train_kinds(book: _Book, cases: list[TextCase]) -> None:
    """The model that says of what kind the main act of a text is."""
    cases = [c for c in cases if not c.inside]
    kinds = [c.kind for c in cases]
    heft = [SILENT if kind == "none" else 1.0 for kind in kinds]
    book.add_many(("kind", *fit([c.features for c in cases], kinds, "kind", heft)))


def train(folder: Path = DATA, source: Path = FOLDER) -> None:
    """Train all models on the examples in `source` and write their weights to `folder`."""
    pairs, texts = load(source)
    book = _Book()
    facts, kept = train_pairs(book, pairs, texts)
    train_acts(book, pairs, kept)
    train_kinds(book, texts)
    book.files["common"]["facts"] = {**facts, "examples": len(texts)}
    book.write(folder)


if __name__ == "__main__":
    train()
    stamp.main()
