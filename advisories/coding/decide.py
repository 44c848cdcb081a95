"""From a prepared text to events: which pairs hold one, which act it is, and how sure that is."""

from collections.abc import Mapping, Sequence
from operator import mul
from typing import cast

from advisories.coding.frames import Frame
from advisories.coding.joint import Pair, combine, is_mutual, rows
from advisories.coding.lexicon import Act, ActHit, acts
from advisories.coding.linear import (
    Weights,
    chance,
    logit,
    outcomes,
    scores,
    shares,
    strongest,
    weights,
)
from advisories.coding.reading import Reading, readings
from advisories.coding.scene import Scene, Section
from advisories.model import ActKind, Event, Rejected, Span

LINE = 0.45
"""Calibrated confidence below which a reading is no event; chosen on held-out folds."""
MENTIONED = 0.1
"""Readings below the line but above this are shown as rejected."""
SPREAD = 3.0
"""How evenly the sentences about a pair count for its act; chosen on held-out folds."""
CLEAREST = 2
"""Sentences about a pair that are asked for its act."""
NO_ACT = 0.4
"""Share of "none" above which a text has no main act: on held-out folds 1 act of 40 is lost by it."""


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


def _mixed(rows: Sequence[list[float]], parts: Sequence[float]) -> list[float]:
    """The shares of classes, averaged over sentences."""
    if len(rows) == 1:
        return shares(rows[0])
    return [sum(map(mul, parts, c)) for c in zip(*map(shares, rows), strict=True)]


def choose_act(own: Weights, reads: Sequence[Reading]) -> Act:
    """The act, weighed by two models: how grave (the median grade), and which act of that grade.

    Several sentences about a pair count, the clearest (the first) most.
    """
    table = acts()
    reads = [read for read in reads[:CLEAREST] if read.odds > reads[0].odds - 2 * SPREAD]
    rows = [outcomes(own, read.parts) for read in reads]
    parts = shares([read.odds / SPREAD for read in reads])
    by_act = _mixed([row[0] for row in rows], parts)
    by_grade = _mixed([row[1] for row in rows], parts)
    names = own.classes["act"]
    grades = dict(zip(map(int, own.classes["severity"]), by_grade, strict=True))
    for name, share in zip(names, by_act, strict=True):
        grades[table[name].severity] += share
    grade = _median({g: share / 2 for g, share in grades.items()})
    fits = [(by_act[n], -n) for n, name in enumerate(names) if table[name].severity == grade]
    return table[names[-max(fits)[1]]]


def confidences(
    own: Weights, scene: Scene, odds: Mapping[Pair, float], topic: list[str]
) -> dict[Pair, float]:
    """Calibrated chance of each ordered pair that it holds an event."""
    if not odds:
        return {}
    facts = own.facts
    gate = logit(own.gate, topic, facts["gate"])
    table = rows(odds, gate, is_mutual(scene.modes))
    weigh, shift = facts["joint"], facts["shift"]
    return {p: round(chance(combine(row, weigh, shift)), 4) for p, row in table.items()}


def ranked(own: Weights, scene: Scene) -> dict[Pair, list[Reading]]:
    """For each ordered pair the sentences about it, that which speaks most clearly first."""
    every = readings(scene, own.pair, own.facts["pair"])
    for reads in every.values():
        reads.sort(key=lambda read: -read.odds)
    return every


def _event(
    own: Weights, pair: Pair, reads: list[Reading], sure: float, texts: dict[str, str]
) -> Event:
    best = reads[0]
    act = choose_act(own, reads)
    return Event(
        *pair, act.name, act.kind, act.severity, act.score, sure,
        "; ".join(strongest(own.pair, best.parts[:3])), evidence(best.frame, texts),
    )  # fmt: skip


def _rejected(own: Weights, pair: Pair, read: Reading, why: str, verbose: bool) -> Rejected:
    hit = _nearest(read.frame) if read.frame else None
    if verbose:
        why += f": {'; '.join(strongest(own.pair, read.parts[:3]))}"
    return Rejected(*pair, hit.act if hit else "", why)


def decide(
    scene: Scene, topic: list[str], texts: dict[str, str], line: float, verbose: bool
) -> tuple[tuple[Event, ...], tuple[Rejected, ...]]:
    """All events of a text, and the readings that were considered and left out.

    `topic` are the text's own features; `verbose` adds the strongest features of a pair to the
    reason of its rejection.
    """
    if len(scene.codes) < 2:
        return (), ()
    own = weights(scene.lang)
    read = ranked(own, scene)
    events: list[Event] = []
    rejected: list[Rejected] = []
    odds = {pair: reads[0].odds for pair, reads in read.items()}
    for pair, sure in confidences(own, scene, odds, topic).items():
        if sure >= line:
            events.append(_event(own, pair, read[pair], sure, texts))
        elif sure >= MENTIONED:
            why = f"confidence {sure:.2f} below {line}"
            rejected.append(_rejected(own, pair, read[pair][0], why, verbose))
    return tuple(events), tuple(rejected)


def own_advice(
    issuer: str, events: tuple[Event, ...], rejected: tuple[Rejected, ...]
) -> tuple[tuple[Event, ...], tuple[Rejected, ...]]:
    """In the notice of a government, advice is that government's: that of others is rejected."""
    foreign = [e for e in events if e.act.startswith("ADVISE.") and issuer not in ("", e.actor)]
    why = f"advice in a notice of {issuer} is that of {issuer}"
    out = [Rejected(e.actor, e.target, e.act, why) for e in foreign]
    return tuple(e for e in events if e not in foreign), (*rejected, *out)


def main_kind(scene: Scene, topic: list[str]) -> ActKind | None:
    """The kind of the text's main act, whoever acts; None for a text without one."""
    own = weights(scene.lang)
    names = own.classes["kind"]
    by_kind = dict(zip(names, shares(scores(own, "kind", topic)), strict=True))
    if by_kind.pop("none", 0.0) > NO_ACT:
        return None
    return cast(ActKind, max(by_kind, key=lambda name: by_kind[name]))
