"""What each place of a text does there: the words beside it, and the acts it stands next to.

Computed once a text, then shared by all pairs. "^" means right before an act ("Russian strike",
"Moscow expels"), "v" right after one ("strike on Kyiv", "expels Britons"). A link joins the nearest
place before an act with the nearest after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from advisories.coding.lexicon import ActHit
from advisories.coding.scene import Place, Scene, Section

_CASES = frozenset({"ru", "uk", "pl", "tr", "ko", "ar", "fa", "he"})
_REACH = 7


class Link(NamedTuple):
    """An act with the places before and after it (codes of a coordinated group each)."""

    act: str
    voice: str
    before: frozenset[str]
    after: frozenset[str]
    where: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Facts about each code of a text, and the links between codes."""

    profile: dict[str, tuple[str, ...]]
    links: tuple[Link, ...]


def passive(section: Section, hit: ActHit) -> bool:
    """Whether a marker of the passive stands at or shortly before an act."""
    reach = range(max(0, hit.first - 3), hit.last + 2)
    return any("passive" in section.marks.get(at, ()) for at in reach)


def _beside(section: Section, place: Place, lang: str) -> Iterator[str]:
    """The words and markers within three tokens of a place, and its ending."""
    folded, marks, size = section.folded, section.marks, len(section.folded)
    before = folded[place.first - 1] if place.first else "^"
    after = folded[place.last] if place.last < size else "$"
    yield f"<{before}"
    yield f">{after}"
    yield f"by{place.by}"
    if lang in _CASES:
        yield f"~{folded[place.last - 1][-2:]}"
    for at in range(max(0, place.first - 3), place.first):
        for mark in marks.get(at, ()):
            yield f"<:{mark}"
    for mark in marks.get(place.first - 1, ()):
        yield f"<<:{mark}"
    for at in range(place.last, min(place.last + 3, size)):
        for mark in marks.get(at, ()):
            yield f">:{mark}"


def _at_acts(section: Section, place: Place) -> Iterator[str]:
    """The acts that a place stands right before or right after."""
    for hit in section.acts:
        category = hit.act.partition(".")[0]
        if place.last <= hit.first <= place.last + 2:
            voice = "p" if passive(section, hit) else ""
            near = "" if hit.first == place.last else "."
            yield f"^{voice}{near}"
            yield f"^{voice}{hit.act}"
            yield f"^{voice}{near}{category}"
        elif hit.last <= place.first <= hit.last + 3:
            word = section.folded[place.first - 1] if place.first > hit.last else "-"
            yield f"v{word}"
            yield f"v{hit.act}"
            yield f"v{category}+{word}"


def _links(section: Section) -> Iterator[Link]:
    groups: dict[int, frozenset[str]] = {}
    for place in section.places:
        groups[place.group] = groups.get(place.group, frozenset()) | {place.code}
    for hit in section.acts:
        sentence = section.sentences[hit.first]
        near = [p for p in section.places if p.sentence == sentence]
        before = [p for p in near if p.last <= hit.first <= p.last + _REACH]
        after = [p for p in near if hit.last <= p.first <= hit.last + _REACH]
        voice = "p" if passive(section, hit) else "i"
        if before or after:
            yield Link(
                hit.act, voice,
                groups[before[-1].group] if before else frozenset(),
                groups[after[0].group] if after else frozenset(),
                section.where,
            )  # fmt: skip


def roles(scene: Scene) -> Roles:
    """The facts of all places of a text."""
    found: dict[str, dict[str, None]] = {}
    for section in scene.sections:
        mark = "" if section.where == "title" else "2"
        for place in section.places:
            facts = found.setdefault(place.code, {})
            for fact in _beside(section, place, scene.lang):
                facts[f"{mark}{fact}"] = None
            for fact in _at_acts(section, place):
                facts[f"{mark}{fact}"] = None
    links = tuple(link for section in scene.sections for link in _links(section))
    return Roles({code: tuple(facts) for code, facts in found.items()}, links)


def link_features(found: Roles, actor: str, target: str) -> Iterator[str]:
    """How the acts of a text link an ordered pair of codes."""
    for link in found.links:
        subject = "A" if actor in link.before else "B" if target in link.before else "o"
        object_ = "B" if target in link.after else "A" if actor in link.after else "o"
        if subject == object_ == "o":
            continue
        subject = subject if link.before else "-"
        object_ = object_ if link.after else "-"
        kind = f"{subject}{object_}{link.voice}"
        mark = "L" if link.where == "title" else "l"
        yield f"{mark}{kind}"
        yield f"{mark}{kind}{link.act}"
        yield f"{mark}{kind}{link.act.partition('.')[0]}"
