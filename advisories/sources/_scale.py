"""An issuer's own words on the common scale: one look-up for numbers and for words.

`Step.words` holds alternatives between " | "; "..." in one stands for up to 80 characters within a
sentence. The heaviest step whose words stand in a text is the text's step.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from advisories.model import Step

GAP = r"[^.;!?\n]{0,80}?"


def visible(text: str) -> str:
    """The text without zero-width and other format characters, which can split a name or number."""
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def fold(text: str) -> str:
    """Text for comparing: NFKC, no case, one kind of apostrophe, blanks collapsed."""
    text = unicodedata.normalize("NFKC", visible(text)).casefold().replace("’", "'")
    return " ".join(text.split())


@lru_cache(maxsize=512)
def pattern(words: str) -> re.Pattern[str]:
    """The pattern of a step's words, for folded text."""
    forms = []
    for form in words.split(" | "):
        parts = [r"\s+".join(map(re.escape, part.split())) for part in fold(form).split("...")]
        forms.append(GAP.join(parts))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)" if _spaced(words) else "|".join(forms))


def _spaced(words: str) -> bool:
    """Whether the script puts blanks between words (Chinese and Japanese do not)."""
    return not any("\u3040" <= c <= "\u9fff" for c in words)


def found(scale: Sequence[Step], text: str) -> tuple[Step, str] | None:
    """The step whose words stand in a text, and these words (folded).

    Where several do it is that of the longest match, the heavier one of two equally long.
    """
    folded = fold(text)
    hits = [(s, m[0]) for s in scale for m in pattern(s.words).finditer(folded)]
    return max(hits, key=lambda hit: (len(hit[1]), hit[0].level), default=None)


def step(scale: Sequence[Step], text: str) -> Step | None:
    """The step whose words stand in a text."""
    hit = found(scale, text)
    return hit[0] if hit else None


def agreed(scale: Sequence[Step], level: int | None, words: str) -> tuple[int | None, str]:
    """A printed number and the words beside it: the level, or None with the reason."""
    said = step(scale, words)
    if level is None:
        return (said.level, "") if said else (None, "no level can be read")
    if said and said.level != level:
        return None, f"contradictory: number {level}, words {words[:60]!r}"
    return level, ""
