"""Phrase tables: thousands of forms looked up at dictionary speed.

A form is a few words. A word may end in `*` (any letters follow); it must be capitalised in the
text if it is capitalised in the table, and in capitals if it is in capitals there. A table is plain
JSON: `exact` and `stems` map folded words to symbols (with the case they demand); for each first
symbol `alone` lists what it stands for by itself, `heads` the further symbols of longer forms by
their second symbol. Nothing is compiled at load.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from advisories.places.memo import Memo
from advisories.places.tokens import UNSPACED, fold, tokenize

V = TypeVar("V")
ANY, CAPITAL, CAPITALS = 0, 1, 2
Form = tuple[str, int]

_Head = dict[int, list[list[Any]]]
_Entry = tuple[tuple[int, ...], V | None, tuple[_Head, ...]]
"""Of a word: its symbols, what they stand for alone, and the longer forms they begin."""

_CLITICS = {
    "ar": tuple("وبال ولل وال بال فال كال لل ال وب ول فب فل و ف ب ل ك".split()),
    "fa": ("می",),
    "he": tuple("שב של שמ מה וה שה לה בה כש וב ול ומ ה ו ב ל מ ש כ".split()),
}
_CASELESS = frozenset({"ar", "fa", "he", "zh", "ja", "ko"})


def _case(word: str) -> int:
    if word == word.lower():
        return ANY
    letters = word.rstrip("*").replace(".", "")
    return CAPITALS if len(letters) > 1 and letters == letters.upper() else CAPITAL


def _split(form: str, lang: str) -> list[tuple[str, int, bool]]:
    """A form as (folded word, case, is a stem); in Korean every word is a stem.

    But a Korean syllable before other words stands alone ("미 정부" is not "미얀마 정부"). A Turkish
    form may be a suffix ('den): the tokenizer keeps it as a token of its own.
    """
    out = []
    parts = form.split()
    for at, part in enumerate(parts, 1):
        bare = part.rstrip("*")
        suffix = lang == "tr" and bare.startswith("'") and bare[1:].isalpha()
        words = [bare] if suffix else tokenize(bare, lang).words
        for word in words:
            last = word is words[-1]
            korean = lang == "ko" and (len(part) > 1 or at == len(parts))
            star = (part.endswith("*") or korean) and last and lang not in UNSPACED
            caseless = lang in _CASELESS and not word.isascii()
            out.append((fold(word), ANY if caseless else _case(word), star))
    return out


def compile_table(forms: Iterable[Form], lang: str) -> dict[str, Any]:
    """Forms with the index of what they stand for, as the JSON table described above."""
    exact: dict[str, list[list[int]]] = {}
    stems: dict[str, list[list[int]]] = {}
    symbols: dict[tuple[str, int, bool], int] = {}
    alone: list[list[int]] = []
    heads: list[dict[str, list[list[Any]]]] = []
    for form, meaning in forms:
        ids = []
        for word, case, star in _split(form, lang):
            key = (word, case, star)
            if key not in symbols:
                symbols[key] = len(symbols)
                (stems if star else exact).setdefault(word, []).append([symbols[key], case])
                alone.append([])
                heads.append({})
            ids.append(symbols[key])
        if len(ids) == 1 and meaning not in alone[ids[0]]:
            alone[ids[0]].append(meaning)
        elif len(ids) > 1:
            rests = heads[ids[0]].setdefault(str(ids[1]), [])
            if [ids[2:], meaning] not in rests:
                rests.append([ids[2:], meaning])
    return {"exact": exact, "stems": stems, "alone": alone, "heads": heads}


class Phrases(Generic[V]):
    """A compiled table, ready to look up the forms in a list of tokens.

    `sense` turns indexes of what a form stands for into what `hits` tells of it.
    """

    __slots__ = (
        "_alone",
        "_clitics",
        "_entries",
        "_exact",
        "_heads",
        "_longest",
        "_raw",
        "_roots",
        "_senses",
        "_shortest",
        "_stems",
    )

    def __init__(
        self, table: Mapping[str, Any], lang: str, sense: Callable[[tuple[int, ...]], V]
    ) -> None:
        self._exact: dict[str, list[list[int]]] = table["exact"]
        self._stems: dict[str, list[list[int]]] = table["stems"]
        self._alone: list[list[int]] = table["alone"]
        self._raw: list[dict[str, list[list[Any]]]] = table["heads"]
        self._heads: dict[int, _Head] = {}
        self._clitics = _CLITICS.get(lang, ())
        self._longest = max(map(len, self._stems), default=0)
        self._shortest = min(map(len, self._stems), default=1)
        self._roots = {stem[:3] for stem in self._stems}
        self._senses = Memo(sense, limit=100_000)
        self._entries = Memo(self._entry, limit=100_000)

    def _lookup(self, folded: str) -> list[list[int]]:
        """The symbols of a folded word, with the case they demand: whole, then by longest stem."""
        found = [*self._exact.get(folded, ())]
        stems = self._stems
        longest = self._longest if folded[:3] in self._roots else 2
        for size in range(min(len(folded), longest), self._shortest - 1, -1):
            found += stems.get(folded[:size], ())
        return found

    def _symbols(self, word: str) -> tuple[int, ...]:
        """The symbols that a word of the text can stand for."""
        folded = fold(word)
        upper = word.isupper()
        allowed = CAPITALS if upper else CAPITAL if word[:1].isupper() else ANY
        variants = [folded]
        for clitic in self._clitics:
            if folded.startswith(clitic) and len(folded) - len(clitic) >= 2:
                variants.append(folded[len(clitic) :])
        found = [s for v in variants for s, case in self._lookup(v) if case <= allowed]
        return tuple(dict.fromkeys(found))

    def _entry(self, word: str) -> _Entry[V] | None:
        """What is known of a word of the text; None for a word that no form holds."""
        symbols = self._symbols(word)
        if not symbols:
            return None
        alone = tuple([meaning for symbol in symbols for meaning in self._alone[symbol]])
        sense = self._senses[alone] if alone else None
        return symbols, sense, tuple([head for s in symbols if (head := self._open(s))])

    def hits(self, words: list[str]) -> list[tuple[int, int, V]]:
        """Every form that stands in the text, overlapping ones too, in order of their start.

        For each its first token, the token after the last, and what it stands for.
        """
        tags = [*map(self._entries.__getitem__, words), None]
        out: list[tuple[int, int, V]] = []
        for at, tag in enumerate(tags):
            if tag is None:
                continue
            _, alone, heads = tag
            if alone is not None:
                out.append((at, at + 1, alone))
            if heads and (after := tags[at + 1]):
                for head in heads:
                    for second in after[0]:
                        if second in head:
                            self._walk(tags, at, head[second], out)
        return out

    def _open(self, symbol: int) -> _Head:
        """The longer forms that begin with a symbol, by their second; made ready at first use."""
        head = self._heads.get(symbol)
        if head is None:
            head = {int(second): rests for second, rests in self._raw[symbol].items()}
            self._heads[symbol] = head
        return head

    def _walk(
        self,
        tags: list[_Entry[V] | None],
        at: int,
        rests: list[list[Any]],
        out: list[tuple[int, int, V]],
    ) -> None:
        """Add the forms of three words and more, and those that end with the second."""
        third = tags[at + 2]
        symbols = third[0] if third else ()
        for rest, meaning in rests:
            if not rest or (rest[0] in symbols and _fits(tags, at + 2, rest)):
                out.append((at, at + 2 + len(rest), self._senses[(meaning,)]))


def _fits(tags: list[_Entry[V] | None], at: int, rest: list[int]) -> bool:
    """Whether each token from `at` on can stand for its symbol."""
    held = tags[at : at + len(rest)]
    return len(held) == len(rest) and all(
        [tag is not None and symbol in tag[0] for tag, symbol in zip(held, rest, strict=True)]
    )
