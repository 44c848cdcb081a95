"""What one ordered pair of places shows in a sentence that names both.

Most of it is the same for "A to B" and "B to A" but for the roles; so a pair is measured once and
read in both directions. Each block depends on a handful of small facts and is made once for all
texts; see `features` for the signs.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from advisories.coding.lexicon import ActHit
from advisories.coding.linear import Block
from advisories.coding.roles import Link, category_of, link_block, passive
from advisories.coding.scene import Place, Section

_MENTIONS = 4
"""Mentions of one pair in a sentence that are read."""


class Frame(NamedTuple):
    """A mention of the actor and one of the target in one sentence."""

    section: Section
    actor: Place
    target: Place


class Near(NamedTuple):
    """The act that stands nearest to a pair, and the places around it."""

    hit: ActHit
    zone: str
    voice: str
    subject: Place | None
    object: Place | None
    same: Sequence[Place]
    """The places of its clause."""


class Measure(NamedTuple):
    """A pair of places in a sentence, measured without regard to who acts."""

    section: Section
    style: str
    left: Place
    right: Place
    others: int
    """Other places between the two."""
    codes: int
    between: tuple[str, ...]
    hits: list[tuple[str, str]]
    near: Near | None


def mentions(section: Section, one: str, other: str) -> list[tuple[Place, Place]]:
    """The mentions of two codes that may belong together, each pair in the order of the text.

    The nearest first; but the nearest need not be meant: "Chad asked Libya to help ... at the
    Chad-Libya border".
    """
    pairs = [
        (abs(a.clause - b.clause), abs(a.first - b.first), n, a, b)
        for n, a in enumerate(section.places)
        if a.code == one
        for b in section.places
        if b.code == other
    ]
    found = [pair[3:] for pair in sorted(pairs)[:_MENTIONS]]
    return [(a, b) if a.first < b.first else (b, a) for a, b in found]


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


def _near(section: Section, left: Place, right: Place) -> Near | None:
    hits, places, clauses = section.acts, section.places, section.clauses
    if not hits:
        return None
    gaps = [(_gap(hit, left, right, clauses), hit.first, n) for n, hit in enumerate(hits)]
    hit = hits[min(gaps)[2]]
    before = [p for p in places if p.last <= hit.first]
    after = [p for p in places if p.first >= hit.first]
    same = [p for p in places if p.clause == clauses[hit.first]]
    voice = "p" if passive(section, hit) else "i"
    return Near(
        hit, _zone(hit, left, right), voice,
        before[-1] if before else None, after[0] if after else None, same,
    )  # fmt: skip


def measure(section: Section, left: Place, right: Place, style: str) -> Measure:
    """Measure a pair; `left` stands before `right`."""
    others = {p.group for p in section.places if left.first < p.first < right.first}
    marks = section.marks
    found = {m for at in range(left.last, right.first) if at in marks for m in marks[at]}
    return Measure(
        section, style, left, right, min(len(others - {left.group, right.group}), 2),
        min(len({p.code for p in section.places}), 6), tuple(sorted(found)),
        [(hit.act, _zone(hit, left, right)) for hit in section.acts],
        _near(section, left, right),
    )  # fmt: skip


def blocks(m: Measure, forward: bool, links: Sequence[Link]) -> tuple[Block, ...]:
    """The blocks of one direction: who acts is the left place if `forward`, else the right one."""
    actor, target = (m.left, m.right) if forward else (m.right, m.left)
    order = "<" if forward else ">"
    together = "g" if m.left.group == m.right.group else ""
    out = [
        *_place_blocks(m, actor, target, order),
        _marks(m.between, order),
        *[_act(act, zone, order, together) for act, zone in m.hits],
        *[_category(act, zone, order, m.style) for act, zone in m.hits],
        *[link_block(link, actor.code, target.code) for link in links],
    ]
    if m.near is None:
        out.append(_no_act(order, together))
    else:
        out += _near_blocks(m, m.near, actor, target, order + together)
    return tuple(dict.fromkeys(out))


def _place_blocks(m: Measure, actor: Place, target: Place, order: str) -> list[Block]:
    section = m.section
    first, last = section.places[0].group, section.places[-1].group
    gap = m.right.first - m.left.last
    where = section.part if section.number == 0 else "later"
    return [
        _stand(order, where, gap if gap < 13 else 13, m.others, min(m.codes, 6)),
        _clauses(order, min(actor.clause, 2), min(target.clause, 2),
                 min(abs(actor.clause - target.clause), 2)),
        _named(order, actor.by, target.by),
        _edges(actor.group == first, target.group == first,
               actor.group == last, target.group == last),
    ]  # fmt: skip


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "6" if n < 7 else "12" if n < 13 else "+"


@lru_cache(maxsize=4096)
def _stand(order: str, where: str, gap: int, others: int, codes: int) -> Block:
    return f"o{order}{where}", f"d{_bucket(gap)}{order}", f"x{others}{order}", f"n{codes}{order}"


@lru_cache(maxsize=256)
def _clauses(order: str, actor: int, target: int, apart: int) -> Block:
    return f"c{apart}{order}", f"k{actor}", f"k{actor}{target}"


@lru_cache(maxsize=1024)
def _named(order: str, actor: str, target: str) -> Block:
    return f"A{actor}{order}", f"B{target}{order}", f"AB{actor},{target}{order}"


@lru_cache(maxsize=64)
def _edges(first_a: bool, first_b: bool, last_a: bool, last_b: bool) -> Block:
    return f"f{first_a:d}{first_b:d}", f"l{last_a:d}{last_b:d}"


@lru_cache(maxsize=8192)
def _marks(found: tuple[str, ...], order: str) -> Block:
    return tuple([f"m:{mark}{order}" for mark in found]) or (f"m:-{order}",)


@lru_cache(maxsize=4096)
def _act(act: str, zone: str, order: str, together: str) -> Block:
    return (f"{act}|{zone}{order}{together}",)


@lru_cache(maxsize=4096)
def _category(act: str, zone: str, order: str, style: str) -> Block:
    return (f"{category_of(act)}|{style}{zone}{order}",)


@lru_cache(maxsize=16)
def _no_act(order: str, together: str) -> Block:
    return (f"noact{order}{together}",)


def _near_blocks(m: Measure, near: Near, actor: Place, target: Place, order: str) -> list[Block]:
    """The nearest act: voice, zone, clause, and which place stands as its subject and object."""
    clause = m.section.clauses[near.hit.first]
    act, voice = near.hit.act, near.voice
    subject, object_ = (_who(p, actor, target, clause) for p in (near.subject, near.object))
    out = [
        _nearest(act, voice, near.zone, order, m.style),
        _inside(clause == actor.clause, clause == target.clause, near.zone + order[0]),
        _many(min(len(m.hits), 4)),
        _roles(voice, subject, object_, act),
    ]
    if near.same:
        ends = (_who(p, actor, target, clause) for p in (near.same[0], near.same[-1]))
        out.append(_first_last(voice, *ends))
    return out


def _who(place: Place | None, actor: Place, target: Place, clause: int) -> str:
    """A (the actor), B (the target), o (another) or - (none); "'" if in another clause."""
    if place is None:
        return "-"
    far = "" if place.clause == clause else "'"
    if place.group == actor.group:
        return "A" + far
    return ("B" if place.group == target.group else "o") + far


@lru_cache(maxsize=8192)
def _nearest(act: str, voice: str, zone: str, order: str, style: str) -> Block:
    place = f"{voice}{zone}{order}"
    bare = f"{voice}{zone}{order[0]}"
    return f"N{act}|{place}", f"N{category_of(act)}|{style}{place}", f"V{style}{bare}"


@lru_cache(maxsize=64)
def _inside(actor: bool, target: bool, zone: str) -> Block:
    return (f"C{actor:d}{target:d}{zone}",)


@lru_cache(maxsize=16)
def _many(acts: int) -> Block:
    return (f"K{acts}",)


@lru_cache(maxsize=8192)
def _roles(voice: str, subject: str, object_: str, act: str) -> Block:
    who = f"{voice}R{subject}{object_}"
    return who, who + category_of(act), who + act


@lru_cache(maxsize=256)
def _first_last(voice: str, first: str, last: str) -> Block:
    return (f"{voice}F{first}{last}",)
