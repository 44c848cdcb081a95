"""Bounds on hostile XML and JSON, checked before any parser sees the bytes, in linear time.

A body cap does not help against these: one element with 40,000 attributes (429 kB) costs a feed
parser 13 s, a thousand nested entities expand to gigabytes, deep nesting ends in a recursion error.
Entity declarations are refused, and tags over 16 KiB, and nesting deeper than 200.
"""

import codecs
import re
from collections import Counter
from itertools import accumulate

from advisories.errors import ParseError
from advisories.fetching.sniff import form_of, narrow
from advisories.model import Document

TAG_BYTES = 16 * 1024
DEPTH = 200
MARKS = 500_000
"""Tags, comments and the like in one body: 8 MiB of empty elements would cost seconds to follow."""
_MARK = re.compile(rb"<[A-Za-z_:\x80-\xff/!?]")
# A tag up to its end, quotes respected, or up to the next "<" where it is broken. No backtracking.
_TAG = re.compile(rb"""</?([A-Za-z_:\x80-\xff][^\s/<>"']*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+(>?)""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_SPECIAL = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]+)""", re.I)
# Encodings in which the bytes of "<!ENTITY" can be written otherwise than in ASCII.
_SHIFTY = re.compile(r"utf7|utf16|utf32|hz|iso2022|^cp(?:037|273|424|5\d\d|1026|1140)$")
_STEP = 256 * 1024
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BRACKETS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def check_document(document: Document) -> None:
    """Bounds for whatever the document is.

    Raises:
        ParseError: the body is hostile or broken beyond reading.
    """
    form = form_of(document.body)
    if form == "json":
        check_json(document.body)
    elif form != "html":
        charset = _CHARSET.search(document.headers.get("content-type", ""))
        check(document.body, charset[1] if charset else "")


def check(body: bytes, charset: str = "") -> None:
    """Bounds for XML in any encoding; `charset` is the one that HTTP named, if any.

    Raises:
        ParseError: it declares entities, has a tag over 16 KiB, or is nested deeper than 200.
    """
    ascii_body = narrow(body)
    _check(ascii_body)
    declared = _DECLARED.search(ascii_body[:1024])
    for name in {charset, declared[1].decode("ascii") if declared else ""}:
        if (codec := _shifty(name)) and ascii_body is body:
            _check(body.decode(codec, "replace").encode("utf-8", "replace"))


def _shifty(name: str) -> str:
    try:
        codec = codecs.lookup(name).name if name else ""
    except (LookupError, UnicodeError):
        return ""
    return codec if _SHIFTY.search(codec.replace("_", "").replace("-", "")) else ""


def _check(body: bytes) -> None:
    # With a DOCTYPE, the words of a declaration may stand nowhere: quotes inside a DTD can look
    # like the start of a comment, so what is text cannot be told without a parser.
    declares = _ENTITY.search(body)
    stack: list[bytes] = []
    open_names: Counter[bytes] = Counter()
    ends = {opening: 0 for opening, _ in _SPECIAL}
    marks, mark = 0, _MARK.search(body)
    while mark:
        marks, at = marks + 1, mark.start()
        if marks > MARKS:
            raise ParseError(f"refused: more than {MARKS:,} tags")
        after = _special(body, at, ends)
        if after is None:
            tag = _TAG.match(body, at)
            after = at + 1
            if tag:
                after = tag.end()
                _nest(tag, stack, open_names)
            elif declares and _DOCTYPE.match(body, at):
                raise ParseError("refused: it declares entities")
        mark = _MARK.search(body, after)


def _special(body: bytes, at: int, ends: dict[bytes, int]) -> int | None:
    """The end of a comment, CDATA section or instruction that begins at `at`, or None.

    One that never ends is none; `ends` remembers that, so that a body of a million openings is not
    searched a million times.
    """
    for opening, closing in _SPECIAL:
        if body.startswith(opening, at) and ends[opening] >= 0:
            ends[opening] = body.find(closing, at + len(opening))
            return ends[opening] + len(closing) if ends[opening] >= 0 else None
    return None


def _nest(tag: "re.Match[bytes]", stack: list[bytes], open_names: "Counter[bytes]") -> None:
    """Follow the nesting; a closing tag also closes what was left open inside (as `<br>` is)."""
    if tag.end() - tag.start() > TAG_BYTES:
        raise ParseError(f"refused: a tag over {TAG_BYTES // 1024} KiB")
    name, text = tag[1], tag[0]
    if text.startswith(b"</"):
        if open_names[name]:
            while (closed := stack.pop()) != name:
                open_names[closed] -= 1
            open_names[name] -= 1
        return
    if text.endswith(b"/>"):
        return
    stack.append(name)
    open_names[name] += 1
    if len(stack) > DEPTH:
        raise ParseError(f"refused: nested deeper than {DEPTH}")


def check_json(body: bytes) -> None:
    """Bounds for JSON in UTF-8, UTF-16 or UTF-32.

    Raises:
        ParseError: it is nested deeper than 200.
    """
    data = narrow(body).replace(rb"\\", b"").replace(rb"\"", b"")
    depth, quoted = 0, 0
    for at in range(0, len(data), _STEP):  # in steps: the pieces of 8 MiB would be a lot of memory
        pieces = data[at : at + _STEP].split(b'"')
        brackets = b"".join(pieces[quoted::2]).translate(None, _NOT_BRACKETS)
        depths = list(accumulate(map(_BRACKETS.__getitem__, brackets), initial=depth))
        if max(depths) > DEPTH:
            raise ParseError(f"refused: nested deeper than {DEPTH}")
        depth = depths[-1]
        quoted ^= (len(pieces) - 1) & 1
