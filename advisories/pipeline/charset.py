"""Bodies in any encoding, made UTF-8 before a parser sees them.

Parsers take bytes and an address; what the header alone, the body alone, both or neither declare is
settled here. In this order: a byte order mark; valid UTF-8, whatever the label says; the label of
the header, then of the body (RFC 7303; but what servers say of everything by default comes last);
the letters themselves. A label stands for the superset that pages under it really use, as in the
WHATWG's Encoding Standard: GB2312 is GB18030, Shift_JIS is Microsoft's, and so on. A body that is
broken in a few places is read as what it says, with a mark at each such place.
"""

import codecs
import re

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_META = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_LANGUAGE = re.compile(
    rb"<(?:dc:)?language>\s*([a-zA-Z]{2})\b|\b(?:xml:)?lang\s*=\s*[\"']([a-zA-Z]{2})\b"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_EBCDIC = "<?xm".encode("cp037")
# The codecs of Python that are encodings of text: not punycode and the like, and not UTF-16, which
# would take any bytes for Chinese where neither a mark nor a zero byte shows it.
_TEXT = re.compile(
    r"utf-8|ascii|iso|cp\d|koi8|mac|gb|big5|euc|shift_jis|johab|hz|tis|ptcp|kz1048|hp-roman"
)
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "ms_kanji": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
    "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "ms-ansi": "cp1252",
    "ms-cyrl": "cp1251", "ms-ee": "cp1250", "ms-greek": "cp1253", "ms-turk": "cp1254",
    "ms-hebr": "cp1255", "ms-arab": "cp1256", "euc-jp": "euc_jis_2004",
}  # fmt: skip
_WESTERN = ("cp1252", "iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "ms-ansi")
_BY_DEFAULT = ("iso-8859-1", "latin-1", "us-ascii", "utf-8", "utf8")
# What the pages of a language were written in, for a body that says its language and no more.
_USED = {
    "ru": ("cp1251", "koi8_r", "iso8859_5", "cp866"), "bg": ("cp1251", "iso8859_5"),
    "uk": ("cp1251", "koi8_u", "iso8859_5"), "be": ("cp1251", "iso8859_5"), "sr": ("cp1251", "cp1250"),
    "zh": ("gb18030", "big5hkscs"), "ja": ("cp932", "euc_jp", "euc_jis_2004"), "ko": ("cp949", "johab"),
    "he": ("cp1255", "iso8859_8"), "ar": ("cp1256", "iso8859_6"), "fa": ("cp1256",),
    "el": ("cp1253", "iso8859_7"), "th": ("cp874",), "vi": ("cp1258",), "tr": ("cp1254",),
}  # fmt: skip
_ANY = tuple(dict.fromkeys(name for names in _USED.values() for name in names))
_WEST = "àâäæçèéêëîïôöùûüœßñáíóúãõåøìò"
_CENTRE = "ąćęłńóśźżáčďéěíňřšťúůýžöüőűđâăîșțşţäëô"
_LATIN = (
    ("cp1252", _WEST), ("iso8859_15", _WEST), ("cp1254", "çğıöşüâîûi̇"), ("cp1250", _CENTRE),
    ("iso8859_2", _CENTRE),
)  # fmt: skip
_SIGNS = "«»„“”‘’–—…·°§€№"
BROKEN = 0.1
"""The share of the letters beyond ASCII that may be broken in a body that is what it says."""
SAMPLE = 20_000
"""Bytes that are looked at to tell an encoding by its letters."""


def to_utf8(body: bytes, content_type: str) -> bytes:
    """The body in UTF-8 without a mark, and what it says of its encoding in agreement with that."""
    if wide := _wide(body):
        return _redeclared(body.decode(wide, "replace").encode("utf-8", "replace"))
    escapes = b"\x1b$" in body and body.isascii()
    if not escapes and _decoded(body, "utf-8") is not None:
        return _redeclared(body)
    likely = [*_names(body, content_type), "utf-8"]
    if escapes:
        likely = ["iso2022_kr" if b"\x1b$)C" in body else "iso2022_jp_2"]
    text = _as_declared(body, likely) or _guess(body)
    return _redeclared(text.encode("utf-8", "replace"))


def _wide(body: bytes) -> str:
    """The encoding that a mark shows, or the zero bytes of UTF-16 and UTF-32, or EBCDIC's "<?xm"."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if body.startswith(_EBCDIC):
        declared = _DECLARED.search(body[:200].decode("cp037").encode())
        name = declared[1].decode("ascii") if declared else ""
        return name if _is_text(name) else "cp037"
    head = body[:64]
    zeros = [at for at in range(4) if not any(head[at::4])] if head.count(0) > 8 else []
    if len(zeros) == 3:
        return "utf-32-le" if zeros[0] else "utf-32-be"
    return _sixteen(head)


def _sixteen(head: bytes) -> str:
    """UTF-16 without a mark: markup at the start of a feed is ASCII, every other byte is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or min(even, odd) > 2:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _names(body: bytes, content_type: str) -> list[str]:
    found = _DECLARED.search(body[:1024]) or _META.search(body[:4096])
    named = re.search(r"(?i)charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", content_type)
    own, header = found[1].decode("ascii") if found else "", named[1] if named else ""
    names = [own, header] if header.lower() in _BY_DEFAULT else [header, own]
    return [known for n in names for known in (_codec(n), n.lower()) if _is_text(known)]


def _codec(name: str) -> str:
    label = name.lower().removeprefix("x-")
    return _SUPERSETS.get(label, label)


def _is_text(name: str) -> bool:
    try:
        return bool(name) and bool(_TEXT.match(codecs.lookup(name).name))
    except (LookupError, UnicodeError):
        return False


def _as_declared(body: bytes, names: list[str]) -> str:
    """The text in the first encoding that fits everywhere, or almost; "" if none does."""
    for name in names:
        text = _decoded(body, name)
        if text is not None and not (name in _WESTERN and _solid(text)):
            return text
    for name in names:
        text = _decoded(body, name, "replace") or ""
        letters = sum(1 for c in text if c > "\x7f")
        if name not in _WESTERN and text.count("\ufffd") <= BROKEN * letters:
            return text
    return ""


def _solid(text: str) -> bool:
    """Whole words beyond ASCII: no Latin alphabet, whatever the label says (Cyrillic, Greek, ...)."""
    text = text[:200_000]
    together = sum(map(len, re.findall("[À-ÿ]{3,}", text)))
    return 2 * together > len(re.findall("[À-ÿ]", text))


def _decoded(body: bytes, name: str, errors: str = "strict") -> str | None:
    try:
        return body.decode(name, errors)
    except (LookupError, UnicodeError, ValueError):
        return None


def _redeclared(body: bytes) -> bytes:
    declared = _DECLARED.search(body[:1024])
    if not declared:
        return body
    start, end = declared.span(1)
    return body[:start] + b"utf-8" + body[end:]


def _guess(body: bytes) -> str:
    """By the letters themselves; charset-normalizer knows the Cyrillic and East Asian ones."""
    from charset_normalizer import from_bytes

    sample = b" ".join(re.findall(rb"[^<>]*[\x80-\xff][^<>]*", body))[:SAMPLE]
    said = _LANGUAGE.search(body[:SAMPLE])
    language = (said[1] or said[2]).decode("ascii").lower() if said else ""
    best = _latin(sample) if language not in _USED else ""
    if not best:
        found = from_bytes(sample, cp_isolation=list(_USED.get(language, _ANY))).best()
        best = found.encoding if found else "cp1252"
    return body.decode(best, "replace")


def _latin(sample: bytes) -> str:
    """A Latin encoding in which nearly all letters belong to languages that are written in it."""
    fits = []
    for at, (name, letters) in enumerate(_LATIN):
        text = sample.decode(name, "replace")
        beyond = [c for c in text.lower() if c > "\x7f" and c not in _SIGNS and not c.isspace()]
        share = sum(1 for c in beyond if c in letters) / max(1, len(beyond))
        fits.append((share, -at, name))
    share, _, name = max(fits)
    return name if share > 1 - BROKEN / 2 else ""
