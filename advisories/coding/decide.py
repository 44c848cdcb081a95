"""From a prepared text to events: which pairs hold one, which act it is, and how sure that is."""

from collections.abc import Mapping
from math import log
from typing import cast

from advisories.coding.features import frames, pair_features, text_features, whole_features
from advisories.coding.joint import Pair, combine, is_mutual, rows
from advisories.coding.lexicon import Act, ActHit, acts
from advisories.coding.linear import Weights, chance, logit, scores, shares, strongest, weights
from advisories.coding.roles import roles
from advisories.coding.scene import Place, Scene, Section
from advisories.model import ActKind, Event, Rejected, Span

LINE = 0.5
"""Calibrated confidence below which a reading is no event; chosen on held-out folds."""
MENTIONED = 0.1
"""Readings below the line but above this are shown as rejected."""
MOST = 8
"""Countries of one text that are paired; longer lists are round-ups."""
NO_ACT = 0.6
"""Share of "none" above which a text has no main act."""


def ordered_pairs(codes: tuple[str, ...]) -> list[Pair]:
    """All ordered pairs of the first few countries."""
    few = codes[:MOST]
    return [(a, b) for a in few for b in few if a != b]


def _span(section: Section, first: int, last: int, text: str) -> Span:
    start, end = section.tokens.starts[first], section.tokens.ends[last - 1]
    return Span(text[start:end], start, end, section.where)


def _nearest(section: Section, actor: Place, target: Place) -> ActHit | None:
    low, high = sorted((actor.first, target.first))
    hits = [h for h in section.acts if section.sentences[h.first] == actor.sentence]
    key = lambda h: (max(low - h.last, h.first - high, 0), h.first)  # noqa: E731
    return min(hits, key=key, default=None)


def evidence(scene: Scene, actor: str, target: str, texts: dict[str, str]) -> tuple[Span, ...]:
    """Where the actor, the act and the target stand."""
    found = frames(scene, actor, target)
    if not found:
        return ()
    section, a, b, _ = found[0]
    text = texts[section.where]
    spans = [_span(section, place.first, place.last, text) for place in (a, b)]
    hit = _nearest(section, a, b)
    if hit:
        spans.append(_span(section, hit.first, hit.last, text))
    return tuple(sorted(spans, key=lambda span: span.start))


def choose_act(own: Weights, features: list[str]) -> Act:
    """The act, weighed by two models: which act, and how grave."""
    table = acts()
    by_act = shares(scores(own, "act", features))
    by_grade = shares(scores(own, "severity", features))
    grade = dict(zip(map(int, own.classes["severity"]), by_grade, strict=True))
    names = own.classes["act"]

    def value(n: int) -> float:
        act = table[names[n]]
        return log(by_act[n] + 1e-9) + log(grade.get(act.severity, 0.0) + 1e-4)

    return table[names[max(range(len(names)), key=value)]]


def _shown(scene: Scene, actor: str, target: str) -> str:
    """The act that the words nearest to a pair show; "" for none."""
    found = frames(scene, actor, target)
    hit = _nearest(found[0].section, found[0].actor, found[0].target) if found else None
    return hit.act if hit else ""


def confidences(
    own: Weights, scene: Scene, features: Mapping[Pair, list[str]]
) -> dict[Pair, float]:
    """Calibrated chance of each ordered pair that it holds an event."""
    facts = own.facts
    odds = {pair: logit(own.pair, known, facts["pair"]) for pair, known in features.items()}
    gate = logit(own.gate, text_features(scene), facts["gate"]) if odds else 0.0
    table = rows(odds, max(-11.5, min(11.5, gate)), is_mutual(scene.modes))
    weigh, shift = facts["joint"], facts["shift"]
    return {p: round(chance(combine(row, weigh, shift)), 4) for p, row in table.items()}


def _event(own: Weights, scene: Scene, pair: tuple[str, str], features: list[str],
           sure: float, texts: dict[str, str]) -> Event:  # fmt: skip
    act = choose_act(own, features)
    return Event(
        *pair, act.name, act.kind, act.severity, act.score, sure,
        "; ".join(strongest(own.pair, features)), evidence(scene, *pair, texts),
    )  # fmt: skip


def decide(
    scene: Scene, texts: dict[str, str], line: float = LINE, verbose: bool = False
) -> tuple[tuple[Event, ...], tuple[Rejected, ...]]:
    """All events of a text, and the readings that were considered and left out.

    `verbose` adds the strongest features to the reason of each rejection.
    """
    own = weights(scene.lang)
    events: list[Event] = []
    rejected: list[Rejected] = []
    whole, found = whole_features(scene), roles(scene)
    known = {p: pair_features(scene, found, *p) + whole for p in ordered_pairs(scene.codes)}
    for pair, sure in confidences(own, scene, known).items():
        features = known[pair]
        if sure >= line:
            events.append(_event(own, scene, pair, features, sure, texts))
        elif sure >= MENTIONED:
            why = f"confidence {sure:.2f} below {line}"
            if verbose:
                why += f": {'; '.join(strongest(own.pair, features))}"
            rejected.append(Rejected(*pair, _shown(scene, *pair), why))
    return tuple(events), tuple(rejected)


def main_kind(scene: Scene) -> ActKind | None:
    """The kind of the text's main act, whoever acts; None for a text without one."""
    own = weights(scene.lang)
    names = own.classes["kind"]
    by_kind = dict(zip(names, shares(scores(own, "kind", text_features(scene))), strict=True))
    if by_kind.pop("none", 0.0) > NO_ACT:
        return None
    return cast(ActKind, max(by_kind, key=lambda name: by_kind[name]))
