"""Text into tokens that remember where they stood.

One engine serves all scripts: words in spaced scripts, single characters in Chinese and Japanese.
Invisible characters inside words are dropped and Arabic and Hebrew vowel signs with them; offsets
always point into the text as it was given, so that evidence spans are exact.
"""

import re
import unicodedata
from dataclasses import dataclass

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


class _Folds(dict[str, str]):
    """Words as tables keep them, remembered: a look-up costs a third of a cached call."""

    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
        low = word.replace("İ", "I").lower().translate(_FOLDS)
        self[word] = folded = _DOTS.sub("", low) if len(low) > 1 else low
        return folded


_folds = _Folds()


def fold(word: str) -> str:
    """A word as tables keep it: lower case, one form of each letter, no dots in abbreviations."""
    return _folds[word]


def fold_all(words: list[str]) -> list[str]:
    """Each of many words, folded."""
    folds = _folds
    return [folds[word] for word in words]


def _pattern(lang: str) -> re.Pattern[str]:
    if lang in UNSPACED:
        return _UNSPACED
    return _TURKISH if lang == "tr" else _SPACED


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
    spans = [match.span() for match in _pattern(lang).finditer(text)]
    words = [text[start:end] for start, end in spans]
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    if back is not None:
        starts = [back[at] for at in starts]
        ends = [back[at - 1] + 1 for at in ends]
    return Tokens(words, starts, ends)
