"""XML bodies by the standard library's expat, without DTDs and entities, and mended where broken.

A body is first read strictly. If that fails it is cut into its items, each read by itself: an odd
one does not cost the others, and the caller is told that the body is damaged.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from advisories.errors import Damaged, ParseError
from advisories.sources._bytes import decode
from advisories.text import clean

MAX_DEPTH = 200
MAX_TAG = 16 * 1024
MAX_ODD_TAGS = 2000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG},}}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"<!\[CDATA\[.*?]]>|&(?:#(\d{1,7}|x[0-9a-fA-F]{1,6})|(\w{2,31}));|&", re.S)
_FIELD = re.compile(r"<([\w:]{1,40})((?:\s[^<>]*)?)>(.*?)</\1\s*>", re.S)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(slots=True)
class Node:
    """An element: its name with prefix, attributes, own text, and children in order."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    content: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """The children of this name, with or without the prefix."""
        return [c for c in self.children if name in (c.name, c.name.rpartition(":")[2])]

    def get(self, *path: str) -> str:
        """The clean text of the first element at a path of names; "" if there is none."""
        node: Node | None = self
        for name in path:
            node = next(iter(node.all(name)), None) if node else None
        return clean(node.content) if node else ""

    def raw(self, name: str) -> str:
        """The first child's text as it came (HTML in CDATA, usually)."""
        return next((c.content for c in self.all(name)), "")


class _Reader:
    """Collects the elements of one name (all of their content) from expat's events."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Node] = []
        self.open: list[Node] = []
        self.depth = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse

    def start(self, name: str, attrs: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError("XML nested too deep")
        if self.open or name == self.name:
            node = Node(name, attrs)
            if self.open:
                self.open[-1].children.append(node)
            self.open.append(node)

    def end(self, _: str) -> None:
        self.depth -= 1
        if self.open:
            node = self.open.pop()
            if not self.open:
                self.found.append(node)

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].content += text


def _refuse(*_: object) -> NoReturn:
    raise ParseError("XML with a DTD or entities is refused")


def _strict(text: str, name: str) -> list[Node]:
    """All elements of a name; expat.ExpatError if the text is not well-formed."""
    reader = _Reader(name)
    reader.parser.Parse(text.encode("utf-8", "replace"), True)
    return reader.found


def _prepared(body: bytes, roots: tuple[str, ...]) -> tuple[str, str]:
    """The text without its declaration, and what stands before the root that should not."""
    text = decode(body)
    start = re.search(rf"<(?:\w+:)?(?:{'|'.join(roots)})[\s>]", text[:8192])
    if not start:
        raise ParseError(f"not the expected XML: it begins with {clean(text[:40])!r}")
    head = text[: start.start()]
    if "<!DOCTYPE" in head or "<!ENTITY" in head:
        _refuse()
    if _LONG_TAG.search(text):
        raise ParseError("XML with a tag over 16 KiB is refused")
    junk = _DECLARATION.sub("", head.lstrip("\ufeff"))
    junk = re.sub(r"<\?.*?\?>|<!--.*?-->", "", junk, flags=re.S).strip()
    return text[start.start() :], junk


def items(body: bytes, *, item: str, roots: tuple[str, ...]) -> Iterator[Node]:
    """The whole elements named `item` of a document whose root is one of `roots`.

    Raises:
        ParseError: another kind of document, a DTD, entities, or nothing readable in it.
        Damaged: after the whole items of a document that is cut or broken in places.
    """
    text, junk = _prepared(body, roots)
    try:
        found = _strict(text, item)
    except expat.ExpatError as error:
        yield from _mended(text, item)
        raise Damaged(f"XML broken: {error}") from None
    if not found:
        raise ParseError(f"no <{item}> in it")
    yield from found
    if junk:
        raise Damaged(f"text before the XML: {clean(junk)[:40]!r}")


def document(body: bytes, *, root: str, until: str = "") -> Node:
    """The root element; with `until`, only what stands before the first element of that name.

    Raises:
        ParseError: another kind of document, or one that is not well-formed.
    """
    text, _ = _prepared(body, (root,))
    stop = text.find(f"<{until}") if until else -1
    if stop >= 0:
        text = f"{text[:stop]}</{root}>"
    try:
        return _strict(text, root)[0]
    except expat.ExpatError:
        pass
    try:
        return _strict(_escaped(text), root)[0]
    except (expat.ExpatError, IndexError) as error:
        raise Damaged(f"XML broken: {error}") from None


def _mended(text: str, name: str) -> Iterator[Node]:
    for piece in _pieces(text, name):
        node = _mend(piece, name)
        if node:
            yield node


def _pieces(text: str, name: str) -> Iterator[str]:
    """The texts from <name> to </name>; the last one only if something follows it."""
    close = f"</{name}>"
    opening = re.compile(rf"<{name}[\s>]")
    start = opening.search(text)
    while start:
        end = text.find(close, start.end())
        following = opening.search(text, start.end())
        if end < 0:
            return
        if following and following.start() < end:
            start = following
            continue
        end += len(close)
        if text[end:].strip():
            yield text[start.start() : end]
        start = following


def _mend(piece: str, name: str) -> Node | None:
    """One item: strictly, then with its odd characters escaped, then field by field."""
    for attempt in (piece, _escaped(piece)):
        try:
            return _strict(attempt, name)[0]
        except (expat.ExpatError, ParseError, IndexError):
            continue
    return _by_fields(piece, name)


def _escaped(text: str) -> str:
    return _REFERENCE.sub(_reference, _FORBIDDEN.sub("", text))


def _reference(match: re.Match[str]) -> str:
    number, name = match.groups()
    if match[0].startswith("<"):
        return match[0]
    if number:
        code = int(number[1:], 16) if number[0] == "x" else int(number)
        kept = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
        return match[0] if kept or 0x10000 <= code < 0x110000 else ""
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return match[0]
    char = html.unescape(f"&{name};") if name else ""
    return char if char and not char.startswith("&") else f"&amp;{match[0][1:]}"


def _by_fields(piece: str, name: str) -> Node | None:
    """The fields of an item that is no XML: each text between a tag and its end."""
    inner = piece[piece.index(">") + 1 :]
    if inner.count("<") > MAX_ODD_TAGS:
        return None
    node = Node(name)
    for tag, attrs, content in _FIELD.findall(inner):
        text = re.sub(r"<!\[CDATA\[(.*?)]]>", r"\1", content, flags=re.S)
        pairs = {k: html.unescape(v) for k, v in _ATTRIBUTE.findall(attrs)}
        node.children.append(Node(tag, pairs, html.unescape(text)))
    return node
