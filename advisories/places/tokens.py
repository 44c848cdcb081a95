"""Text into tokens that remember where they stood.

One engine serves all scripts: words in spaced scripts, single characters in Chinese and Japanese.
Invisible characters inside words are dropped and Arabic and Hebrew vowel signs with them; offsets
always point into the text as it was given, so that evidence spans are exact.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

UNSPACED = frozenset({"zh", "ja"})
"""Languages whose words are not separated by blanks."""

CLAUSE_ENDS = frozenset(":;—–|…؛«»-（）()[]")
SENTENCE_ENDS = frozenset(".!?。！？؟")
COMMAS = frozenset(",،，、/&")

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u0640\u064b-\u0652\u0591-\u05c7]"
)
_HANGING = re.compile(r"(?<=\w)[\u0300-\u036f]")
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uff66-\uff9d"
_MARKS = r"[.,:;!?()\[\]/&|–—…·،؛؟«»。！？，、：；（）%$€-]"
_ABBREVIATION = r"[^\W\d_]\.(?:[^\W\d_]\.)+|([A-Z])\1\.[ \u00a0]?([A-Z])\2\b\.?"
"""U.S. and, doubled for the plural, EE.UU. and NN. UU.: one token, and no end of a sentence."""
_SPACED = re.compile(rf"{_ABBREVIATION}|(?<=\w)['’][sS]\b|\w+|{_MARKS}")
_TURKISH = re.compile(rf"{_ABBREVIATION}|(?<=\w)['’]\w+|\w+|{_MARKS}")
_UNSPACED = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+|{_MARKS}")
_DOTS = re.compile(r"\.[ \u00a0]?")
_FOLDS = str.maketrans(
    "ёıأإآٱىيئكةؤ’：；，！？（）ґ",
    "еiاااایییکهو':;,!?()г",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: surfaces, and where each begins and ends in the text given."""

    words: list[str]
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word as tables keep it: lower case, one form of each letter, no dots in abbreviations."""
    low = word.replace("İ", "I").lower().translate(_FOLDS)
    return _DOTS.sub("", low) if len(low) > 1 else low


def _pattern(lang: str) -> re.Pattern[str]:
    if lang in UNSPACED:
        return _UNSPACED
    return _TURKISH if lang == "tr" else _SPACED


def _compose(text: str) -> tuple[str, list[int]]:
    """Drop invisible characters and join combining ones; the list maps new offsets to old."""
    out: list[str] = []
    back: list[int] = []
    for at, char in enumerate(text):
        if _INVISIBLE.match(char):
            continue
        joined = unicodedata.normalize("NFC", out[-1] + char) if out else char
        if out and unicodedata.combining(char) and len(joined) == 1:
            out[-1] = joined
            continue
        out.append(char)
        back.append(at)
    return "".join(out), [*back, len(text)]


def tokenize(text: str, lang: str) -> Tokens:
    """Split `text`; quotes and blanks vanish, other punctuation is a token of its own."""
    back: list[int] | None = None
    if not text.isascii() and (_INVISIBLE.search(text) or _HANGING.search(text)):
        text, back = _compose(text)
    words, starts, ends = [], [], []
    for match in _pattern(lang).finditer(text):
        start, end = match.span()
        words.append(match[0])
        starts.append(start)
        ends.append(end)
    if back is not None:
        starts = [back[at] for at in starts]
        ends = [back[at - 1] + 1 for at in ends]
    return Tokens(words, starts, ends)
