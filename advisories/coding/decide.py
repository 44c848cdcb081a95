"""From a prepared text to events: which pairs hold one, which act it is, and how sure that is."""

from collections.abc import Mapping
from typing import cast

from advisories.coding.features import Frame, pair_features, text_features, whole_features
from advisories.coding.joint import Pair, combine, is_mutual, rows
from advisories.coding.lexicon import Act, ActHit, acts
from advisories.coding.linear import Weights, chance, logit, scores, shares, strongest, weights
from advisories.coding.roles import roles
from advisories.coding.scene import Scene, Section
from advisories.model import ActKind, Event, Rejected, Span

LINE = 0.5
"""Calibrated confidence below which a reading is no event; chosen on held-out folds."""
MENTIONED = 0.1
"""Readings below the line but above this are shown as rejected."""
MOST = 8
"""Countries of one text that are paired; longer lists are round-ups."""
NO_ACT = 0.6
"""Share of "none" above which a text has no main act."""


Sentence = tuple[Frame | None, list[str]]
"""What one sentence says of a pair: where, and its features."""


def ordered_pairs(codes: tuple[str, ...]) -> list[Pair]:
    """All ordered pairs of the first few countries."""
    few = codes[:MOST]
    return [(a, b) for a in few for b in few if a != b]


def _span(section: Section, first: int, last: int, text: str) -> Span:
    start, end = section.tokens.starts[first], section.tokens.ends[last - 1]
    return Span(text[start:end], start, end, section.where)


def _nearest(frame: Frame) -> ActHit | None:
    """The act that stands nearest to a pair."""
    low, high = sorted((frame.actor.first, frame.target.first))
    return min(
        frame.section.acts,
        key=lambda h: (max(low - h.last, h.first - high, 0), h.first),
        default=None,
    )


def evidence(frame: Frame | None, texts: dict[str, str]) -> tuple[Span, ...]:
    """Where the actor, the act and the target stand."""
    if frame is None:
        return ()
    section = frame.section
    text = texts[section.where]
    spans = [_span(section, p.first, p.last, text) for p in (frame.actor, frame.target)]
    hit = _nearest(frame)
    if hit:
        spans.append(_span(section, hit.first, hit.last, text))
    return tuple(sorted(spans, key=lambda span: span.start))


def _median(grades: Mapping[int, float]) -> int:
    """The grade in the middle of its distribution: half the mass on either side."""
    mass = 0.0
    for grade in sorted(grades):
        mass += grades[grade]
        if mass >= 0.5:
            return grade
    return max(grades)


def choose_act(own: Weights, features: list[str]) -> Act:
    """The act, weighed by two models: how grave (the median grade), and which act of that grade."""
    table = acts()
    by_act = scores(own, "act", features)
    names = own.classes["act"]
    by_grade = shares(scores(own, "severity", features))
    grades = dict(zip(map(int, own.classes["severity"]), by_grade, strict=True))
    for name, share in zip(names, shares(by_act), strict=True):
        grades[table[name].severity] += share
    grade = _median({g: share / 2 for g, share in grades.items()})
    fits = [n for n, name in enumerate(names) if table[name].severity == grade]
    return table[names[max(fits, key=lambda n: by_act[n])]]


def best_sentence(own: Weights, read: list[Sentence]) -> tuple[float, Sentence]:
    """The sentence that speaks most clearly for a pair, and its log odds."""
    bias = own.facts["pair"]
    scored = [(logit(own.pair, sentence[1], bias), -n) for n, sentence in enumerate(read)]
    odds, place = max(scored)
    return odds, read[-place]


def confidences(own: Weights, scene: Scene, odds: Mapping[Pair, float]) -> dict[Pair, float]:
    """Calibrated chance of each ordered pair that it holds an event."""
    facts = own.facts
    gate = logit(own.gate, text_features(scene), facts["gate"]) if odds else 0.0
    table = rows(odds, gate, is_mutual(scene.modes))
    weigh, shift = facts["joint"], facts["shift"]
    return {p: round(chance(combine(row, weigh, shift)), 4) for p, row in table.items()}


def readings(own: Weights, scene: Scene) -> dict[Pair, tuple[float, Sentence]]:
    """For each ordered pair its best sentence."""
    whole, found = whole_features(scene), roles(scene)
    out = {}
    for pair in ordered_pairs(scene.codes):
        read = [(frame, known + whole) for frame, known in pair_features(scene, found, *pair)]
        out[pair] = best_sentence(own, read)
    return out


def _event(
    own: Weights, pair: Pair, sentence: Sentence, sure: float, texts: dict[str, str]
) -> Event:
    frame, features = sentence
    act = choose_act(own, features)
    return Event(
        *pair, act.name, act.kind, act.severity, act.score, sure,
        "; ".join(strongest(own.pair, features)), evidence(frame, texts),
    )  # fmt: skip


def _rejected(own: Weights, pair: Pair, sentence: Sentence, why: str, verbose: bool) -> Rejected:
    frame, features = sentence
    hit = _nearest(frame) if frame else None
    if verbose:
        why += f": {'; '.join(strongest(own.pair, features))}"
    return Rejected(*pair, hit.act if hit else "", why)


def decide(
    scene: Scene, texts: dict[str, str], line: float = LINE, verbose: bool = False
) -> tuple[tuple[Event, ...], tuple[Rejected, ...]]:
    """All events of a text, and the readings that were considered and left out.

    `verbose` adds the strongest features to the reason of each rejection.
    """
    own = weights(scene.lang)
    read = readings(own, scene)
    events: list[Event] = []
    rejected: list[Rejected] = []
    for pair, sure in confidences(own, scene, {p: odds for p, (odds, _) in read.items()}).items():
        if sure >= line:
            events.append(_event(own, pair, read[pair][1], sure, texts))
        elif sure >= MENTIONED:
            why = f"confidence {sure:.2f} below {line}"
            rejected.append(_rejected(own, pair, read[pair][1], why, verbose))
    return tuple(events), tuple(rejected)


def main_kind(scene: Scene) -> ActKind | None:
    """The kind of the text's main act, whoever acts; None for a text without one."""
    own = weights(scene.lang)
    names = own.classes["kind"]
    by_kind = dict(zip(names, shares(scores(own, "kind", text_features(scene))), strict=True))
    if by_kind.pop("none", 0.0) > NO_ACT:
        return None
    return cast(ActKind, max(by_kind, key=lambda name: by_kind[name]))
