"""Who did what to whom, how serious, and why: a pure function from a text to events.

`code()` knows no clock, no network and no chance: the same text gives the same coding.
"""

from pathlib import Path

from advisories.coding.lexicon import Act, acts
from advisories.model import Advice, Coding, Event, Mention, Span, Text

__all__ = [
    "VERSION",
    "Act",
    "acts",
    "advice_event",
    "code",
    "explain",
    "read_advice",
    "read_level",
    "reasons",
]

VERSION = (Path(__file__).parent / "data" / "version.txt").read_text(encoding="utf-8").strip()
"""Changes with any table or weight; see `coding.stamp`."""


def _texts(text: Text) -> dict[str, str]:
    return {"title": text.title, "summary": text.summary, "text": text.body}


def code(text: Text, line: float | None = None, verbose: bool = False) -> Coding:
    """Countries, events and main kind of a text; readings left out are in `rejected`.

    `line` is the least confidence of an event (by default the documented one).
    """
    from advisories.coding.decide import LINE, decide, main_kind, own_advice
    from advisories.coding.features import text_features
    from advisories.coding.passages import joined, passages
    from advisories.coding.scene import prepare

    scene = prepare(text)
    texts = _texts(text)
    least = LINE if line is None else line
    parts = passages(scene)
    topics = [text_features(part) for part in parts]
    coded = [decide(p, t, texts, least, verbose) for p, t in zip(parts, topics, strict=True)]
    events, rejected = coded[0] if len(coded) == 1 else joined(coded)
    events, rejected = own_advice(text.issuer, events, rejected)
    mentions = tuple(
        Mention(place.code, place.by, Span(
            texts[s.where][s.tokens.starts[place.first] : s.tokens.ends[place.last - 1]],
            s.tokens.starts[place.first], s.tokens.ends[place.last - 1], s.where))
        for s in scene.sections
        for place in s.places
    )  # fmt: skip
    kind = main_kind(parts[0], topics[0])
    return Coding(scene.lang, kind, scene.codes, events, mentions, rejected)


def explain(text: Text) -> Coding:
    """The same as `code`, with the features that weighed most against what was rejected."""
    return code(text, verbose=True)


def read_advice(text: Text) -> tuple[Advice, ...]:
    """Travel advice in the prose of `text.issuer`; see `coding.advice`."""
    from advisories.coding import advice

    return advice.read_advice(text)


def read_level(text: Text, issuer: str, destination: str, lang: str = "en") -> Advice:
    """Level of one known destination from the title and text of its page; see `coding.levels`."""
    from advisories.coding import levels

    body = "\n".join(part for part in (text.summary, text.body) if part)
    return levels.read_level(text.title, body, issuer, destination, lang or "en")


def reasons(text: str, lang: str) -> tuple[str, ...]:
    """Why a text warns, in words of `model.REASONS`."""
    from advisories.coding import levels

    return levels.reasons(text, lang)


def advice_event(advice: Advice) -> Event:
    """Advice as an event: the issuer's act toward the destination."""
    from advisories.coding.advice import advice_event as event

    return event(advice)
