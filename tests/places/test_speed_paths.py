"""What is remembered and what is left out for speed changes no answer."""

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.coding.language import detect
from advisories.places import tables
from advisories.places.memo import Memo
from advisories.places.tokens import tokenize

_ABBREVIATION = r"[^\W\d_]\.(?:[^\W\d_]\.)+|([A-Z])\1\.[ \u00a0]?([A-Z])\2\b\.?"
_MARKS = r"[.,:;!?()\[\]/&|–—…·،؛؟«»。！？，、：；（）%$€-]"
PLAIN = {
    "en": re.compile(rf"{_ABBREVIATION}|(?<=\w)['’][sS]\b|\w+|{_MARKS}"),
    "tr": re.compile(rf"{_ABBREVIATION}|(?<=\w)['’]\w+|\w+|{_MARKS}"),
}
"""What a token is, written without a thought for speed."""


def _mixed(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=12).map("".join)


@given(
    _mixed(["EE.", "UU.", "AB.", "U.S.", "a.b.", "iPad", "Iran", "'s", "’den", "é", "5", "_", " ",
            "\u00a0", ".", ",", '"']),
    st.sampled_from(["en", "tr"]),
)  # fmt: skip
def test_tokens_are_those_of_the_plain_pattern(text: str, lang: str) -> None:
    matches = [(m[0], m.start(), m.end()) for m in PLAIN[lang].finditer(text)]
    tokens = tokenize(text, lang)
    assert [*zip(tokens.words, tokens.starts, tokens.ends, strict=True)] == matches


@given(st.text(), st.sampled_from(["en", "tr", "zh", "ar", "he"]))
def test_tokens_stand_in_order_where_they_say(text: str, lang: str) -> None:
    tokens = tokenize(text, lang)
    bounds = [at for span in zip(tokens.starts, tokens.ends, strict=True) for at in span]
    assert bounds == sorted(bounds)
    assert all(0 <= at <= len(text) for at in bounds)
    assert all(tokens.words)


@pytest.mark.parametrize(
    ("text", "hint", "lang"),
    [
        ("Россия и Украина", "", "ru"),
        ("Россия и Украина", "uk", "uk"),
        ("США: Iran, Iraq, Syria and Yemen in talks", "", "en"),
        ("米国と日本が協議", "", "ja"),
        ("美国和日本举行会谈", "", "zh"),
        ("한·미 연합 훈련 (NATO)", "en", "ko"),
        ("l'accordo e la reazione", "", "it"),
        ("La nazione e la stazione", "", "it"),
        ("", "", "en"),
        ("12345 ½ ² ...", "", "en"),
    ],
)
def test_a_script_is_told_the_short_way_and_the_long(text: str, hint: str, lang: str) -> None:
    assert detect(text, hint) == lang


def test_a_memo_asks_once_and_forgets_when_full() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    memo = Memo(double, limit=2)
    assert [memo[n] for n in (1, 2, 2, 1, 3, 3)] == [2, 4, 4, 2, 6, 6]
    assert asked == [1, 2, 3]
    assert dict(memo) == {3: 6}


@pytest.mark.parametrize("running", [True, False])
def test_a_table_is_passed_over_and_the_collector_left_as_it_was(running: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        held = gc.get_freeze_count()
        table = tables.read("advisories.places", "aliases-he.json")
        assert gc.isenabled() is running
        assert gc.get_freeze_count() - held > len(table["meanings"])
        with pytest.raises(FileNotFoundError):
            tables.read("advisories.places", "aliases-none.json")
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
