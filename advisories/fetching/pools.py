"""httpcore's connection pools with our own lines under them: one connection open at a time."""

from collections.abc import Callable
from ssl import SSLContext
from urllib.parse import unquote, urlsplit

import httpcore

from advisories.errors import FetchError
from advisories.fetching import addresses
from advisories.fetching.dial import Deadline, Line


class Pools:
    """The connections of one source: plain or TLS, direct or through a proxy.

    Args:
        allowed: host and port that may be private.
        tls: makes the TLS context; called only when it is needed.
    """

    def __init__(self, allowed: tuple[str, int] | None, tls: Callable[[], SSLContext]) -> None:
        self._allowed = allowed
        self._tls = tls
        self._open: dict[tuple[str, bool], tuple[Line, httpcore.ConnectionPool]] = {}
        self._cut = False

    @property
    def dialled(self) -> int:
        """Connections tried so far."""
        return sum(line.dialled for line, _ in self._open.values())

    def send(self, request: httpcore.Request, proxy: str, deadline: Deadline) -> httpcore.Response:
        """One request; the body is still to be read, up to the same deadline."""
        key = (proxy, request.url.scheme == b"https")
        if key not in self._open:
            self.close()
            self._open[key] = self._made(*key)
        line, pool = self._open[key]
        line.deadline = deadline
        return pool.handle_request(request)

    def _made(self, proxy: str, secure: bool) -> tuple[Line, httpcore.ConnectionPool]:
        line = Line(self._allowed, trusted=bool(proxy))
        if self._cut:
            line.cut()
        return line, httpcore.ConnectionPool(
            ssl_context=self._tls() if secure else None,
            proxy=_proxy(proxy) if proxy else None,
            max_connections=1,
            network_backend=line,
        )

    def cut(self) -> None:
        """End whatever is under way, from any thread."""
        self._cut = True
        for line, _ in list(self._open.values()):
            line.cut()

    def close(self) -> None:
        """Close what is kept open."""
        for _, pool in self._open.values():
            pool.close()


def _proxy(url: str) -> httpcore.Proxy:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "socks5", "socks5h"):
        raise FetchError("connection", "a proxy must be reached by http or socks5")
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    return httpcore.Proxy(addresses.place(url), auth=auth if any(auth) else None)
