"""One source's line to the net. The only module that imports httpx.

httpx gives requests and framing (Content-Length, the last chunk). What it does not give stands
around it: the guard and the deadline in `dial`, whole bodies under a cap in `bodies`, redirects by
hand in `errand`. No cookies are kept, and the environment is read only for proxies.
"""

import logging
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy

import httpcore
import httpx

from advisories.errors import FetchError
from advisories.fetching import addresses, guard, replies
from advisories.fetching.dial import Deadline
from advisories.fetching.pools import Pools
from advisories.fetching.proxies import proxy_for

# These would write addresses (which may hold a key) to a log of their own.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

Turn = Callable[[str, int], float]
"""Called before each request with host and port; waits for our turn, returns the seconds waited."""


@lru_cache(maxsize=8)
def _tls(ca_file: str) -> ssl.SSLContext:
    """One context for all (loading the certificates costs more than a request)."""
    if not ca_file:
        return httpx.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as exc:
        raise FetchError("tls", f"TLS: ca_file cannot be read: {exc.strerror or exc}") from None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body is still to be read: `chunks` as sent, without transfer encoding."""

    status: int
    headers: dict[str, str]
    header_bytes: int
    chunks: Iterator[bytes]
    close: Callable[[], None]


def _reply(response: httpx.Response) -> Reply:
    return Reply(
        response.status_code,
        replies.lowered(response.headers.multi_items()),
        sum(len(name) + len(value) for name, value in response.headers.raw),
        response.iter_raw(),
        response.close,
    )


class Client:
    """A line to the net for one source: one connection at a time, used by one thread.

    Args:
        user_agent: the name we go by.
        clock: the time (aware, UTC).
        allow_origin: "HOST:PORT", the one origin that may be private.
        ca_file: PEM file that certificates are checked against instead of the public ones.
        proxies: environment variables that name proxies (`os.environ`); empty for none.
        turn: politeness; called before each request.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        allow_origin: str = "",
        ca_file: str = "",
        proxies: Mapping[str, str] | None = None,
        turn: Turn = lambda host, port: 0.0,
    ) -> None:
        self.clock = clock
        self.turn = turn
        self.asked = 0
        self.stopped = threading.Event()
        self.allowed = addresses.parse_origin(allow_origin)
        self._proxies = proxies or {}
        self._pools = Pools(self.allowed, lambda: _tls(ca_file))
        self._transport = _Transport(self._pools)
        self._http = httpx.Client(
            transport=self._transport,
            trust_env=False,
            follow_redirects=False,
            timeout=None,
            headers={"user-agent": user_agent, "accept": replies.ACCEPT, "accept-encoding": "gzip"},
        )
        self._http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def send(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> Reply:
        """One request over a fresh or kept connection; the body is still to be read.

        Raises:
            FetchError: the guard's, or "address" for what is no URL.
            httpcore.NetworkError, httpcore.ProtocolError: the connection's.
        """
        try:
            request = self._http.build_request("GET", url, headers=dict(headers))
        except (httpx.InvalidURL, UnicodeError) as exc:
            raise FetchError("address", f"no usable address: {addresses.told(str(exc))}") from exc
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or addresses.PORTS[request.url.scheme]
        guard.check_name(host, port, self.allowed)
        proxy = "" if (host, port) == self.allowed else proxy_for(url, self._proxies)
        self._transport.proxy, self._transport.deadline = proxy, deadline
        self.asked += 1
        try:
            return _reply(self._http.send(request, stream=True))
        except (httpx.ProtocolError, httpx.InvalidURL) as exc:  # it looks at Location by itself
            raise FetchError("redirect", "a redirect to no usable address") from exc

    @property
    def dialled(self) -> int:
        """Connections tried so far."""
        return self._pools.dialled

    def drop(self) -> None:
        """Close the kept connection."""
        self._pools.close()

    def stop(self) -> None:
        """End whatever is under way, from any thread."""
        self.stopped.set()
        self._pools.cut()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()


class _Transport(httpx.BaseTransport):
    """httpx's requests over our own pools."""

    def __init__(self, pools: Pools) -> None:
        self.pools = pools
        self.proxy = ""
        self.deadline = Deadline(0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        plain = httpcore.Request(request.method, url, headers=request.headers.raw)
        answer = self.pools.send(plain, self.proxy, self.deadline)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Bytes(answer))


class _Bytes(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
