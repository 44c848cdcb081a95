"""Every ordered pair of a text, read sentence by sentence.

A pair's features are the union of four parts: what holds for the text, for the sentence, for each of
the two places in it, and for the pair alone. The weights of the first three are summed once and
shared by all pairs; that is what makes the coder fast.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from advisories.coding.features import (
    cross_features,
    masked,
    party_words,
    sentence_features,
    whole_features,
    zone_words,
    zones,
)
from advisories.coding.frames import Frame, blocks, measure, mentions
from advisories.coding.joint import Pair
from advisories.coding.linear import Part, Table
from advisories.coding.roles import VERB_LAST, Roles, roles, together
from advisories.coding.scene import Scene, Section

MOST = 8
"""Countries of one text that are paired; longer lists are round-ups."""

Parties = Mapping[tuple[str, str], Part]
"""The part of each place in each role ("a" acts, "b" is acted on)."""


class Reading(NamedTuple):
    """One sentence about one pair: where, its log odds, and its features in parts."""

    frame: Frame | None
    odds: float
    parts: tuple[Part, ...]

    @property
    def features(self) -> list[str]:
        """All features."""
        return [feature for part in self.parts for feature in part.features()]


def _read(frame: Frame | None, *parts: Part) -> Reading:
    return Reading(frame, sum([part.weight for part in parts]), parts)


def ordered_pairs(codes: tuple[str, ...]) -> list[Pair]:
    """All ordered pairs of the first few countries."""
    few = codes[:MOST]
    return [(a, b) for a in few for b in few if a != b]


def _parties(
    table: Table, lang: str, profile: Mapping[str, Sequence[str]], mark: str = ""
) -> Parties:
    return {
        (role, code): table.weigh((), party_words(lang, facts, mark + role))
        for code, facts in profile.items()
        for role in "ab"
    }


def _sentence(
    table: Table, scene: Scene, section: Section, found: Roles, whole: Part
) -> Iterator[tuple[Pair, Reading]]:
    """The readings of all pairs that one sentence names; up to four where a pair is named again."""
    known = scene.codes[:MOST]
    codes = [code for code in found.profile if code in known]
    if len(codes) < 2:
        return
    words = masked(section)
    scope, said = sentence_features(scene.lang, section, words)
    shared = table.weigh((scope,), (said,))
    parties = _parties(table, scene.lang, found.profile)
    style = "v" if scene.lang in VERB_LAST else "s"
    for one, other in combinations(codes, 2):
        for left, right in mentions(section, one, other):
            measured = measure(section, left, right, style)
            around = zones(words, left, right)
            for actor, target in ((left, right), (right, left)):
                forward = actor is left
                own = table.weigh(
                    blocks(measured, forward, found.links),
                    zone_words(scene.lang, around, "<" if forward else ">"),
                )
                pair = actor.code, target.code
                parts = own, parties["a", pair[0]], parties["b", pair[1]], shared, whole
                yield pair, _read(Frame(section, actor, target), *parts)


def _apart(
    table: Table, scene: Scene, found: list[Roles], whole: Part, pairs: list[Pair]
) -> Iterator[tuple[Pair, Reading]]:
    """The readings of pairs that no sentence names together."""
    cross = table.weigh(cross_features(scene), ())
    parties = _parties(table, scene.lang, together(found), "x")
    for pair in pairs:
        yield pair, _read(None, parties["a", pair[0]], parties["b", pair[1]], cross, whole)


def readings(scene: Scene, table: Table, bias: float = 0.0) -> dict[Pair, list[Reading]]:
    """For each ordered pair of a text its sentences (one reading without a frame if none)."""
    if len(scene.codes) < 2:
        return {}
    found = [roles(section, scene.lang) for section in scene.sections]
    whole = table.weigh(whole_features(scene), ())
    whole = whole._replace(weight=whole.weight + bias)
    out: dict[Pair, list[Reading]] = {pair: [] for pair in ordered_pairs(scene.codes)}
    for section, own in zip(scene.sections, found, strict=True):
        for pair, read in _sentence(table, scene, section, own, whole):
            out[pair].append(read)
    missing = [pair for pair, reads in out.items() if not reads]
    for pair, read in _apart(table, scene, found, whole, missing) if missing else ():
        out[pair].append(read)
    return out
