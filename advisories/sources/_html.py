"""HTML pages as a small tree by the standard library's parser: find elements, read their text.

Nothing here follows a link or runs a script; deep nesting and missing end tags do no harm.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from advisories.errors import ParseError
from advisories.sources._bytes import decode
from advisories.text import clean

MAX_DEPTH = 400
_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
_BLOCK_TAGS = (
    "address article aside blockquote br caption dd div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol option p pre section table td th tr ul"
)
_VOID, _BLOCK = frozenset(_VOID_TAGS.split()), frozenset(_BLOCK_TAGS.split())
_NO_TEXT = frozenset(("script", "style", "template", "noscript"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# An element of the left ends an open one of the right.
_ENDS = {
    "li": ("li",), "option": ("option",), "tr": ("td", "th", "tr"), "td": ("td", "th"),
    "th": ("td", "th"), "p": ("p",), "dt": ("dt", "dd"), "dd": ("dt", "dd"),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Element:
    """An element: tag, attributes, and its parts (elements and texts) in order."""

    tag: str
    attrs: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(p for p in reversed(element.parts) if isinstance(p, Element))

    def has(self, *classes: str) -> bool:
        """Whether it has all these classes."""
        return set(classes) <= set(self.attrs.get("class", "").split())

    def all(self, *tags: str, cls: str = "", id: str = "", **attrs: str) -> list["Element"]:
        """The elements below (or this) with one of the tags, all the classes, the id, the attrs."""
        wanted = cls.split()
        if id:
            attrs["id"] = id
        return [
            e
            for e in self.walk()
            if (not tags or e.tag in tags)
            and (not wanted or e.has(*wanted))
            and all(e.attrs.get(k) == v for k, v in attrs.items())
        ]

    def first(self, *tags: str, cls: str = "", id: str = "", **attrs: str) -> "Element | None":
        """The first of `all`."""
        return next(iter(self.all(*tags, cls=cls, id=id, **attrs)), None)

    def lines(self) -> str:
        """The text with a line end between blocks, blanks collapsed within lines."""
        out: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                out.append(part)
            elif part.tag not in _NO_TEXT:
                edge = ["\n"] if part.tag in _BLOCK else []
                stack.extend([*edge, *reversed(part.parts), *edge])
        text = "".join(p if p == "\n" else re.sub(r"\s+", " ", p) for p in out)
        return "\n".join(line for line in map(clean, text.split("\n")) if line)

    def text(self) -> str:
        """The text on one line."""
        return " ".join(self.lines().split("\n"))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open[-1].tag in _ENDS.get(tag, ()):
            self.open.pop()
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.open[-1].parts.append(element)
        if tag not in _VOID and len(self.open) < MAX_DEPTH:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take a broken `<![` for a comment, as browsers do; the base class fails on it."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)


def fragment(markup: str) -> Element:
    """A piece of HTML, such as the body of a JSON field."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.root


def page(body: bytes) -> Element:
    """A whole page.

    Raises:
        ParseError: the body is no HTML.
    """
    text = decode(body)
    if not re.search(r"<(!doctype\s+html|html|head|body|main|div)\b", text[:4096], re.I):
        raise ParseError(f"no HTML page: it begins with {clean(text[:40])!r}")
    return fragment(text)


def is_markup(body: bytes) -> bool:
    """Whether a body is HTML rather than XML or JSON."""
    return bool(re.match(r"\s*(<!doctype\s+html|<html)", decode(body[:512]), re.I))


def sections(element: Element) -> list[tuple[str, str]]:
    """(heading, text below it as lines) in the order of the page; "" heads what comes first."""
    found: list[tuple[str, list[str]]] = [("", [])]
    stack: list[Element | str] = [element]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            found[-1][1].append(re.sub(r"\s+", " ", part))
        elif part.tag in HEADINGS:
            found.append((part.text(), []))
        elif part.tag not in _NO_TEXT:
            edge = ["\n"] if part.tag in _BLOCK else []
            found[-1][1].extend(edge)
            stack.extend([*edge, *reversed(part.parts)])
    return [(head, _tidy("".join(texts))) for head, texts in found]


def _tidy(text: str) -> str:
    return "\n".join(line for line in map(clean, text.split("\n")) if line)


def section(element: Element, pattern: str) -> str:
    """The text below the first heading that matches the pattern; "" if there is none."""
    wanted = re.compile(pattern, re.I)
    return next((text for head, text in sections(element) if head and wanted.search(head)), "")


def meta(element: Element, name: str) -> str:
    """The content of a <meta> by its name or property."""
    for tag in element.all("meta"):
        if name in (tag.attrs.get("name"), tag.attrs.get("property")):
            return clean(tag.attrs.get("content", ""))
    return ""
