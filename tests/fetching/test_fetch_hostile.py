"""Every way a server can fail us, by route: the reason, in time, in one line, canary unasked.

The same table runs against the project's own server and, where it is beside the checkout, against
the larger one. Ids carry the promise (P1 to P13) that a row proves.
"""

import time

import pytest
from fetchtest import QUICK, Hostile

from advisories.errors import FetchError
from advisories.model import Document

TABLE = [
    ("P1", "/slow", "timeout"),
    ("P1", "/slow-body", "timeout"),
    ("P1", "/drip", "timeout"),
    ("P1", "/drip-headers", "timeout"),
    ("P2", "/infinite", "too-large"),
    ("P2", "/infinite-headers", "too-large"),
    ("P2", "/huge-length", "too-large"),
    ("P2", "/gzip-bomb", "too-large"),
    ("P3", "/deflate-bomb", "encoding"),
    ("P3", "/br-bomb", "encoding"),
    ("P3", "/gzip-chain", "encoding"),
    ("P3", "/gzip-bomb-file", "encoding"),
    ("P3", "/gzip-lie", "encoding"),
    ("P3", "/encoding-unknown", "encoding"),
    ("P4", "/short-body", "incomplete"),
    ("P4", "/cut-chunk", "incomplete"),
    ("P4", "/bad-chunk", "incomplete"),
    ("P4", "/gzip-cut", "incomplete"),
    ("P4", "/gzip-crc", "incomplete"),
    ("P4", "/reset-mid", "incomplete"),
    ("P4", "/206", "status"),
    ("P4", "/204", "status"),
    ("P5", "/garbage", "http"),
    ("P5", "/length-word", "http"),
    ("P5", "/length-negative", "http"),
    ("P5", "/length-two", "http"),
    ("P5", "/close", "connection"),
    ("P5", "/reset", "connection"),
    ("P7", "/redirect-loop", "redirect"),
    ("P7", "/redirect-file", "redirect"),
    ("P7", "/redirect-nonsense", "redirect"),
    ("P7", "/redirect-nowhere", "redirect"),
    ("P8", "/redirect-private", "address"),
    ("P8", "/redirect-private-308", "address"),
    ("P8", "/redirect-hop", "address"),
    ("P8", "/redirect-decimal", "address"),
    ("P8", "/redirect-v6", "address"),
    ("P11", "/304", "not-modified-first"),
    ("P13", "/429", "postponed"),
    ("P13", "/503", "postponed"),
    ("P15", "/404", "gone"),
    ("P15", "/410", "gone"),
    ("P15", "/401", "status"),
    ("P15", "/451", "status"),
    ("P10", "/500", "status"),
]
OWN_ONLY = [
    ("P1", "/endless-continue", "timeout"),
    ("P2", "/many-headers", "too-large"),
    ("P3", "/gzip-inside", "encoding"),
    ("P4", "/gzip-tail", "incomplete"),
    ("P7", "/hops?n=6", "redirect"),
    ("P8", "/redirect-mapped", "address"),
    ("P8", "/redirect-other-port", "address"),
    ("P8", "/redirect-name", "address"),
]
SOUND = ["/good", "/gzip", "/301", "/302", "/308"]


def rows(table: list[tuple[str, str, str]]) -> list[object]:
    return [pytest.param(path, why, id=f"{promise}{path}") for promise, path, why in table]


@pytest.mark.parametrize(("path", "reason"), rows(TABLE))
@pytest.mark.parametrize("server", ["own", "shared"])
def test_refuses(server: str, path: str, reason: str, request: pytest.FixtureRequest) -> None:
    check_refused(request.getfixturevalue(server), path, reason)


@pytest.mark.parametrize(("path", "reason"), rows(OWN_ONLY))
def test_refuses_more(own: Hostile, path: str, reason: str) -> None:
    check_refused(own, path, reason)


def check_refused(server: Hostile, path: str, reason: str) -> None:
    before, started = len(server.asked(path)), time.monotonic()
    with pytest.raises(FetchError) as caught:
        server.ask(path)
    assert time.monotonic() - started < QUICK.seconds + 1
    assert caught.value.reason == reason
    assert caught.value.url == server.url(path)
    text = str(caught.value)
    assert text.isprintable()
    assert 0 < len(text) < 300
    if "redirect-loop" not in path:
        assert len(server.asked(path)) == before + 1, "one request, never a second try"
    assert server.canaries() == []


@pytest.mark.parametrize("path", [pytest.param(p, id=f"P3{p}") for p in SOUND])
@pytest.mark.parametrize("server", ["own", "shared"])
def test_takes_what_is_sound(server: str, path: str, request: pytest.FixtureRequest) -> None:
    hostile: Hostile = request.getfixturevalue(server)
    result = hostile.ask(path).result
    assert isinstance(result, Document)
    assert result.body == hostile.ask("/good").result.body  # type: ignore[union-attr]
    assert result.url == hostile.url(path)
    assert result.final_url == hostile.url(path if path == "/gzip" else "/good")


@pytest.mark.parametrize("path", ["/gzip-two", "/hops?n=5"])
def test_takes_what_is_sound_if_rare(own: Hostile, path: str) -> None:
    result = own.ask(path).result
    assert isinstance(result, Document)
    assert result.body.endswith(b"</rss>")
