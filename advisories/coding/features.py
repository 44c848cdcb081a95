"""What the linear models see: facts about an ordered pair of places, and about a whole text.

Features are strings. Those that begin with a language code and `|` are words of that language; all
others hold in every language, so that examples in one teach the others. `<` and `>` tell whether the
actor stands before or after the target; zones are b (before both), m (between), a (after both).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from advisories.coding.lexicon import ActHit
from advisories.coding.roles import VERB_LAST, Roles, category_of, link_features, passive
from advisories.coding.scene import Place, Scene, Section

_TOPICS = frozenset(["sport", "market", "crime", "culture", "health", "weather", "history"])
_SCOPE = frozenset(["hypothetical", "deny", "negation", "background", "history", "former", "say"])


class Frame(NamedTuple):
    """The mentions of an ordered pair that stand nearest to each other in one sentence."""

    section: Section
    actor: Place
    target: Place


def _distance(a: Place, b: Place) -> tuple[int, int]:
    return abs(a.clause - b.clause), abs(a.first - b.first)


def frame_of(section: Section, actor: str, target: str) -> Frame | None:
    """The nearest mentions of a pair in a sentence; None if it does not name both."""
    pairs = [
        (_distance(a, b), n, a, b)
        for n, a in enumerate(section.places)
        if a.code == actor
        for b in section.places
        if b.code == target
    ]
    return Frame(section, *min(pairs)[2:]) if pairs else None


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "6" if n < 7 else "12" if n < 13 else "+"


def _zone(hit: ActHit, left: Place, right: Place) -> str:
    if hit.last <= left.first:
        return "b"
    return "m" if hit.first < right.first else "a"


def _gap(hit: ActHit, left: Place, right: Place, clauses: list[int]) -> int:
    """How far an act is from the pair; inside is nearest, other clauses are far."""
    apart = 6 * (clauses[hit.first] not in (left.clause, right.clause))
    if hit.last <= left.first:
        return left.first - hit.last + 3 + apart
    return apart if hit.first < right.first else hit.first - right.last + 1 + apart


def _where(section: Section) -> str:
    return section.where if section.number == 0 else "later"


def _position(frame: Frame, order: str) -> Iterator[str]:
    section, actor, target = frame
    left, right = (actor, target) if order == "<" else (target, actor)
    others = {p.group for p in section.places if left.first < p.first < right.first}
    others -= {left.group, right.group}
    codes = {p.code for p in section.places}
    yield f"o{order}{_where(section)}"
    yield f"d{_bucket(right.first - left.last)}{order}"
    yield f"c{min(abs(actor.clause - target.clause), 2)}{order}"
    yield f"k{min(actor.clause, 2)}"
    yield f"k{min(actor.clause, 2)}{min(target.clause, 2)}"
    yield f"x{min(len(others), 2)}{order}"
    yield f"n{min(len(codes), 6)}{order}"
    yield f"A{actor.by}{order}"
    yield f"B{target.by}{order}"
    yield f"AB{actor.by},{target.by}{order}"
    first, last = section.places[0], section.places[-1]
    yield f"f{actor.group == first.group:d}{target.group == first.group:d}"
    yield f"l{actor.group == last.group:d}{target.group == last.group:d}"


def _between(frame: Frame, order: str) -> Iterator[str]:
    section = frame.section
    left, right = sorted((frame.actor, frame.target), key=lambda p: p.first)
    found: set[str] = set()
    for at in range(left.last, right.first):
        found.update(section.marks.get(at, ()))
    for mark in sorted(found):
        yield f"m:{mark}{order}"
    if not found:
        yield f"m:-{order}"


def _acts(scene: Scene, frame: Frame, order: str) -> Iterator[str]:
    """The acts of the sentence: which, in which zone, in which voice; the nearest one again."""
    section, actor, target = frame
    left, right = (actor, target) if order == "<" else (target, actor)
    hits = section.acts
    style = "v" if scene.lang in VERB_LAST else "s"
    together = "g" if actor.group == target.group else ""
    if not hits:
        yield f"noact{order}{together}"
        return
    for hit in hits:
        zone = _zone(hit, left, right) + order
        yield f"{hit.act}|{zone}{together}"
        yield f"{category_of(hit.act)}|{style}{zone}"
    near = min(hits, key=lambda h: (_gap(h, left, right, section.clauses), h.first))
    zone = _zone(near, left, right) + order
    voice = "p" if passive(section, near) else "i"
    same = section.clauses[near.first]
    clause = f"{same == actor.clause:d}{same == target.clause:d}"
    category = category_of(near.act)
    yield f"N{near.act}|{voice}{zone}{together}"
    yield f"N{category}|{style}{voice}{zone}{together}"
    yield f"V{style}{voice}{zone}{together}"
    yield f"C{clause}{zone}"
    yield f"K{min(len(hits), 4)}"
    yield from _roles(section, frame, near, voice)


def _roles(section: Section, frame: Frame, near: ActHit, voice: str) -> Iterator[str]:
    """Which place stands as subject and which as object of an act, by order alone."""
    clause = section.clauses[near.first]
    before = [p for p in section.places if p.last <= near.first]
    after = [p for p in section.places if p.first >= near.first]
    subject = _who(before[-1], frame, clause) if before else "-"
    object_ = _who(after[0], frame, clause) if after else "-"
    category = category_of(near.act)
    yield f"{voice}R{subject}{object_}"
    yield f"{voice}R{subject}{object_}{category}"
    yield f"{voice}R{subject}{object_}{near.act}"
    same = [p for p in section.places if p.clause == clause]
    if same:
        yield f"{voice}F{_who(same[0], frame, clause)}{_who(same[-1], frame, clause)}"


def _who(place: Place, frame: Frame, clause: int) -> str:
    far = "" if place.clause == clause else "'"
    if place.group == frame.actor.group:
        return "A" + far
    return ("B" if place.group == frame.target.group else "o") + far


def _scope(section: Section) -> Iterator[str]:
    """Markers that rule a whole sentence: denial, hypothesis, background, history."""
    found = {mark for marks in section.marks.values() for mark in marks if mark in _SCOPE}
    for mark in sorted(found):
        yield f"S{mark}"


def masked(section: Section) -> list[str]:
    """The words of a sentence, cut to their first letters, with places masked."""
    words = [word[:6] for word in section.folded]
    for place in section.places:
        words[place.first : place.last] = ["_"] * (place.last - place.first)
    return words


def _zones(lang: str, words: list[str], left: Place, right: Place, order: str) -> list[str]:
    """The words before, between and after a pair."""
    before, between, after = f"{lang}|zb{order}=", f"{lang}|zm{order}=", f"{lang}|za{order}="
    return [
        *[before + word for word in words[: left.first]],
        *[between + word for word in words[left.last : right.first]],
        *[after + word for word in words[right.last :]],
    ]


def _whole(scene: Scene) -> Iterator[str]:
    yield f"t{min(len(scene.codes), 6)}"
    yield f"T{min(len(scene.modes), 5)}"
    found = {m for s in scene.sections for marks in s.marks.values() for m in marks}
    for mark in sorted(found & _TOPICS):
        yield f"T{mark}"
    for mode in sorted(scene.modes):
        yield f"T{mode}"


def whole_features(scene: Scene) -> list[str]:
    """What holds for all pairs of a text."""
    return list(_whole(scene))


def sentence_features(scene: Scene, section: Section) -> list[str]:
    """What holds for all pairs of a sentence: its scope and its words."""
    out = [f"{scene.lang}|w={word}" for word in masked(section)]
    return list(dict.fromkeys([*out, *_scope(section)]))


def party_features(lang: str, facts: Sequence[str], role: str) -> list[str]:
    """What one place does in a sentence, as actor ("a") or as target ("b")."""
    return [f"{role}{f}" if ":" in f or "^" in f else f"{lang}|{role}{f}" for f in facts]


def frame_features(scene: Scene, frame: Frame, found: Roles, words: list[str]) -> list[str]:
    """What only this ordered pair shows in its sentence."""
    forward = frame.actor.first < frame.target.first
    order = "<" if forward else ">"
    left, right = (frame.actor, frame.target) if forward else (frame.target, frame.actor)
    out = [
        *link_features(found, frame.actor.code, frame.target.code),
        *_position(frame, order),
        *_between(frame, order),
        *_acts(scene, frame, order),
        *_zones(scene.lang, words, left, right, order),
    ]
    return list(dict.fromkeys(out))


def cross_features(scene: Scene) -> list[str]:
    """What holds for pairs that no sentence names together."""
    return ["cross"] + [f"cross{mode}" for mode in sorted(scene.modes)]


def text_features(scene: Scene) -> list[str]:
    """What a whole text is about: its words and word pairs with places masked, and its acts."""
    out = list(_whole(scene))
    for section in scene.sections:
        words = masked(section)
        head = section.where[0]
        out.extend(f"{scene.lang}|{word}" for word in words)
        out.extend(f"{scene.lang}|{a} {b}" for a, b in pairwise(words))
        for n, hit in enumerate(section.acts):
            category = category_of(hit.act)
            out.append(f"{head}{hit.act}")
            out.append(f"{head}{category}")
            if n == 0:
                out.append(f"{head}1{hit.act}")
                out.append(f"{head}1{category}")
        out.extend(f"{head}:{mark}" for marks in section.marks.values() for mark in marks)
    return list(dict.fromkeys(out))
