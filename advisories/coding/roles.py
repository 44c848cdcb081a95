"""What each place of a text does there: the words beside it, and the acts it stands next to.

Computed once a text, then shared by all pairs. "^" means right before an act ("Russian strike",
"Moscow expels"), "v" right after one ("strike on Kyiv", "expels Britons"). A link joins the nearest
place before an act with the nearest after it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from advisories.coding.lexicon import ActHit
from advisories.coding.linear import Block
from advisories.coding.scene import Place, Section

VERB_LAST = frozenset({"tr", "ja", "ko", "fa"})
"""Languages whose verb stands at the end of the clause."""
_CASES = frozenset({"ru", "uk", "pl", "tr", "ko", "ar", "fa", "he"})
_REACH = 9
_SHORT = 5
"""Words of a clause that is only a tag or a source."""
_BLOCS = frozenset({"EU", "XN", "XU"})


class Link(NamedTuple):
    """An act with the places that word order makes its subject and object (codes of a group)."""

    act: str
    how: str
    subject: frozenset[str]
    object: frozenset[str]


class Roles(NamedTuple):
    """Of one sentence: facts about each code it names, and the links between them."""

    profile: Mapping[str, Sequence[str]]
    links: Sequence[Link]


@cache
def category_of(act: str) -> str:
    """The category of an act: SANCTION of SANCTION.expel."""
    return act.partition(".")[0]


def passive(section: Section, hit: ActHit) -> bool:
    """Whether a marker of the passive stands at or shortly before an act."""
    low, high = hit.first - 3, hit.last + 2
    return any(low <= at < high for at in section.passive)


def _beside(section: Section, place: Place, lang: str) -> Iterator[str]:
    """The words and markers within three tokens of a place, and its ending."""
    folded, marks, size = section.folded, section.marks, len(section.folded)
    before = folded[place.first - 1] if place.first else "^"
    after = folded[place.last] if place.last < size else "$"
    yield f"<{before}"
    yield f">{after}"
    yield f"by{place.by}"
    if place.code in _BLOCS:
        yield f":{place.code}"
        yield f":{place.code}<{before}"
    if place.last < size and section.tokens.words[place.last][:1].isupper():
        yield f":Cap{place.by}"
    if lang in _CASES:
        yield f"~{folded[place.last - 1][-2:]}"
    yield from _margin(section, place)
    for at in range(max(0, place.first - 3), place.first):
        for mark in marks.get(at, ()):
            yield f"<:{mark}"
    for mark in marks.get(place.first - 1, ()):
        yield f"<<:{mark}"
    for at in range(place.last, min(place.last + 3, size)):
        for mark in marks.get(at, ()):
            yield f">:{mark}"


def _margin(section: Section, place: Place) -> Iterator[str]:
    """Whether a place stands in a short clause at the edge of a sentence.

    "Sudan war: ..." names a topic, "..., Seoul says" and "... - Moscow" name who said it.
    """
    clauses = section.clauses
    last = clauses[-1]
    if last == 0 or place.clause not in (0, last):
        return
    size = clauses.count(place.clause)
    if size > _SHORT:
        return
    where = "tag" if place.clause == 0 else "tail"
    yield f":{where}{section.part[0]}"
    yield f":{where}{size}"
    for hit in section.acts:
        if clauses[hit.first] == place.clause:
            yield f":{where}{category_of(hit.act)}"


def _at_acts(section: Section, place: Place) -> Iterator[str]:
    """The acts that a place stands right before or right after.

    With the word before the place: "in an [Iranian] strike" is not "[Iranian] strike".
    """
    led = section.folded[place.first - 1] if place.first else "^"
    for hit in section.acts:
        category = category_of(hit.act)
        if place.last <= hit.first <= place.last + 2:
            voice = "p" if passive(section, hit) else ""
            near = "" if hit.first == place.last else "."
            yield f"{led}+{category}"
            yield f"^{voice}{near}"
            yield f"^{voice}{hit.act}"
            yield f"^{voice}{near}{category}"
        elif hit.last <= place.first <= hit.last + 3:
            word = section.folded[place.first - 1] if place.first > hit.last else "-"
            yield f"v{word}"
            yield f"v{hit.act}"
            yield f"v{category}+{word}"


def _groups(section: Section) -> dict[int, frozenset[str]]:
    groups: dict[int, frozenset[str]] = {}
    for place in section.places:
        groups[place.group] = groups.get(place.group, frozenset()) | {place.code}
    return groups


def _led(section: Section, place: Place, mark: str) -> bool:
    """Whether one of the two words before a place carries a marker."""
    reach = range(max(0, place.first - 2), place.first)
    return any(mark in section.marks.get(at, ()) for at in reach)


def _subject(section: Section, hit: ActHit, before: list[Place]) -> tuple[Place | None, str]:
    """The place that stands as subject: right before the act, or first without a preposition."""
    if not before:
        return None, ""
    last = before[-1]
    if hit.first - last.last <= 1:
        return last, "^"
    clause = section.clauses[hit.first]
    free = [p for p in before if p.clause == clause and not _led(section, p, "target")]
    return (free[0], "") if free else (last, "?")


def _reading(
    section: Section, hit: ActHit, before: list[Place], after: list[Place], verb_last: bool
) -> tuple[Place | None, Place | None, str]:
    """Subject and object of an act by word order and voice, and how they were found."""
    if verb_last and len({p.group for p in before}) > 1:
        return before[0], before[-1], "v"
    if passive(section, hit) and before:
        agent = next((p for p in after if _led(section, p, "agent")), None)
        return agent, before[-1], "p"
    subject, how = _subject(section, hit, before)
    if after:
        return subject, after[0], how
    others = [p for p in before if subject and p.group != subject.group]
    return subject, others[-1] if others else None, how + "<"


def _links(section: Section, verb_last: bool) -> Iterator[Link]:
    groups = _groups(section)
    covered = -1
    for hit in section.acts:
        if hit.last <= covered:
            continue
        covered = hit.last
        before = [p for p in section.places if p.last <= hit.first]
        after = [p for p in section.places if hit.last <= p.first <= hit.last + _REACH]
        subject, object_, how = _reading(section, hit, before, after, verb_last)
        if subject or object_:
            yield Link(
                hit.act, how,
                groups[subject.group] if subject else frozenset(),
                groups[object_.group] if object_ else frozenset(),
            )  # fmt: skip


def roles(section: Section, lang: str) -> Roles:
    """The facts of all places of a sentence, and what its acts link."""
    found: dict[str, dict[str, None]] = {}
    for place in section.places:
        facts = found.setdefault(place.code, {})
        facts.update(dict.fromkeys(_beside(section, place, lang)))
        facts.update(dict.fromkeys(_at_acts(section, place)))
    links = list(_links(section, lang in VERB_LAST))
    return Roles({code: tuple(facts) for code, facts in found.items()}, links)


def together(sentences: Iterable[Roles]) -> Mapping[str, Sequence[str]]:
    """The facts about each code in all sentences of a text."""
    profile: dict[str, dict[str, None]] = {}
    for found in sentences:
        for code, facts in found.profile.items():
            profile.setdefault(code, {}).update(dict.fromkeys(facts))
    return {code: tuple(facts) for code, facts in profile.items()}


def _part(codes: frozenset[str], actor: str, target: str) -> str:
    if actor in codes:
        return "X" if target in codes else "A"
    return "B" if target in codes else "o" if codes else "-"


def link_block(link: Link, actor: str, target: str) -> Block:
    """What a link says about an ordered pair; nothing if it joins others."""
    parts = _part(link.subject, actor, target) + _part(link.object, actor, target)
    return _linked(parts, link.how, link.act)


@lru_cache(maxsize=8192)
def _linked(parts: str, how: str, act: str) -> Block:
    if parts in ("oo", "o-", "-o"):
        return ()
    return f"L:{parts}", f"L{parts}{how}", f"L{parts}{act}", f"L{parts}{how}{category_of(act)}"
