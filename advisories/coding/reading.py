"""Every ordered pair of a text, read sentence by sentence.

A pair's features are the union of four parts: what holds for the text, for the sentence, for each of
the two places in it, and for the pair alone. The weights of the first three are summed once and
shared by all pairs; that is what makes the coder fast.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from advisories.coding.features import (
    Frame,
    cross_features,
    frame_features,
    frame_of,
    masked,
    party_features,
    sentence_features,
    whole_features,
)
from advisories.coding.joint import Pair
from advisories.coding.roles import Roles, roles
from advisories.coding.scene import Scene, Section

MOST = 8
"""Countries of one text that are paired; longer lists are round-ups."""


class Reading(NamedTuple):
    """One sentence about one pair: where, its log odds, and its features in parts."""

    frame: Frame | None
    odds: float
    parts: tuple[list[str], ...]

    @property
    def features(self) -> list[str]:
        """All features."""
        return [feature for part in self.parts for feature in part]


class _Part(NamedTuple):
    """Features with the sum of their weights."""

    features: list[str]
    weight: float


def ordered_pairs(codes: tuple[str, ...]) -> list[Pair]:
    """All ordered pairs of the first few countries."""
    few = codes[:MOST]
    return [(a, b) for a in few for b in few if a != b]


def _weigh(table: Mapping[str, float], features: list[str]) -> _Part:
    get = table.get
    return _Part(features, sum([get(feature, 0.0) for feature in features]))


def _parties(
    table: Mapping[str, float], lang: str, found: Roles, mark: str = ""
) -> dict[tuple[str, str], _Part]:
    """For each role and code the features of that place in that role."""
    return {
        (role, code): _weigh(table, [mark + f for f in party_features(lang, facts, role)])
        for code, facts in found.profile.items()
        for role in "ab"
    }


def _sentence(
    table: Mapping[str, float], scene: Scene, section: Section, found: Roles, whole: _Part
) -> Iterator[tuple[Pair, Reading]]:
    """The readings of all pairs that one sentence names."""
    codes = tuple(found.profile)
    if len(codes) < 2:
        return
    shared = _weigh(table, sentence_features(scene, section))
    parties = _parties(table, scene.lang, found)
    words = masked(section)
    known = set(scene.codes[:MOST])
    for pair in ordered_pairs(tuple(code for code in codes if code in known)):
        frame = frame_of(section, *pair)
        if frame is None:
            continue
        own = _weigh(table, frame_features(scene, frame, found, words))
        parts = (own, parties["a", pair[0]], parties["b", pair[1]], shared, whole)
        yield (
            pair,
            Reading(
                frame, sum(part.weight for part in parts), tuple(part.features for part in parts)
            ),
        )


def _apart(
    table: Mapping[str, float], scene: Scene, found: Roles, whole: _Part, pairs: list[Pair]
) -> Iterator[tuple[Pair, Reading]]:
    """The readings of pairs that no sentence names together."""
    cross = _weigh(table, cross_features(scene))
    parties = _parties(table, scene.lang, found, "x")
    for pair in pairs:
        parts = (parties["a", pair[0]], parties["b", pair[1]], cross, whole)
        yield (
            pair,
            Reading(
                None, sum(part.weight for part in parts), tuple(part.features for part in parts)
            ),
        )


def readings(
    scene: Scene, table: Mapping[str, float], bias: float = 0.0
) -> dict[Pair, list[Reading]]:
    """For each ordered pair of a text its sentences (one reading without a frame if none)."""
    if len(scene.codes) < 2:
        return {}
    found = roles(scene)
    features, weight = _weigh(table, whole_features(scene))
    whole = _Part(features, weight + bias)
    out: dict[Pair, list[Reading]] = {pair: [] for pair in ordered_pairs(scene.codes)}
    for section in scene.sections:
        for pair, read in _sentence(table, scene, section, found.inside[id(section)], whole):
            out[pair].append(read)
    missing = [pair for pair, reads in out.items() if not reads]
    for pair, read in _apart(table, scene, found, whole, missing) if missing else ():
        out[pair].append(read)
    return out
