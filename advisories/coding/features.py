"""What the linear models see: facts about an ordered pair of places, and about a whole text.

Features are strings. Those that begin with a language code and `|` are words of that language; all
others hold in every language, so that examples in one teach the others. `<` and `>` tell whether the
actor stands before or after the target; zones are b (before both), m (between), a (after both), n (a
word between, with the next). Features that depend on the same few facts are made together, once for
all texts (a block).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from advisories.coding.linear import Block, Words
from advisories.coding.roles import category_of
from advisories.coding.scene import Place, Scene, Section

_TOPICS = frozenset(["sport", "market", "crime", "culture", "health", "weather", "history"])
_SCOPE = frozenset(["hypothetical", "deny", "negation", "background", "history", "former", "say"])


def masked(section: Section) -> list[str]:
    """The words of a sentence, cut to their first letters, with places masked."""
    words = [word[:6] for word in section.folded]
    for place in section.places:
        words[place.first : place.last] = ["_"] * (place.last - place.first)
    return words


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, in the order of the text."""
    return tuple(dict.fromkeys(words))


def zones(words: list[str], left: Place, right: Place) -> tuple[tuple[str, ...], ...]:
    """The words before, between and after a pair, and the neighbours between the two."""
    between = once(words[left.last : right.first])
    return (
        once(words[: left.first]),
        between,
        once(words[right.last :]),
        neighbours(between),
    )


def zone_words(lang: str, parts: Sequence[Sequence[str]], order: str) -> list[Words]:
    """The words around a pair as features of one direction."""
    found = zip(_zone_prefixes(lang, order), parts, strict=True)
    return [Words(prefix, part) for prefix, part in found if part]


@lru_cache(maxsize=256)
def _zone_prefixes(lang: str, order: str) -> tuple[str, ...]:
    return tuple(f"{lang}|z{zone}{order}=" for zone in "bman")


def neighbours(words: Sequence[str]) -> tuple[str, ...]:
    """Words with the word after each; the two places stand as "^" and "$"."""
    return once(map("{}_{}".format, ("^", *words), (*words, "$")))


def sentence_features(lang: str, section: Section, words: list[str]) -> tuple[Block, Words]:
    """What holds for all pairs of a sentence: its scope and its words."""
    found = {mark for marks in section.marks.values() for mark in marks if mark in _SCOPE}
    return tuple([f"S{mark}" for mark in sorted(found)]), Words(_sentence_prefix(lang), once(words))


@lru_cache(maxsize=64)
def _sentence_prefix(lang: str) -> str:
    return f"{lang}|w="


def whole_features(scene: Scene) -> tuple[Block, ...]:
    """What holds for all pairs of a text: how many places and acts, which topics, which acts."""
    found = {m for s in scene.sections for marks in s.marks.values() for m in marks}
    return (
        _sizes(min(len(scene.codes), 6), min(len(scene.modes), 5)),
        *[_topic(name) for name in sorted(found & _TOPICS)],
        *[_topic(name) for name in sorted(scene.modes)],
    )


@cache
def _sizes(codes: int, modes: int) -> Block:
    return (f"t{codes}", f"T{modes}")


@lru_cache(maxsize=1024)
def _topic(name: str) -> Block:
    return (f"T{name}",)


def party_words(lang: str, facts: Sequence[str], role: str) -> list[Words]:
    """What one place does in a sentence, as actor ("a") or as target ("b")."""
    shown = [fact for fact in facts if ":" in fact or "^" in fact]
    said = [fact for fact in facts if not (":" in fact or "^" in fact)]
    everywhere, here = _party_prefixes(lang, role)
    return [Words(everywhere, shown), Words(here, said)]


@lru_cache(maxsize=256)
def _party_prefixes(lang: str, role: str) -> tuple[str, str]:
    return f"{role}=", f"{lang}|{role}="


def cross_features(scene: Scene) -> tuple[Block, ...]:
    """What holds for pairs that no sentence names together."""
    return (("cross",), *[_cross(mode) for mode in sorted(scene.modes)])


@lru_cache(maxsize=1024)
def _cross(mode: str) -> Block:
    return (f"cross{mode}",)


def _about(scene: Scene) -> Iterator[str]:
    for block in whole_features(scene):
        yield from block


def text_features(scene: Scene) -> list[str]:
    """What a whole text is about: its words with places masked, and its acts."""
    out = list(_about(scene))
    tongue = f"{scene.lang}|"
    for section in scene.sections:
        words = masked(section)
        head = section.part[0]
        out.extend([tongue + word for word in words])
        for n, hit in enumerate(section.acts):
            out.extend(_told(head, hit.act, n == 0))
        out.extend([f"{head}:{mark}" for marks in section.marks.values() for mark in marks])
    return list(dict.fromkeys(out))


@lru_cache(maxsize=4096)
def _told(head: str, act: str, first: bool) -> Block:
    names = (act, category_of(act))
    out = [head + name for name in names]
    return tuple(out + [f"{head}1{name}" for name in names] if first else out)
