"""Bodies whose encoding only a header, or nothing, declares: made UTF-8 before a parser sees them.

Parsers take bytes and an address. What most bodies declare in themselves they read themselves; the
rest is settled here, so that a windows-1251 feed under a bare Content-Type is right text too.
"""

import re

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_META = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"{\x00", b"[\x00")


def to_utf8(body: bytes, content_type: str) -> bytes:
    """The body in UTF-8 where it is not already, or marked or declared as something it can be."""
    if body.startswith(_MARKS) or _is_utf8(body):
        return _redeclared(body) if _wrongly_declared(body) else body
    declared = _DECLARED.search(body[:1024]) or _META.search(body[:4096])
    named = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type)
    names = _in_order(declared[1].decode("ascii") if declared else "", named[1] if named else "")
    for name in names:
        text = _decoded(body, name)
        if text is not None:
            return _redeclared(text.encode("utf-8", "replace"))
    if names:
        return body  # declared, and broken: the parser replaces what does not fit
    guess = _guess(body)
    return _redeclared(guess.encode("utf-8", "replace")) if guess else body


def _in_order(body: str, header: str) -> list[str]:
    """The header outranks the body (RFC 7303), but for what servers say of everything by default."""
    by_default = header.lower() in ("iso-8859-1", "latin-1", "us-ascii", "utf-8", "utf8")
    names = [body, header] if by_default else [header, body]
    return [n for n in names if n]


def _is_utf8(body: bytes) -> bool:
    return body.isascii() or _decoded(body, "utf-8") is not None


def _wrongly_declared(body: bytes) -> bool:
    """Valid UTF-8 beyond ASCII that calls itself something else is UTF-8 all the same."""
    declared = _DECLARED.search(body[:1024])
    if not declared or body.isascii() or body.startswith(_MARKS[1:]):
        return False
    return declared[1].lower().replace(b"_", b"-") not in (b"utf-8", b"utf8")


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _redeclared(body: bytes) -> bytes:
    declared = _DECLARED.search(body[:1024])
    if not declared:
        return body
    start, end = declared.span(1)
    return body[:start] + b"utf-8" + body[end:]


def _guess(body: bytes) -> str | None:
    """By the letters themselves; charset-normalizer knows the Cyrillic and East Asian ones."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:200_000]).best()
    return _decoded(body, best.encoding) if best else None
