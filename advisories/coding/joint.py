"""The readings of one text, judged together.

A first model looks at each ordered pair alone; this one sees what the others got. "A to B" competes
with "B to A" unless the words show a mutual act, and a strong reading elsewhere in the text makes a
weak one less likely. A dozen numbers a pair, so that its few weights can be read.
"""

from collections.abc import Mapping, Sequence

from advisories.coding.lexicon import acts

NAMES = (
    "own", "reverse", "behind", "ahead one-way", "behind one-way", "mutual", "best other", "rank",
    "first", "gate", "same actor", "same target", "three", "best of both",
)  # fmt: skip
"""What the numbers of a pair stand for, in order."""
_FLOOR = -6.0

Pair = tuple[str, str]


def is_mutual(modes: frozenset[str]) -> bool:
    """Whether the words show an act without direction ("agreed", "met", "clashed")."""
    table = acts()
    return any(mode in table and table[mode].mutual for mode in modes)


def _row(odds: Mapping[Pair, float], pair: Pair, gate: float, mutual: bool) -> list[float]:
    actor, target = pair
    own = odds[pair]
    back = odds.get((target, actor), _FLOOR)
    lead, one_way = own - back, not mutual
    rest = [z for p, z in odds.items() if p not in (pair, (target, actor))]
    rank = sum(z > own for z in odds.values())
    same_actor = max((z for p, z in odds.items() if p[0] == actor and p != pair), default=_FLOOR)
    same_target = max((z for p, z in odds.items() if p[1] == target and p != pair), default=_FLOOR)
    return [
        own, back, min(0.0, lead), lead * one_way, min(0.0, lead) * one_way, float(mutual),
        max(rest, default=_FLOOR), float(rank), float(rank == 0), gate, same_actor, same_target,
        float(len(odds) > 2), max(own, back),
    ]  # fmt: skip


def rows(odds: Mapping[Pair, float], gate: float, mutual: bool) -> dict[Pair, list[float]]:
    """The numbers of each pair, from the log odds of all pairs and of the text as a whole."""
    bounded = {pair: max(-11.5, min(11.5, z)) for pair, z in odds.items()}
    return {pair: _row(bounded, pair, gate, mutual) for pair in bounded}


def combine(numbers: Sequence[float], own: Sequence[float], bias: float) -> float:
    """The weighted sum: the final log odds of a pair."""
    return sum([a * b for a, b in zip(numbers, own, strict=True)], bias)


__all__ = ["NAMES", "Pair", "combine", "is_mutual", "rows"]
