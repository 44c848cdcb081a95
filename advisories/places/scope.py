"""What a question is about, as the ranges that the store can answer from its indexes.

`RU-US` is two ranges, one a direction; a bloc is one for each member, within its membership; a list
(`@mine`) is those of all its entries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisories.errors import UsageError
from advisories.places import countries, pairs
from advisories.places.pairs import Pair

EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Reach:
    """Events from `actor` to `target` (None: anyone) dated from `since` on, before `until`."""

    actor: str | None
    target: str | None
    since: str = ""
    until: str = EVER


@dataclass(frozen=True, slots=True)
class Scope:
    """The pairs asked for, under the name that was written."""

    name: str
    pairs: tuple[Pair, ...]

    @property
    def single(self) -> Pair | None:
        """The pair or place, if it is only one."""
        return self.pairs[0] if len(self.pairs) == 1 else None


def parse(text: str, watch: Mapping[str, Sequence[str]]) -> Scope:
    """A pair, a place, or a list of the configuration.

    Raises:
        UsageError: no such list, or as `pairs.parse`.
    """
    if not text.startswith("@"):
        return Scope(text, (_two_codes(text) or pairs.parse(text),))
    return Scope(text, tuple(pairs.parse(t) for t in listed(text, watch)))


def _two_codes(text: str) -> Pair | None:
    """RU-US, the common case, without a look at the names of all languages."""
    whole = text.upper()
    first, _, second = whole.partition("-")
    two = len(first) == len(second) == 2 and first != second and not countries.is_code(whole)
    if two and countries.is_code(first) and countries.is_code(second):
        return Pair(first, second)
    return None


def listed(text: str, watch: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The entries of "@name".

    Raises:
        UsageError: the configuration has no such list.
    """
    entries = watch.get(text[1:])
    if entries is None:
        known = ", ".join(f"@{n}" for n in watch) or "none; add [watch] to the configuration"
        raise UsageError(f"no list is called {text}; known: {known}")
    return entries


def codes(texts: Iterable[str], watch: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Country codes from names, codes, comma lists, blocs and "@name", in the order written.

    Raises:
        UsageError: as `parse`; or a pair where a place is needed.
    """
    found: dict[str, None] = {}
    for text in texts:
        for part in filter(None, (p.strip() for p in text.split(","))):
            for name in listed(part, watch) if part.startswith("@") else (part,):
                found |= dict.fromkeys(_places(name))
    return tuple(found)


def _places(name: str) -> tuple[str, ...]:
    pair = pairs.parse(name)
    ends = (pair.first, pair.second) if pair.second else (pair.first,)
    return tuple(c for end in ends if end for c in (end, *countries.members(end)))


def reaches(
    asked: Iterable[Pair], since: date | None, until: date | None, *, one_way: bool = False
) -> tuple[Reach, ...]:
    """The ranges of pairs, in both directions unless `one_way`; `until` is the last day."""
    first = since.isoformat() if since else ""
    last = (until + timedelta(days=1)).isoformat() if until else EVER
    found: dict[Reach, None] = {}
    for pair in asked:
        for reach in _directions(pair, one_way):
            cut = Reach(reach.actor, reach.target, max(first, reach.since), min(last, reach.until))
            if cut.since < cut.until:
                found[cut] = None
    return tuple(found)


def _directions(pair: Pair, one_way: bool) -> Iterator[Reach]:
    for a, a_from, a_to in _side(pair.first):
        for b, b_from, b_to in _side(pair.second):
            if a == b:
                continue
            start, end = max(a_from, b_from), min(a_to, b_to)
            yield Reach(a, b, start, end)
            if not one_way:
                yield Reach(b, a, start, end)


def _side(code: str | None) -> Iterator[tuple[str | None, str, str]]:
    """The place itself, and the members of a bloc while they are."""
    yield code, "", EVER
    if code in countries.EXTRA and countries.is_bloc(code):
        for member, (start, end) in countries.memberships(code).items():
            yield member, start, end or EVER


def sides(pair: Pair) -> tuple[frozenset[str], frozenset[str]]:
    """The codes on either side; of a place alone, the second is empty (anyone)."""
    second = frozenset({pair.second, *countries.members(pair.second)}) if pair.second else ()
    return frozenset({pair.first, *countries.members(pair.first)}), frozenset(second)
