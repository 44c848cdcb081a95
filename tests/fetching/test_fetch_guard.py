"""P8: no connection to an address that is not public, checked on the address that is dialled."""

import socket
from typing import Any

import pytest
from fetchtest import QUICK, Hostile

from advisories.errors import FetchError
from advisories.fetching import guard
from advisories.fetching.addresses import parse_origin
from advisories.fetching.errand import ask
from advisories.fetching.proxies import proxy_for
from advisories.model import Document

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "fc00::1", "fdff::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
    "64:ff9b::10.1.2.3", "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:1::1", "2001::1",
    "2001:db8::1", "3fff::1", "100::1", "5f00::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
    "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip
LITERALS = [
    ("127.0.0.1", "127.0.0.1"), ("2130706434", "127.0.0.2"), ("0x7f000001", "127.0.0.1"),
    ("0177.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0x7f.1", "127.0.0.1"),
    ("0", "0.0.0.0"), ("[::1]", "::1"), ("::ffff:7f00:1", "::ffff:127.0.0.1"),
    ("fe80::1%eth0", "fe80::1"), ("example.org", None), ("1.example", None), ("1.2.3.4.5", None),
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_p8_private(address: str) -> None:
    assert not guard.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_p8_public(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize(("host", "address"), LITERALS)
def test_p8_literals_in_every_way_of_writing(host: str, address: str | None) -> None:
    found = guard.literal(host)
    if address is None:
        assert found is None
    else:
        assert found is not None
        assert socket.getaddrinfo(found, 1)[0][4][0] == socket.getaddrinfo(address, 1)[0][4][0]


def resolved(*addresses: str) -> list[Any]:
    family = {True: socket.AF_INET6, False: socket.AF_INET}
    return [(family[":" in a], socket.SOCK_STREAM, 6, "", (a, 80)) for a in addresses]


class Names:
    """A resolver that gives one answer after the other."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **_: object) -> list[Any]:
        self.asked.append(host)
        return self.answers.pop(0)


def test_p8_a_name_is_judged_by_its_address(own: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(resolved("127.0.0.1")))
    with own.client() as client, pytest.raises(FetchError) as caught:
        ask(client, "http://rebinding.example/", limits=QUICK)
    assert caught.value.reason == "address"


def test_p8_only_the_public_ones_of_several_are_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(resolved("10.0.0.1", "1.1.1.1", "::1")))
    found = guard.resolve("mixed.example", 80, allowed=None, seconds=1)
    assert [a.sockaddr[0] for a in found] == ["1.1.1.1"]


def test_p8_a_name_is_looked_up_once_and_that_address_dialled(
    own: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(resolved("1.1.1.1"), resolved("127.0.0.1"))
    dialled: list[str] = []

    def connect(sock: socket.socket, address: Any) -> None:
        dialled.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    with own.client() as client, pytest.raises(FetchError):
        ask(client, "http://rebinding.example/", limits=QUICK.__class__(seconds=1, tries=1))
    assert dialled == ["1.1.1.1"]
    assert names.asked == ["rebinding.example"]


def test_p8_the_allowed_origin_is_a_host_and_a_port(own: Hostile) -> None:
    assert isinstance(own.ask("/good").result, Document)
    for other in ("127.0.0.1:1", f"localhost:{own.port}", "", f"127.0.0.2:{own.port}"):
        with pytest.raises(FetchError) as caught:
            own.ask("/good", client={"allow_origin": other})
        assert caught.value.reason == "address"


def test_p8_the_allowed_origin_may_be_a_name(own: Hostile) -> None:
    host = f"localhost:{own.port}"
    assert isinstance(
        own.ask(f"http://{host}/good", client={"allow_origin": host}).result, Document
    )


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("http://127.0.0.1:8000/", ("127.0.0.1", 8000)),
        ("[::1]:8000", ("::1", 8000)),
        ("LocalHost", ("localhost", 80)),
        ("https://a.example", ("a.example", 443)),
        ("", None),
    ],
)
def test_p8_allow_origin_is_read(text: str, origin: tuple[str, int] | None) -> None:
    assert parse_origin(text) == origin


@pytest.mark.parametrize("text", ["a:b:c", "file:///x", "127.0.0.1:99999", ":80"])
def test_p8_allow_origin_that_is_none(text: str) -> None:
    with pytest.raises(FetchError, match="allow_origin"):
        parse_origin(text)


@pytest.mark.parametrize("host", ["localhost", "db.local", "metadata.google.internal", "a.lan."])
def test_p8_private_names_are_refused_before_anyone_resolves_them(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        guard.check_name(host, 80, None)
    assert caught.value.reason == "address"


def test_p1_a_slow_resolver_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never.wait(5))
    with pytest.raises(FetchError) as caught:
        guard.resolve("slow.example", 80, allowed=None, seconds=0.2)
    never.set()
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize("errno", [socket.EAI_NONAME, socket.EAI_AGAIN])
def test_p10_only_a_resolver_that_failed_is_asked_again(
    own: Hostile, monkeypatch: pytest.MonkeyPatch, errno: int
) -> None:
    asked: list[str] = []

    def fail(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        raise socket.gaierror(errno, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with own.client() as client, pytest.raises(FetchError) as caught:
        ask(client, "http://nowhere.example/", limits=QUICK)
    assert caught.value.reason == "connection"
    assert len(asked) == (3 if errno == socket.EAI_AGAIN else 1)


@pytest.mark.parametrize(
    ("url", "environ", "proxy"),
    [
        ("http://a.example/", {"http_proxy": "http://p:3128"}, "http://p:3128"),
        ("https://a.example/", {"http_proxy": "http://p:3128"}, ""),
        ("https://a.example/", {"HTTPS_PROXY": "p:3128"}, "http://p:3128"),
        ("https://a.example/", {"all_proxy": "socks5://p:1080"}, "socks5://p:1080"),
        ("http://a.example/", {"http_proxy": "http://p", "no_proxy": "a.example"}, ""),
        ("http://b.a.example/", {"http_proxy": "http://p", "no_proxy": ".a.example, x"}, ""),
        ("http://ba.example/", {"http_proxy": "http://p", "NO_PROXY": "a.example"}, "http://p"),
        ("http://a.example/", {"http_proxy": "http://p", "no_proxy": "*"}, ""),
        (
            "http://a.example:81/",
            {"http_proxy": "http://p", "no_proxy": "a.example:80"},
            "http://p",
        ),
        ("http://a.example/", {}, ""),
    ],
)
def test_proxies_of_the_environment(url: str, environ: dict[str, str], proxy: str) -> None:
    assert proxy_for(url, environ) == proxy


def test_p8_behind_a_proxy_names_and_literals_are_checked(own: Hostile) -> None:
    proxies = {"http_proxy": f"http://{own.origin}"}
    options = {"proxies": proxies, "allow_origin": ""}
    result = own.ask("http://a.example/good", client=options).result
    assert isinstance(result, Document), "the proxy may be private; it answered for the name"
    assert own.asked("http://a.example/good")
    for host in ("127.0.0.2", "2130706434", "0x7f.2", "[::1]", "localhost", "192.168.1.1"):
        with pytest.raises(FetchError) as caught:
            own.ask(f"http://{host}/", client=options)
        assert caught.value.reason == "address"


def test_an_allowed_origin_needs_no_proxy(own: Hostile) -> None:
    result = own.ask("/good", client={"proxies": {"http_proxy": "http://127.0.0.1:1"}}).result
    assert isinstance(result, Document)


def test_a_proxy_that_cannot_be_used(own: Hostile) -> None:
    for proxy in ("https://p.example", "gopher://p.example"):
        options = {"proxies": {"http_proxy": proxy}}
        with pytest.raises(FetchError, match="proxy") as caught:
            own.ask("http://a.example/", client=options)
        assert caught.value.reason == "connection"
