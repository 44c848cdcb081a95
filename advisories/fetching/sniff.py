"""What a body is, told from its bytes alone: servers call a bot wall's page application/rss+xml."""

import codecs
import re
from typing import Literal

from advisories.model import Document

Form = Literal["xml", "json", "html", "other"]

HEAD = 4096
_SKIP = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html\b)[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_FEED = re.compile(r"<\?xml\s|<(?:rss|feed|rdf:RDF)[\s>]")
_HTML = frozenset(
    {
        "html", "head", "body", "title", "meta", "script", "style", "div", "p", "b", "i", "br",
        "span", "center", "h1", "h2", "pre", "font",
    }
)  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"),
    (b"[\0", "utf-16-le"), (b"\0[", "utf-16-be"),
)  # fmt: skip


def wide(body: bytes) -> str:
    """The encoding if a character takes two or four bytes, else "" (ASCII can be read as it is)."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return "" if name == "utf-8" else name
    return ""


def narrow(body: bytes) -> bytes:
    """The body with ASCII characters in one byte each, whatever encoding it is in."""
    name = wide(body)
    return body.decode(name, "replace").encode("utf-8", "replace") if name else body


def looks_like(document: Document) -> Form:
    """What the body is: "xml", "json", "html" (XHTML too), or "other" (empty, an image, prose)."""
    return form_of(document.body)


def form_of(body: bytes) -> Form:
    """As `looks_like`, from bytes. Looks at the first 4 KiB only."""
    head = narrow(body[:HEAD]).decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n\0")
    if head[:1] in ("{", "["):
        return "json"
    rest = _after_prolog(head)
    root = _ROOT.match(rest)
    if rest[:14].lower() == "<!doctype html" or (root and root[1].lower() == "html"):
        return "html"
    if root and root[1].lower() in _HTML:
        return "xml" if _FEED.search(head) else "html"  # a warning printed before the feed
    if root or _FEED.search(head):
        return "xml"
    return "other"


def _after_prolog(head: str) -> str:
    at = 0
    while skipped := _SKIP.match(head, at):
        at = skipped.end()
    return head[at:]
