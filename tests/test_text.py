"""Text in and text out: no control character, no lone surrogate, no live link that is none."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisories.text import UNSAFE, clean, link, plain, search_words, show, without_secrets


@given(st.text(max_size=200))
@example("0 \x1b\x850")
def test_clean_text_is_one_safe_line(text: str) -> None:
    got = clean(text)
    assert not UNSAFE.search(got)
    assert "\n" not in got
    assert unicodedata.is_normalized("NFC", got)
    assert clean(got) == got
    got.encode("utf-8")


@given(st.text(max_size=200))
def test_shown_text_holds_no_escape(text: str) -> None:
    assert not UNSAFE.search(show(text))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Do <b>not</b> go</p>", "Do not go"), ("a &amp; b", "a & b"), ("1 < 2", "1 < 2"),
        ("<script>x()</script>safe", "safe"), ("Caf&eacute;", "Café"), ("a<!-- b -->c", "a c"),
        ("\x1b[31mred\x1b[0m", "red"), ("&amp;lt;b&gt;", "&lt;b>"),
    ],
)  # fmt: skip
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("url", "is_"),
    [
        ("https://example.org/a?b=c", True), ("HTTP://example.org", True), ("javascript:alert(1)", False),
        ("https://", False), ("ftp://example.org/a", False), ("https://a b/", False), ("//a/b", False),
        ('https://a/"onclick=x', False), ("data:text/html,x", False),
    ],
)  # fmt: skip
def test_only_http_with_a_host_is_a_link(url: str, is_: bool) -> None:
    assert bool(link(url)) is is_


def test_credentials_are_not_told() -> None:
    assert "pw" not in without_secrets("https://me:pw@example.org/x: failed")
    assert "abc" not in without_secrets("https://example.org/x?serviceKey=abc&y=1")


def test_scripts_without_spaces_are_indexed_by_two() -> None:
    assert search_words("俄罗斯外交部 warns").split() == [
        "俄罗",
        "罗斯",
        "斯外",
        "外交",
        "交部",
        "warns",
    ]
    assert search_words("Rus\u200bsian") == "Russian"
