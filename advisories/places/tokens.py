"""Text into tokens that remember where they stood.

One engine serves all scripts: words in spaced scripts, single characters in Chinese and Japanese.
Invisible characters inside words are dropped and Arabic and Hebrew vowel signs with them; offsets
always point into the text as it was given, so that evidence spans are exact.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from string import ascii_uppercase
from typing import Any, NamedTuple

from advisories.places.memo import Memo

UNSPACED = frozenset({"zh", "ja"})
"""Languages whose words are not separated by blanks."""

CLAUSE_ENDS = frozenset(":;—–|…؛«»-（）()[]")
SENTENCE_ENDS = frozenset(".!?。！？؟")
PARTING = CLAUSE_ENDS - {"-"}
"""Signs that part clauses wherever they stand."""
COMMAS = frozenset(",،，、/&")

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u0640\u064b-\u0652\u0591-\u05c7]"
)
_FIRST_ODD = "\u00ad"
"""No character below is invisible or combining."""
_HANGING = re.compile(r"[\u0300-\u036f](?<=\w.)")
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uff66-\uff9d"
_MARKS = r"[.,:;!?()\[\]/&|–—…·،؛؟«»。！？，、：；（）%$€-]"
_TWINS = "|".join(letter * 2 for letter in ascii_uppercase)
_LETTER = r"[^\W\d_]"
_PLAIN = r"[A-Za-z][a-z]+\b"
"""Most words, and none that the forms below could take: tried first, for speed alone."""
_ABBREVIATION = (
    rf"{_LETTER}\.(?:{_LETTER}\.)+"
    rf"|[A-Z][A-Z]\.(?<=(?:{_TWINS}).)[ \u00a0]?(?:{_TWINS})\b\.?"
)
"""U.S. and, doubled for the plural, EE.UU. and NN. UU.: one token, and no end of a sentence."""
# A form begins with a set of characters where it can: the engine then passes it over at a glance.
_SPACED = rf"{_PLAIN}|{_ABBREVIATION}|['’](?<=\w['’])[sS]\b|\w\w*|{_MARKS}"
_TURKISH = rf"{_PLAIN}|{_ABBREVIATION}|['’](?<=\w['’])\w+|\w\w*|{_MARKS}"
_UNSPACED = rf"[{_CJK}]|[^\W{_CJK}]+|{_MARKS}"
_DOTS = re.compile(r"\.[ \u00a0]?")
_FOLDS = str.maketrans(
    "ёıأإآٱىيئكةؤ’：；，！？（）ґ",
    "еiاااایییکهو':;,!?()г",
)


class Tokens(NamedTuple):
    """The tokens of one text: surfaces, and where each begins and ends in the text given."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def _folded(word: str) -> str:
    low = word.replace("İ", "I").lower().translate(_FOLDS)
    return _DOTS.sub("", low) if len(low) > 1 else low


_folds = Memo(_folded, limit=200_000)


def fold(word: str) -> str:
    """A word as tables keep it: lower case, one form of each letter, no dots in abbreviations."""
    return _folds[word]


def fold_all(words: list[str]) -> list[str]:
    """Each of many words, folded."""
    return [*map(_folds.__getitem__, words)]


@cache
def _splitter(lang: str) -> Callable[[str], list[str | Any]]:
    """What parts a text into gap, token, gap ... gap; compiled when a text needs it."""
    if lang in UNSPACED:
        return re.compile(f"({_UNSPACED})").split
    return re.compile(f"({_TURKISH if lang == 'tr' else _SPACED})").split


def _compose(text: str) -> tuple[str, list[int]]:
    """Drop invisible characters and join combining ones; the list maps new offsets to old."""
    out: list[str] = []
    back: list[int] = []
    for at, char in enumerate(text):
        if char >= _FIRST_ODD:
            if _INVISIBLE.match(char):
                continue
            if out and unicodedata.combining(char):
                joined = unicodedata.normalize("NFC", out[-1] + char)
                if len(joined) == 1:
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
    pieces = _splitter(lang)(text)
    words = pieces[1::2]
    bounds = [*accumulate(map(len, pieces))]
    starts, ends = bounds[:-1:2], bounds[1::2]
    if back is not None:
        starts = [back[at] for at in starts]
        ends = [back[at - 1] + 1 for at in ends]
    return Tokens(words, starts, ends)
