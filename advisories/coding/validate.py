"""Cross-validation over our own examples: what the models do on examples they have not seen."""

from collections import Counter
from collections.abc import Iterable, Sequence

from advisories.coding.decide import LINE
from advisories.coding.examples import PairCase, TextCase, load
from advisories.coding.train import (
    FOLDS,
    clearest,
    event_cases,
    fit_joint,
    fold_of,
    held_out,
    held_out_rows,
)

BINS = 10


def calibrated(pairs: list[PairCase], texts: list[TextCase]) -> list[float]:
    """Held-out confidence of each pair: no model has seen its example, the joint one neither."""
    numbers = held_out_rows(pairs, texts, clearest(pairs)[0])
    out = [0.0] * len(pairs)
    for fold in range(FOLDS):
        inside = [n for n, c in enumerate(pairs) if fold_of(c.group) == fold]
        learned = [n for n, c in enumerate(pairs) if fold_of(c.group) != fold and not c.ignored]
        joint = fit_joint([numbers[n] for n in learned], [pairs[n] for n in learned])
        for n, value in zip(inside, joint.predict_proba([numbers[n] for n in inside]), strict=True):
            out[n] = float(value[1])
    return out


def reliability(chances: Sequence[float], labels: Sequence[bool]) -> Iterable[str]:
    """For each tenth of confidence: how many readings, mean confidence, share that was right."""
    yield "confidence   readings   mean   right"
    for n in range(BINS):
        rows = [
            (c, y)
            for c, y in zip(chances, labels, strict=True)
            if min(int(c * BINS), BINS - 1) == n
        ]
        if rows:
            mean = sum(c for c, _ in rows) / len(rows)
            right = sum(y for _, y in rows) / len(rows)
            yield f"{n / BINS:.1f}-{(n + 1) / BINS:.1f} {len(rows):12} {mean:8.3f} {right:7.3f}"


def pair_table(cases: list[PairCase], texts: list[TextCase]) -> Iterable[str]:
    """Directed pairs: precision, recall and F1 at the line, then the reliability table."""
    every = calibrated(cases, texts)
    known = [(c, case) for c, case in zip(every, cases, strict=True) if not case.ignored]
    labels = [case.label for _, case in known]
    yield f"pairs {len(labels)}, with an event {sum(labels)}; at the line {LINE}:"
    yield _found([(c, case.label) for c, case in known])
    yield f"of them inside articles: {_found([(c, case.label) for c, case in known if case.inside])}"
    yield from reliability([c for c, _ in known], labels)


def _found(readings: Sequence[tuple[float, bool]]) -> str:
    """Precision, recall and F1 at the line."""
    tp = sum(c >= LINE and y for c, y in readings)
    said, held = sum(c >= LINE for c, _ in readings), sum(y for _, y in readings)
    precision, recall = tp / max(said, 1), tp / max(held, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def class_table(
    name: str, features: Sequence[Sequence[str]], labels: Sequence[str], groups: Sequence[str]
) -> Iterable[str]:
    """Share of right classes."""
    classes = sorted(set(labels))
    chances = held_out(features, labels, groups, name)
    said = [classes[n] for n in chances.argmax(axis=1)]
    right = sum(a == b for a, b in zip(said, labels, strict=True)) / len(labels)
    commonest = Counter(labels).most_common(1)[0][1] / len(labels)
    yield f"{name}: right {right:.3f} of {len(labels)} (the commonest alone {commonest:.3f})"


def tables() -> Iterable[str]:
    """All tables."""
    pairs, texts = load()
    yield f"\n## own examples: {len(texts)}, cross-validated"
    yield from pair_table(pairs, texts)
    events = event_cases(pairs, clearest(pairs)[1])
    features, groups = [known for _, known in events], [c.group for c, _ in events]
    yield from class_table("act", features, [c.act for c, _ in events], groups)
    yield from class_table("severity", features, [str(c.severity) for c, _ in events], groups)
    yield from kind_table(texts)


def kind_table(texts: list[TextCase]) -> Iterable[str]:
    """The kind of whole texts."""
    texts = [t for t in texts if not t.inside]
    yield from class_table(
        "kind", [t.features for t in texts], [t.kind for t in texts], [t.group for t in texts]
    )
