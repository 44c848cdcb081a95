"""Bytes to text: the byte order mark, then what the body declares, then UTF-8.

A charset named only in an HTTP header does not reach a parser; none of the issuers needs one.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_MARK = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (b"{\x00", "utf-16-le"))
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_HTML = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)


def decode(body: bytes) -> str:
    """The text of a body; bytes that fit no declared encoding become U+FFFD, never an error."""
    for mark, encoding in _MARKS + _NO_MARK:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _XML.search(body[:1024]) or _HTML.search(body[:4096])
    if declared:
        try:
            return body.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return body.decode("utf-8", "replace")
