"""Connections that know the guard and the deadline: the network backend under the HTTP client.

httpx times single reads, so a server that sends a byte now and then is never late. Here every wait
(name, connection, handshake, read, write) ends at one wall-clock deadline.
"""

import select
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore

from advisories.errors import FetchError
from advisories.fetching import guard

CONNECT_SECONDS = 10.0
"""No longer than this for one of several addresses: an unreachable IPv6 must not cost the rest."""


class Deadline:
    """An instant on the monotonic clock after which everything is late."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            FetchError: "timeout", if none are.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.late()
        return left

    def extend(self, seconds: float) -> None:
        """Our own politeness is not the server's slowness."""
        self.end += seconds

    def late(self) -> FetchError:
        """The failure for a server that was too slow."""
        return FetchError("timeout", f"timed out after {self.seconds:g} s")


class Line(httpcore.NetworkBackend):
    """Dials for one source. Used by one thread; only `cut` may come from another.

    `trusted` is a proxy of the user's own: it may be private, and it resolves the names.
    """

    def __init__(self, allowed: tuple[str, int] | None, *, trusted: bool = False) -> None:
        self.allowed = allowed
        self.trusted = trusted
        self.deadline = Deadline(0)
        self.dialled = 0
        self._live: set[Stream] = set()
        self._lock = threading.Lock()
        self._cut = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers (httpcore's interface).

        Raises:
            FetchError: of the guard or the resolver, or "timeout".
            httpcore.ConnectError: no address could be reached.
        """
        self.dialled += 1
        allowed = (host, port) if self.trusted else self.allowed
        found = guard.resolve(host, port, allowed=allowed, seconds=self.deadline.left())
        return self._first(found)

    def _first(self, found: list[guard.Address]) -> "Stream":
        why: OSError | None = None
        for n, address in enumerate(found):
            try:
                return self._connect(address, self._share(len(found) - n))
            except OSError as exc:
                why = exc
        self.deadline.left()
        reason = (why and why.strerror) or "no answer"
        raise httpcore.ConnectError(reason)

    def _share(self, addresses: int) -> float:
        left = self.deadline.left()
        return left if addresses == 1 else min(CONNECT_SECONDS, left / 2)

    def _connect(self, address: guard.Address, seconds: float) -> "Stream":
        sock = socket.socket(address.family, socket.SOCK_STREAM)
        try:
            sock.settimeout(seconds)
            sock.connect(address.sockaddr)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            sock.close()
            raise
        return self.hold(Stream(sock, self))

    def hold(self, stream: "Stream") -> "Stream":
        """Remember an open connection, so that `cut` reaches it."""
        with self._lock:
            self._live.add(stream)
            if self._cut:
                stream.shut()
        return stream

    def let_go(self, stream: "Stream") -> None:
        """Forget a connection that is closed."""
        with self._lock:
            self._live.discard(stream)

    def cut(self) -> None:
        """End every connection at once, from any thread; whoever waits on one wakes up."""
        with self._lock:
            self._cut = True
            for stream in self._live:
                stream.shut()


class Stream(httpcore.NetworkStream):
    """One open connection whose every wait ends at its line's deadline."""

    def __init__(self, sock: socket.socket, line: Line) -> None:
        self._sock = sock
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`; empty at the end (httpcore's interface)."""
        self._sock.settimeout(self._line.deadline.left())
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError:
            raise self._line.deadline.late() from None
        except OSError as exc:
            raise httpcore.ReadError(exc.strerror or str(exc)) from exc

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer` (httpcore's interface)."""
        try:
            while buffer:
                self._sock.settimeout(self._line.deadline.left())
                buffer = buffer[self._sock.send(buffer) :]
        except TimeoutError:
            raise self._line.deadline.late() from None
        except OSError as exc:
            raise httpcore.WriteError(exc.strerror or str(exc)) from exc

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection under TLS.

        A connection that ends without TLS saying so is an error, not an end: a body without a
        length could have been cut by anyone.
        """
        self._sock.settimeout(self._line.deadline.left())
        sock = ssl_context.wrap_socket(
            self._sock,
            server_hostname=server_hostname,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )
        self._line.let_go(self)
        secure = self._line.hold(Stream(sock, self._line))
        try:
            sock.do_handshake()
        except BaseException as exc:
            secure.close()
            raise self._refused(exc) from exc
        return secure

    def _refused(self, exc: BaseException) -> BaseException:
        if isinstance(exc, ssl.SSLCertVerificationError):
            return FetchError("tls", f"TLS: the certificate does not hold ({exc.verify_message})")
        if isinstance(exc, TimeoutError):
            return self._line.deadline.late()
        if isinstance(exc, ssl.SSLError):
            why = exc.reason or "it ended early"
            return FetchError("tls", f"TLS: no secure connection ({why})")
        if isinstance(exc, OSError):
            return FetchError("tls", "TLS: no secure connection (it ended early)")
        return exc

    def close(self) -> None:
        """Close the connection (httpcore's interface)."""
        self._line.let_go(self)
        self._sock.close()

    def shut(self) -> None:
        """Wake up whoever waits on this connection."""
        with suppress(OSError):
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`: what waits on an idle connection is its end (httpcore's interface)."""
        if info == "is_readable":
            return self._sock.fileno() < 0 or bool(_readable(self._sock))
        return None


def _readable(sock: socket.socket) -> list[Any]:
    poll = select.poll()
    poll.register(sock.fileno(), select.POLLIN)
    return poll.poll(0)
