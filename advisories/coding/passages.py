"""A long text in passages: what a feed shows of a story, then the rest of its article.

The models learned from titles with a sentence or two and from single paragraphs of articles, and a long
text judged at once is neither: words of its twentieth sentence would colour the reading of its first.
So the title and the lead are read together, as a feed item is, and what follows two sentences at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisories.coding.scene import Scene, scene_of
from advisories.model import Event, Rejected

LEAD = 3
"""Sentences after the title that are read with it."""
PASSAGE = 2
"""Sentences of each later passage."""

Coded = tuple[tuple[Event, ...], tuple[Rejected, ...]]


def passages(scene: Scene) -> list[Scene]:
    """The passages of a text in their order, the first with its title; a short text is one."""
    titles = sum([section.where == "title" for section in scene.sections])
    first = titles + LEAD
    if len(scene.sections) <= first + 1:
        return [scene]
    return [scene_of(scene.lang, scene.sections[:first]), *_later(scene, first)]


def _later(scene: Scene, first: int) -> Iterator[Scene]:
    for start in range(first, len(scene.sections), PASSAGE):
        here = scene.sections[start : start + PASSAGE]
        yield inside(scene_of(scene.lang, here))


def inside(scene: Scene) -> Scene:
    """A scene read as a paragraph from inside an article, not as a title with its lead."""
    sections = [s._replace(part="inside", number=n) for n, s in enumerate(scene.sections)]
    return replace(scene, sections=tuple(sections))


def joined(coded: Iterable[Coded]) -> Coded:
    """The events of all passages: each act of a pair once, where it is surest.

    A reading that was left out in one passage is not told if another holds an event of its pair.
    """
    events: dict[tuple[str, str, str], Event] = {}
    rejected: dict[tuple[str, str, str], Rejected] = {}
    for found, left_out in coded:
        for event in found:
            key = event.actor, event.target, event.act
            if key not in events or event.confidence > events[key].confidence:
                events[key] = event
        for reading in left_out:
            rejected.setdefault((reading.actor, reading.target, reading.act), reading)
    pairs = {(actor, target) for actor, target, _ in events}
    return tuple(events.values()), tuple(
        [r for r in rejected.values() if (r.actor, r.target) not in pairs]
    )


__all__ = ["LEAD", "PASSAGE", "inside", "joined", "passages"]
