"""Answers at the edge of HTTP, byte for byte, and a server that never shakes hands."""

import socket
import threading
from collections.abc import Iterator

import pytest
from fetchtest import Hostile

from advisories.errors import FetchError
from advisories.model import Document

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
FOUND = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n"
REFUSED = {
    "coding-in-transfer": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "http"),
    "nul-in-header": (OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n", "http"),
    "status-999": (b"HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", "status"),
    "status-099": (b"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", "http"),
    "switched": (b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n", "http"),
    "radio": (b"ICY 200 OK\r\n\r\n<rss/>", "http"),
    "trailers": (CHUNKED + b"3\r\nabc\r\n0\r\n" + b"X: y\r\n" * 40_000, "too-large"),
    "chunk-extension": (CHUNKED + b"3;" + b"x" * 300_000 + b"\r\nabc\r\n0\r\n\r\n", "too-large"),
    "chunk-negative": (CHUNKED + b"-5\r\nabc\r\n0\r\n\r\n", "incomplete"),
    "chunk-huge": (CHUNKED + b"f" * 20 + b"\r\nabc", "incomplete"),
    "gzip-of-nothing": (OK + b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", "incomplete"),
    "gzip-named-twice": (OK + b"Content-Encoding: gzip\r\n" * 2 + b"\r\n", "encoding"),
    "to-credentials": (FOUND % b"http://127.0.0.1:1@127.0.0.2:9/", "address"),
    "to-no-scheme": (FOUND % b"//127.0.0.2:9/", "address"),
    "to-backslashes": (FOUND % b"http:\\\\127.0.0.2:9/", "redirect"),
    "to-circled-digits": (FOUND % "http://①②⑦.0.0.2:9/".encode(), "redirect"),
    "to-escaped-fragment": (FOUND % b"http://127.0.0.2%23@127.0.0.1/", "address"),
    "to-a-zone": (FOUND % b"http://[fe80::1%25eth0]/", "address"),
    "to-a-long-place": (FOUND % (b"http://a.example/" + b"y" * 90_000), "redirect"),
    "to-a-script": (FOUND % b"javascript:alert(1)", "redirect"),
}
TAKEN = {
    "old": b"HTTP/1.0 200 OK\r\n\r\n<rss/>",
    "no-length": OK + b"\r\n<rss/>",
    "folded": OK + b"X: a\r\n b\r\nContent-Length: 6\r\n\r\n<rss/>",
    "line-feeds": b"HTTP/1.1 200 OK\nContent-Length: 6\n\n<rss/>",
    "no-reason": b"HTTP/1.1 200\r\nContent-Length: 6\r\n\r\n<rss/>",
    "hints-first": b"HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\n" + OK + b"\r\n<rss/>",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[Hostile]:
    """Answers each path with the bytes of that name."""
    sock = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = sock.accept()
            except OSError:
                return
            with connection:
                name = connection.recv(65536).split()[1][1:].decode()
                connection.sendall(REFUSED[name][0] if name in REFUSED else TAKEN[name])

    threading.Thread(target=serve, daemon=True).start()
    with sock:
        yield Hostile("odd", sock.getsockname()[1])


@pytest.mark.parametrize("name", REFUSED)
def test_p5_refused(listener: Hostile, name: str) -> None:
    with pytest.raises(FetchError) as caught:
        listener.ask(f"/{name}")
    assert caught.value.reason == REFUSED[name][1]
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", TAKEN)
def test_p5_odd_but_sound(listener: Hostile, name: str) -> None:
    result = listener.ask(f"/{name}").result
    assert isinstance(result, Document)
    assert result.body == b"<rss/>"


def test_p1_a_handshake_that_never_comes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        silent = Hostile("silent", sock.getsockname()[1])
        with pytest.raises(FetchError) as caught:
            silent.ask(f"https://{silent.origin}/")
    assert caught.value.reason == "timeout"
