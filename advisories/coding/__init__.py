"""Who did what to whom, how serious, and why: a pure function from a text to events.

`code()` knows no clock, no network and no chance: the same text gives the same coding.
"""

from advisories.coding.lexicon import Act, acts
from advisories.model import Coding, Mention, Span, Text

__all__ = ["VERSION", "Act", "acts", "code", "explain"]

VERSION = "1"


def _texts(text: Text) -> dict[str, str]:
    return {"title": text.title, "summary": text.summary, "text": text.body}


def code(text: Text) -> Coding:
    """Countries, events and main kind of a text; readings left out are in `rejected`."""
    from advisories.coding.decide import decide, main_kind
    from advisories.coding.scene import prepare

    scene = prepare(text)
    texts = _texts(text)
    events, rejected = decide(scene, texts)
    mentions = tuple(
        Mention(place.code, place.by, Span(
            texts[s.where][s.tokens.starts[place.first] : s.tokens.ends[place.last - 1]],
            s.tokens.starts[place.first], s.tokens.ends[place.last - 1], s.where))
        for s in scene.sections
        for place in s.places
    )  # fmt: skip
    return Coding(scene.lang, main_kind(scene), scene.codes, events, mentions, rejected)


def explain(text: Text) -> Coding:
    """The same as `code`, which keeps what was rejected."""
    return code(text)
