"""Any feed at all, broken ones too, by feedparser, which knows two thousand oddities of feeds.

Its only importer. It is given bytes and never a URL to fetch. What is broken in the usual ways is
mended first, since where XML ends feedparser goes on by guesses, and its guesses lose letters.
"""

import re
from functools import cache
from html.entities import html5
from io import BytesIO
from typing import Any

from advisories.errors import ParseError
from advisories.sources._entries import PERMALINK, Entry, Read
from advisories.text import clean

MARKS = 150_000
"""Tags of a feed that is read by feedparser, which takes some 50 microseconds for each."""
_CDATA = re.compile(rb"<!\[CDATA\[(?:.*?\]\]>|.*)", re.S)
_CLOSED = re.compile(rb"(?i)</\s*(?:[\w.-]+:)?(?:rss|feed|rdf|channel)(?![\w:.-])")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_REFERENCE = re.compile(rb"&#([0-9]+|[xX][0-9a-fA-F]+);?")
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)|&(?!#[0-9]+;|#x[0-9a-fA-F]+;)(?:([a-zA-Z][a-zA-Z0-9]{1,31});)?",
    re.S,
)
_START = re.compile(rb"(?i)<\?xml\s|<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>]")
_END = re.compile(rb"(?i)</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>")
_RSS = re.compile(rb"<rss[\s>]")
_NOT_OWN = re.compile(
    rb"<(/?)(media):(description|title)\b[^<>]*?(/?)>|<(/?)(atom\d*):(link)(?=[\s/>])"
)


def forgiving(body: bytes, url: str) -> Read:
    """Any feed at all, by feedparser.

    Raises:
        ParseError: no feed.
    """
    sound = _allowed(body)
    if _CDATA.sub(b"", sound).count(b"<") > MARKS:
        raise ParseError(f"too large: more than {MARKS:,} tags")
    feed = _parsed(sound, url)
    damage = "" if sound == body.strip() else "holds characters that XML does not allow"
    if flaw := _flaw(feed):
        damage = f"not well-formed XML: {flaw}"
        feed = _parsed(_mended(sound), url)
    if not feed.get("version") and not feed.entries:
        raise ParseError(_what_instead(body))
    entries = [_entry(e) for e in feed.entries]
    if _flaw(feed) and not _CLOSED.search(
        body, max(body.rfind(b"<item"), body.rfind(b"<entry"), 0)
    ):
        entries, damage = entries[:-1], "the feed ends in the middle"
    return Read(entries, str(feed.feed.get("language", "")), damage)


def _allowed(body: bytes) -> bytes:
    """The body without the characters that no XML may hold, however they are written.

    For one of them a parser would give up the whole feed, or read it by guesses; blanks around it
    are harmless.
    """
    if body.startswith(_WIDE):
        return body
    return _REFERENCE.sub(_sound_reference, body.strip().translate(None, _CONTROLS))


def _mended(body: bytes) -> bytes:
    """A broken body with the commonest faults undone, so that it can be read without guesses.

    Ampersands that begin nothing are escaped, names of HTML become numbers, and what stands before
    and after the feed is left out.
    """
    start = _START.search(body)
    ends = [m.end() for m in _END.finditer(body)]
    body = body[start.start() if start else 0 : ends[-1] if ends else None]
    return _AMPERSAND.sub(_reference, body)


def _reference(match: "re.Match[bytes]") -> bytes:
    name = match[1].decode("ascii") if match[1] else ""
    if match[0].startswith(b"<") or name in ("amp", "lt", "gt", "quot", "apos"):
        return match[0]
    letters = html5.get(f"{name};", "")
    return "".join(f"&#{ord(c)};" for c in letters).encode() or b"&amp;" + match[0][1:]


def _sound_reference(match: "re.Match[bytes]") -> bytes:
    digits = match[1]
    if len(digits) > 8:
        return b" "
    number = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    whole = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return match[0] if whole or 0x10000 <= number < 0x110000 else b" "


@cache
def _feedparser() -> Any:
    import feedparser
    from feedparser import mixin

    # feedparser resolves ids against the feed's address, so that one feed asked at two addresses
    # would be two sets of items. Its own switch for relative addresses does not cover ids.
    mixin._FeedParserMixin.can_be_relative_uri.discard("id")
    return feedparser


def _parsed(body: bytes, url: str) -> Any:
    base = url if re.match(r"(?i)https?://", url) else ""
    try:
        return _feedparser().parse(
            BytesIO(_set_apart(body)),  # not bare bytes: they would be tried as a file's name
            response_headers={"content-location": base, "content-type": ""},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a broken body makes of another's parser
        raise ParseError(f"unreadable feed: {clean(str(error))[:120]}") from None


def _set_apart(body: bytes) -> bytes:
    """The words of a picture, and the links beside an RSS item's own, under other names.

    feedparser would take whichever comes first or last for the entry's own.
    """
    rss = bool(_RSS.search(body[:4096]))

    def renamed(match: "re.Match[bytes]") -> bytes:
        if match[2]:
            return b"<%b%b:own_%b%b>" % match.group(1, 2, 3, 4)
        return b"<%b%b:own_%b" % match.group(5, 6, 7) if rss else match[0]

    return _NOT_OWN.sub(renamed, body)


def _flaw(feed: Any) -> str:
    """Why the XML is not sound, by feedparser; "" if it is."""
    harmless = ("CharacterEncodingOverride", "NonXMLContentType")
    if not feed.bozo or type(feed.bozo_exception).__name__ in harmless:
        return ""
    return clean(str(feed.bozo_exception)).removeprefix("<unknown>:")[:120]


def _what_instead(body: bytes) -> str:
    start = body[:2000].lstrip().lower()
    if not start:
        return "not a feed: the body is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "not a feed: an HTML page"
    if start[:1] in (b"{", b"["):
        return "not a feed: JSON"
    return "not a feed"


def _entry(entry: dict[str, Any]) -> Entry:
    contents = entry.get("content") or [{}]
    raw_id, link = _text(entry, "id"), _text(entry, "link")
    if dict.get(entry, "guidislink") and not PERMALINK.match(link):
        link = ""  # a guid counts as a permalink unless it says otherwise: here it is none
    beside: Any = next((v for k, v in entry.items() if k.endswith("own_link")), {})
    if not link and isinstance(beside, dict) and beside.get("rel", "alternate") == "alternate":
        link = str(beside.get("href", ""))
    title = dict.get(entry, "title_detail") or {}
    summary = dict.get(entry, "summary_detail") or contents[0]
    return Entry(
        id=raw_id,
        link=link,
        base=str(title.get("base") or summary.get("base") or ""),
        title=_text(entry, "title") or _text(entry, "media_own_title"),
        title_literal=title.get("type") == "text/plain",
        summary=_text(entry, "summary"),
        summary_literal=summary.get("type") == "text/plain",
        content=str(contents[0].get("value", "")) or _text(entry, "media_own_description"),
        content_literal=contents[0].get("type") == "text/plain",
        stamps=tuple(_text(entry, key) for key in ("published", "updated", "created")),
        lang=_text(entry, "language"),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = dict.get(entry, key)  # feedparser's own `get` would give one date for another
    return value if isinstance(value, str) else ""
