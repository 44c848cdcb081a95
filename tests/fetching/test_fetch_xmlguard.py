"""P17 and P23: what a body is, and bounds on hostile ones, in bounded time."""

import codecs
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from advisories.errors import ParseError
from advisories.fetching import check, check_document, check_json, form_of
from advisories.fetching.xmlguard import DEPTH, TAG_BYTES
from advisories.model import Document

MIB = 1 << 20
DTD = '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>'
HIDDEN = (
    """<!DOCTYPE r [<!ATTLIST r a CDATA "<!--"><!ENTITY x "y"><!ATTLIST r b CDATA "-->">]><r/>"""
)


def rss(inside: str) -> bytes:
    return f'<?xml version="1.0"?><rss><channel>{inside}</channel></rss>'.encode()


def document(body: bytes, kind: str = "application/rss+xml") -> Document:
    return Document("https://a.example/", 200, body, datetime.now(UTC), {"content-type": kind})


HOSTILE = {
    "entity": DTD.encode(),
    "entity-external": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    "entity-parameter": b'<!DOCTYPE r SYSTEM "http://a/d" [<!ENTITY % p SYSTEM "http://a/p">%p;]><r/>',
    "entity-in-quotes": HIDDEN.encode(),
    "entity-utf16": DTD.encode("utf-16"),
    "entity-utf16-no-mark": DTD.encode("utf-16-le"),
    "entity-utf16-big": DTD.encode("utf-16-be"),
    "entity-utf32": DTD.encode("utf-32"),
    "entity-bom": codecs.BOM_UTF8 + DTD.encode(),
    "entity-utf7": b'<?xml version="1.0" encoding="utf-7"?>'
    + DTD.replace("<!", "+ADwAIQ-").encode(),
    "entity-hz": b'<?xml version="1.0" encoding="hz"?>'
    + DTD.replace("ENTITY", "EN~\nTITY").encode(),
    "tag": rss("<x a='" + "b" * TAG_BYTES + "'/>"),
    "tag-attributes": rss("<x " + " ".join(f'a{i}="1"' for i in range(20_000)) + "/>"),
    "tag-quoted-ends": rss("<x " + " ".join(f'a{i}=">"' for i in range(4_000)) + "/>"),
    "tag-quoted-starts": rss("<x " + " ".join(f"a{i}='<'" for i in range(4_000)) + "/>"),
    "tag-utf16": rss("<x a='" + "b" * TAG_BYTES + "'/>").decode().encode("utf-16"),
    "depth": rss("<b>" * 100_000 + "</b>" * 100_000),
    "depth-names": rss("".join(f"<b{i}>" for i in range(DEPTH))),
    "depth-with-wrong-ends": rss("".join(f"<b{i}></x>" for i in range(DEPTH))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_p23_hostile_xml_is_refused(name: str) -> None:
    started = time.process_time()
    with pytest.raises(ParseError, match="refused") as caught:
        check_document(document(HOSTILE[name]))
    assert time.process_time() - started < 2
    assert str(caught.value).isprintable()


def test_p23_a_charset_of_the_header_hides_nothing() -> None:
    body = DTD.encode("cp037")
    with pytest.raises(ParseError, match="entities"):
        check(body, "cp037")
    with pytest.raises(ParseError, match="entities"):
        check_document(document(body, "text/xml; charset=cp037"))


SOUND = {
    "plain": rss("<item><title>a</title></item>"),
    "doctype": b'<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://a/rss-0.91.dtd"><rss/>',
    "text-on-entities": rss("<title><![CDATA[Use <!ENTITY x 'y'> in a <!DOCTYPE r []>]]></title>"),
    "comment": rss("<!-- " + "<b>" * 500 + " -->"),
    "cdata": rss("<![CDATA[" + "<div>" * 500 + "<img src='data:" + "A" * 50_000 + "'>]]>"),
    "escaped": rss("&lt;div&gt;" * 500),
    "empty-tags": rss("<br/>" * 500),
    "unclosed-inside": rss("<p>" + "<i><title>a <br> b</title></i>" * 500 + "</p>"),
    "broken-quote": rss('<a href="x>text</a>' * 300),
    "unescaped": rss("<title>Crime & <Terrorism></title>" * 300),
    "cut": rss("<item><title>a</title></item>" * 50)[:400],
    "empty": b"",
    "deep-enough": rss("<b>" * 190 + "</b>" * 190),
    "utf16": rss("<b>x</b>").decode().encode("utf-16"),
    "no-such-encoding": b'<?xml version="1.0" encoding="x-klingon"?><rss/>',
    "shift-jis": '<?xml version="1.0" encoding="Shift_JIS"?><rss>日本</rss>'.encode("shift_jis"),
    "iso-2022-jp": '<?xml version="1.0" encoding="iso-2022-jp"?><rss>日本</rss>'.encode(
        "iso2022_jp"
    ),
    "junk-before": b"\n<b>Warning</b>: x\n" + rss(""),
}


@pytest.mark.parametrize("name", SOUND)
def test_p23_sound_and_damaged_xml_passes(name: str) -> None:
    check_document(document(SOUND[name]))


def filled(unit: bytes) -> bytes:
    return b"<r>" + unit * (8 * MIB // len(unit))


@pytest.mark.parametrize(
    "unit",
    [b"<!--", b"<![CDATA[", b"<?", b"<!", b"<a '", b'<a "', b"</a>", b"<a></a>", b"<a/>", b"<",
     b"<!DOCTYPE ", b"&lt;", b"<a><b></a>", b"<!ENTITY", b"'\"<a "],
)  # fmt: skip
def test_p23_eight_mib_of_anything_is_checked_in_bounded_time(unit: bytes) -> None:
    """Broken markup that never ends must not make the check itself slow."""
    started = time.process_time()
    try:
        check(filled(unit))
    except ParseError as exc:
        assert "refused" in str(exc)  # noqa: PT017
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 300 + b"1" + b"}" * 300,
        ("[" * 300).encode("utf-16"),
        b'["\\"", ' + b"[" * 300,
    ],
)
def test_p23_deep_json_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError, match="nested"):
        check_json(body)


@pytest.mark.parametrize(
    "body",
    [
        b"[]" * 100_000,
        b'{"text": "' + b"[" * 500 + b'"}',
        b'{"text": "\\\\\\"' + b"[" * 500 + b'"}',
        b'{"cut": "' + b"[" * 500,
        b"",
    ],
)
def test_p23_sound_json_passes(body: bytes) -> None:
    check_json(body)


@pytest.mark.parametrize("unit", [b"[]", b'"', b'\\"', b'"\\', b'""', b"[[[]]]"])
def test_p23_eight_mib_of_json(unit: bytes) -> None:
    started = time.process_time()
    check_json(unit * (8 * MIB // len(unit)))
    assert time.process_time() - started < 2


HTML = b"<!DOCTYPE html><html><head><title>Access denied</title></head></html>"
FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "rss": ("xml", lambda: rss("")),
    "atom-bare": ("xml", lambda: b'<feed xmlns="http://www.w3.org/2005/Atom"/>'),
    "rdf": ("xml", lambda: b"<rdf:RDF></rdf:RDF>"),
    "own-root": ("xml", lambda: b"<documents><document/></documents>"),
    "comment-first": ("xml", lambda: b"<!-- generated -->\n<rss/>"),
    "doctype": ("xml", lambda: b'<!DOCTYPE rss SYSTEM "a"><rss/>'),
    "doctype-subset": ("xml", lambda: DTD.encode()),
    "utf16": ("xml", lambda: rss("").decode().encode("utf-16")),
    "bom": ("xml", lambda: codecs.BOM_UTF8 + rss("")),
    "warning-first": ("xml", lambda: b"\n<b>Warning</b>: oops\n" + rss("")),
    "html": ("html", lambda: HTML),
    "html-upper": ("html", lambda: b"\r\n <HTML><BODY>no</BODY></HTML>"),
    "html-comment": ("html", lambda: b"<!-- wall --><html>"),
    "xhtml": ("html", lambda: b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html></html>'),
    "html-fragment": ("html", lambda: b"<title>Just a moment...</title>"),
    "json": ("json", lambda: b' {"a": 1}'),
    "json-list": ("json", lambda: b"[]"),
    "json-utf16": ("json", lambda: '{"a": 1}'.encode("utf-16")),
    "empty": ("other", lambda: b""),
    "blanks": ("other", lambda: b" \r\n" * 50),
    "png": ("other", lambda: b"\x89PNG\r\n\x1a\n" + bytes(400)),
    "pdf": ("other", lambda: b"%PDF-1.7 <<>>"),
    "prose": ("other", lambda: b"Service temporarily unavailable"),
}


@pytest.mark.parametrize("name", FORMS)
def test_p17_what_a_body_is(name: str) -> None:
    form, body = FORMS[name]
    assert form_of(body()) == form
