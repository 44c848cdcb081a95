"""What is sent, what is believed, and when we come back: P6, P7, P9 to P14, P34, P60."""

import contextlib
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from fetchtest import QUICK, TESTS, Hostile, clock, known

from advisories.errors import FetchError, Postponed
from advisories.fetching import Limits, NotModified, Validators
from advisories.fetching.client import Client
from advisories.fetching.errand import Errand, ask
from advisories.fetching.replies import http_date, retry_after, skew, user_agent
from advisories.model import Document

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CERTIFICATE = str(TESTS / "fetching" / "loopback.pem")


def echoed(own: Hostile, path: str = "/echo", **options: object) -> dict[str, str]:
    result = own.ask(path, **options).result
    assert isinstance(result, Document)
    headers: dict[str, str] = json.loads(result.body)
    return headers


def test_p10_one_honest_name_and_nothing_else(own: Hostile) -> None:
    name = user_agent("1.2", "https://example.org/us")
    sent = echoed(own, client={"user_agent": name})
    assert sent["user-agent"] == "advisories/1.2 (+https://example.org/us)"
    assert sent["accept-encoding"] == "gzip"
    assert set(sent) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_p10_a_contact_cannot_smuggle_headers() -> None:
    assert user_agent("1", "a\r\nX-Evil: b)(") == "advisories/1 (+aX-Evil: b)"
    assert user_agent("1") == "advisories/1"


def test_p10_a_sources_headers_are_sent_but_none_of_ours_replaced(own: Hostile) -> None:
    mine = {"User-Agent": "Mozilla", "Accept-Encoding": "br", "Cookie": "a=b", "X-Key": "1"}
    sent = echoed(own, headers=mine | {"Accept": "text/xml"})
    assert sent["x-key"] == "1"
    assert sent["accept"] == "text/xml"
    assert sent["user-agent"] == "test"
    assert sent["accept-encoding"] == "gzip"
    assert "cookie" not in sent


def test_p60_headers_and_credentials_stay_with_their_origin(own: Hostile) -> None:
    url = f"http://u:secret@{own.origin}/redirect-userinfo"
    with own.client() as client:
        result = ask(client, url, headers={"X-Key": "1"}, limits=QUICK).result
    assert isinstance(result, Document)
    sent = json.loads(result.body)
    assert sent["authorization"] == "Basic dTpzZWNyZXQ="  # ours, not the redirect's "e:pw"
    assert sent["x-key"] == "1"
    assert "secret" not in result.url + result.final_url


@pytest.mark.parametrize(
    ("at", "home"),
    [
        ("http://a.example/x", True),
        ("https://a.example/", True),
        ("http://b.example/", False),
        ("https://www.a.example/", False),
        ("http://a.example:8080/", False),
    ],
)
def test_p60_what_goes_to_which_host(at: str, home: bool) -> None:
    headers = {"X-Key": "1", "Accept-Language": "fr"}
    client = Client(user_agent="test", clock=clock)
    errand = Errand(client, "http://u:pw@a.example/", Validators(), headers, QUICK)
    expected = {"accept-language"} | ({"x-key", "authorization"} if home else set())
    assert set(errand.sent(at)) == expected


def test_no_cookie_is_kept(own: Hostile) -> None:
    with own.client() as client:
        for _ in range(2):
            result = ask(client, own.url("/echo"), limits=QUICK).result
            assert isinstance(result, Document)
            assert "set-cookie" not in result.headers
    assert "cookie" not in json.loads(result.body)


def test_a_fragment_is_never_sent_and_stays_with_the_document(own: Hostile) -> None:
    result = own.ask("/good?stamp#2024-01-02").result
    assert result.url == own.url("/good?stamp#2024-01-02")
    assert len(own.asked("/good?stamp")) == 1


def test_p11_validators_are_sent_and_a_304_says_unchanged(own: Hostile) -> None:
    url = own.url("/good?p11")
    validators = known(own.ask("/good?p11"))[url]
    answer = own.ask("/good?p11", validators=validators)
    assert isinstance(answer.result, NotModified)
    sent = own.asked("/good?p11")[-1]["headers"]
    assert sent["if-none-match"] == '"one"'
    assert sent["if-modified-since"] == "Wed, 11 Dec 2024 09:00:00 GMT"


def test_p11_validators_go_only_to_the_address_they_came_from(own: Hostile) -> None:
    foreign = Validators('"one"', "", "https://elsewhere.example/good")
    assert isinstance(own.ask("/good?foreign", validators=foreign).result, Document)
    assert "if-none-match" not in own.asked("/good?foreign")[-1]["headers"]
    with pytest.raises(FetchError, match="304") as caught:
        own.ask("/304", validators=foreign)
    assert caught.value.reason == "not-modified-first"


def test_p11_after_a_redirect_the_second_fetch_is_conditional(own: Hostile) -> None:
    validators = known(own.ask("/302"))[own.url("/302")]
    assert validators.url == own.url("/good")
    assert isinstance(own.ask("/302", validators=validators).result, NotModified)


@pytest.mark.parametrize("path", ["/301", "/308", "/301-then-302"])
def test_p14_a_move_for_good_is_reported(own: Hostile, path: str) -> None:
    expected = "/302" if path == "/301-then-302" else "/good"
    assert own.ask(path).moved_to == own.url(expected)


@pytest.mark.parametrize("path", ["/302", "/good", "/hops?n=2"])
def test_p14_what_is_not_for_good_is_not(own: Hostile, path: str) -> None:
    assert own.ask(path).moved_to == ""


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        ("after=120", 120),
        ("after=0", 0),
        ("in=3600", 3600),
        ("in=3600&skew=-90000", 3600),
        ("after=999999999999", 31 * 86400),
        ("in=999999999", 31 * 86400),
        ("after=-10", 7200),
        ("after=soon", 7200),
        ("after=Wed,+11+Dec+1996+09:00:00+GMT", 7200),
        ("", 7200),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_p13_not_before(own: Hostile, status: int, query: str, seconds: int) -> None:
    limits = Limits(seconds=2, interval=timedelta(hours=2))
    with pytest.raises(Postponed) as caught:
        own.ask(f"/{status}?{query}", limits=limits)
    wait = (caught.value.not_before - datetime.now(UTC)).total_seconds()
    assert seconds - 3 < wait < seconds + 3
    assert caught.value.status == status
    assert "not before 20" in str(caught.value)


@pytest.mark.parametrize("text", ["1e5", "١٢", " ", "12 34", "Mon, 32 Foo 2020", "9" * 5000])
def test_p13_any_retry_after_gives_a_bounded_future(text: str) -> None:
    until = retry_after({"retry-after": text}, NOW, timedelta(hours=1))
    assert NOW <= until <= NOW + timedelta(days=31)


def test_p13_a_date_is_read_against_the_servers_clock() -> None:
    headers = {
        "date": "Sun, 01 Jan 2023 00:00:00 GMT",
        "retry-after": "Sun, 01 Jan 2023 00:10:00 GMT",
    }
    assert retry_after(headers, NOW, timedelta(hours=1)) == NOW + timedelta(minutes=10)


@pytest.mark.parametrize(("query", "minutes"), [("skew=600", 10), ("skew=-3600&age=3600", 0)])
def test_p34_a_wrong_clock_is_noticed(own: Hostile, query: str, minutes: int) -> None:
    offset = own.ask(f"/200?{query}").skew
    assert offset is not None
    assert abs(offset - timedelta(minutes=minutes)) < timedelta(seconds=3)


def test_p34_no_date_is_no_skew() -> None:
    assert skew({}, NOW) is None
    assert skew({"date": "yesterday"}, NOW) is None
    assert skew({"date": "Fri, 31 Dec 9999 23:59:59 GMT", "age": "999999999"}, NOW) is None


def test_http_dates_in_the_three_forms() -> None:
    for text in (
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ):
        assert http_date(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


def test_p6_a_certificate_nobody_vouches_for(own: Hostile) -> None:
    with pytest.raises(FetchError, match="TLS") as caught:
        own.ask(
            f"https://127.0.0.1:{own.tls}/good",
            client={"allow_origin": f"127.0.0.1:{own.tls}"},
            limits=Limits(seconds=10),
        )
    assert caught.value.reason == "tls"


def test_p6_plain_text_where_tls_should_be() -> None:
    """A server that answers at once: one that waits for the end of a line may wait for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_plainly, args=(server,), daemon=True).start()
        plain = Hostile("plain", server.getsockname()[1])
        with pytest.raises(FetchError, match="TLS") as caught:
            plain.ask(f"https://{plain.origin}/good", limits=Limits(seconds=10))
    assert caught.value.reason == "tls"


def _answer_plainly(server: socket.socket) -> None:
    """Answer every connection in plain text until the server is closed."""
    with contextlib.suppress(OSError):
        while True:
            peer, _ = server.accept()
            with peer:
                peer.recv(1)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_p6_a_source_may_name_its_own_authority(own: Hostile) -> None:
    options = {"allow_origin": f"127.0.0.1:{own.tls}", "ca_file": CERTIFICATE}
    result = own.ask(f"https://127.0.0.1:{own.tls}/good", client=options).result
    assert isinstance(result, Document)


def test_p6_an_authority_that_cannot_be_read(own: Hostile) -> None:
    options = {"allow_origin": f"127.0.0.1:{own.tls}", "ca_file": "/nowhere/ca.pem"}
    with pytest.raises(FetchError, match="ca_file") as caught:
        own.ask(f"https://127.0.0.1:{own.tls}/good", client=options)
    assert caught.value.reason == "tls"


def test_p7_never_from_https_down_to_http(own: Hostile) -> None:
    options = {"allow_origin": f"127.0.0.1:{own.tls}", "ca_file": CERTIFICATE}
    with pytest.raises(FetchError, match="down to http") as caught:
        own.ask(f"https://127.0.0.1:{own.tls}/redirect-down", client=options)
    assert caught.value.reason == "redirect"


def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port


def test_p10_a_refused_connection_is_tried_three_times(own: Hostile) -> None:
    port = closed_port()
    with own.client(allow_origin=f"127.0.0.1:{port}") as client:
        with pytest.raises(FetchError) as caught:
            ask(client, f"http://127.0.0.1:{port}/", limits=QUICK)
        assert client.dialled == 3
    assert caught.value.reason == "connection"


def test_p10_the_waits_stay_inside_the_deadline(own: Hostile) -> None:
    port, started = closed_port(), time.monotonic()
    with pytest.raises(FetchError):
        own.ask(
            f"http://127.0.0.1:{port}/",
            client={"allow_origin": f"127.0.0.1:{port}"},
            limits=Limits(seconds=1, wait=0.5),
        )
    assert time.monotonic() - started < 1.2


def test_a_kept_connection_that_was_closed_meanwhile_costs_nothing(own: Hostile) -> None:
    with own.client() as client:
        for _ in range(2):
            result = ask(client, own.url("/stale"), limits=QUICK).result
            assert isinstance(result, Document)
        assert client.dialled == 2


def test_one_connection_serves_many_documents(own: Hostile) -> None:
    with own.client() as client:
        for n in range(5):
            ask(client, own.url(f"/page?i={n}"), limits=QUICK)
        assert client.dialled == 1
        assert client.asked == 5


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://[::bad/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://exa\x00mple.org/",
        "http://user:secret@[::bad/",
        "http://" + "a" * 300 + ".example/",
        "nonsense",
        "",
    ],
)
def test_p5_what_is_no_address_is_one_line(own: Hostile, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        ask_url(own, url)
    assert str(caught.value).isprintable()
    assert "secret" not in str(caught.value) + caught.value.url


def ask_url(own: Hostile, url: str) -> None:
    with own.client() as client:
        ask(client, url, limits=QUICK)


@pytest.mark.parametrize("path", ["/404", "/reset", "/redirect-loop", "/slow-body", "/gzip-lie"])
def test_p60_credentials_are_in_no_message(own: Hostile, path: str) -> None:
    with pytest.raises(FetchError) as caught:
        ask_url(own, own.url(path).replace("//", "//user:hunter2@"))
    assert "hunter2" not in f"{caught.value} {caught.value.url} {caught.value.__cause__}"


@pytest.mark.parametrize("value", ['"a"\r\nX: y', "x" * 2000, '"é"'])
def test_p11_a_validator_that_cannot_be_sent_back_is_not_kept(value: str) -> None:
    document = Document("https://a.example/", 200, b"x", NOW, {"etag": value})
    assert not Validators.of(document)
