"""Text coming in and text going out: the two places where control characters stop.

`clean` makes stored text: valid UTF-8, NFC, no controls, one line of blanks. `show` makes text safe
to print: whatever reached us, a terminal never sees an escape sequence or a change of direction.
"""

import re
import unicodedata

# Controls and bidi controls: nothing of these may reach a terminal, a pipe or stderr.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")
_ANSI = re.compile("(?:\x1b\\[|\u009b)[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?")
# What is opened and never closed goes to the end of the text, as browsers read it: looking for
# each end anew would take hours on a body made for that.
_TAGS = re.compile(
    r"<(script|style)\b[^<>]*>(?:.*?</\1\s*>|.*)|<!--(?:.*?-->|.*)|</?[a-zA-Z][^<>]*>"
    r"|<!\[CDATA\[|\]\]>|<!(?:DOCTYPE|\[(?:if|endif))\b[^<>]*>|<\?[a-zA-Z][^<>]*>",
    re.S | re.I,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MASKED = re.compile(r"(?<=://)[^/@\s]*:[^/@\s]*@")
_CREDENTIALS = re.compile(r"(?i)\b((?:api[-_]?key|servicekey|token|password|secret)=)[^&\s]+")


def clean(text: str) -> str:
    """One line of NFC text without controls, lone surrogates or runs of blanks.

    Zero-width characters are kept: they are part of what was published (the coder strips them).
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "\x1b" in text or "\x9b" in text:
        text = _ANSI.sub("", text)
    text = " ".join(text.replace("\x00", "").split())
    if UNSAFE.search(text):  # after the split: some controls part words, as blanks do
        text = " ".join(UNSAFE.sub("", text).split())
    return unicodedata.normalize("NFC", text)


def plain(markup: str) -> str:
    """HTML to one line of clean text: tags out, entities resolved once."""
    if "<" in markup:
        markup = _TAGS.sub(" ", markup)
    import html

    return clean(html.unescape(markup))


def show(text: str) -> str:
    """Text that is safe to print: controls and bidi controls are dropped, line ends are blanks."""
    return UNSAFE.sub("", re.sub(r"[\r\n\t]+", " ", _ANSI.sub("", text)))


def count(number: int, one: str, many: str = "") -> str:
    """A number with its word: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def without_secrets(text: str) -> str:
    """A URL or message without user:password and without keys in a query."""
    return _CREDENTIALS.sub(r"\1...", _MASKED.sub("...@", text))


def link(url: str) -> str:
    """The URL if it is one that may be shown as a link (http or https with a host), else ""."""
    url = url.strip()
    return url if re.match(r"(?i)https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*$", url) else ""


_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def search_words(text: str) -> str:
    """Text as the full-text index holds it: runs of Chinese and Japanese become bigrams.

    A query goes through the same function, so that a word of two characters is found wherever it
    stands in a run. Zero-width characters are dropped.
    """
    text = re.sub("[\u200b-\u200d\u2060\ufeff]", "", text)
    return _UNSPACED.sub(lambda m: f" {_bigrams(m[0])} ", text)


def _bigrams(run: str) -> str:
    return " ".join(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else run
