"""One errand: ask for one document, follow redirects, and come back with it or with a reason."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import httpcore

from advisories.errors import FetchError
from advisories.fetching import addresses, guard, replies
from advisories.fetching.answers import Answer, Limits, NotModified, Validators
from advisories.fetching.bodies import coding_of, too_large, whole
from advisories.fetching.client import Client, Reply
from advisories.fetching.dial import Deadline
from advisories.model import Document

_COUNTS = re.compile(r"received (\d+) bytes, expected (\d+)")
_HUNG_UP = "Server disconnected"


def ask(
    client: Client,
    url: str,
    *,
    validators: Validators | None = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Ask for one document.

    Args:
        client: the source's line.
        url: http or https; a fragment is a stamp and is not sent; user:password become a header.
        validators: of the last accepted body, if any.
        headers: the source's own; other hosts get only those that cannot be a secret.
        limits: see `Limits`.

    Returns:
        A whole document, or the server's word that it is as it was.

    Raises:
        Postponed: 429 or 503.
        FetchError: anything else that is not one whole answer; `reason` says what.
    """
    limits = limits or Limits()
    errand = Errand(client, url, validators or Validators(), headers or {}, limits)
    try:
        with _said_plainly(errand):
            return errand.run()
    except FetchError as exc:
        exc.url = addresses.bare(url)
        raise


class Errand:
    """One `ask` under way: where it stands, and until when. Arguments as for `ask`."""

    def __init__(
        self,
        client: Client,
        url: str,
        validators: Validators,
        headers: Mapping[str, str],
        limits: Limits,
    ) -> None:
        self.client, self.url, self.limits = client, url, limits
        self.validators, self.headers = validators, headers
        self.deadline = Deadline(limits.seconds)
        self.reading = False
        self.moved_to = ""
        self._still_moved = True

    def run(self) -> Answer:
        """Ask, and follow redirects."""
        at = addresses.place(self.url)
        for _hop in range(self.limits.redirects + 1):
            response = self._connected(at)
            try:
                if response.status not in replies.REDIRECTS:
                    return self._answer(at, response)
                at = self._moved(at, response)
            finally:
                response.close()
        raise FetchError("redirect", f"more than {self.limits.redirects} redirects")

    def _connected(self, at: str) -> Reply:
        """One request; only a connection that failed is tried again, with growing waits."""
        wait, tried = self.limits.wait, 1
        sent = self.sent(at)
        while True:
            self.deadline.extend(self.client.turn(*addresses.host_port(at)))
            before = self.client.dialled
            try:
                return self.client.send(at, sent, self.deadline)
            except (httpcore.ConnectError, guard.Unresolved):
                if tried >= self.limits.tries or wait >= self.deadline.left():
                    raise
                tried += 1
            except (httpcore.ReadError, httpcore.RemoteProtocolError) as exc:
                if self.client.dialled > before or not _was_kept(exc):
                    raise
                self.client.drop()  # a kept connection that the server had closed meanwhile
                continue
            if self.client.stopped.wait(wait):
                raise FetchError("connection", "stopped")
            wait *= 3

    def sent(self, at: str) -> dict[str, str]:
        """The headers that may go to an address: secrets and validators only where they belong."""
        home = addresses.at_home(at, self.url)
        sent = replies.sendable(self.headers, home=home)
        if home and "authorization" not in sent:
            sent |= _basic(self.url)
        if self.validators and self.validators.url in ("", at):
            sent |= {"if-none-match": self.validators.etag} if self.validators.etag else {}
            since = self.validators.last_modified
            sent |= {"if-modified-since": since} if since else {}
        return sent

    def _moved(self, at: str, response: Reply) -> str:
        target = addresses.next_hop(at, response.headers.get("location", ""))
        self._still_moved = self._still_moved and response.status in replies.PERMANENT
        if self._still_moved:
            self.moved_to = target
        return target

    def _answer(self, at: str, response: Reply) -> Answer:
        now = self.client.clock()
        headers = response.headers
        if response.header_bytes > self.limits.header_bytes:
            raise FetchError("too-large", "too large: the headers")
        result: Document | NotModified
        if response.status == 304:
            self._check_unasked(at)
            result = NotModified(addresses.bare(self.url), now, headers, at)
        else:
            interval = self.limits.interval
            replies.check_status(response.status, headers, now=now, interval=interval, url=at)
            body = self._body(response, headers)
            result = Document(addresses.bare(self.url), 200, body, now, headers, at)
        return Answer(result, self.moved_to, replies.skew(headers, now))

    def _check_unasked(self, at: str) -> None:
        if not self.validators or self.validators.url not in ("", at):
            text = "status 304: not modified, and nobody had asked that"
            raise FetchError("not-modified-first", text, status=304)

    def _body(self, response: Reply, headers: Mapping[str, str]) -> bytes:
        coding = coding_of(headers.get("content-encoding", ""))
        length = headers.get("content-length", "")
        if length.isdigit() and int(length[:18]) > self.limits.body_bytes:
            raise too_large(self.limits.body_bytes)
        self.reading = True
        return whole(response.chunks, coding, self.limits.body_bytes)


def _was_kept(exc: Exception) -> bool:
    return isinstance(exc, httpcore.ReadError) or str(exc).startswith(_HUNG_UP)


def _basic(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"authorization": "Basic " + b64encode(pair.encode()).decode()}


@contextmanager
def _said_plainly(errand: Errand) -> Iterator[None]:
    """The libraries' errors as one line with a stable reason."""
    try:
        yield
    except httpcore.ConnectError as exc:
        raise FetchError("connection", f"no connection: {addresses.told(str(exc))}") from exc
    except httpcore.ProxyError as exc:
        raise FetchError("connection", f"the proxy refused: {addresses.told(str(exc))}") from exc
    except httpcore.NetworkError as exc:
        raise _cut(errand.reading, str(exc)) from exc
    except httpcore.ProtocolError as exc:
        raise _unsound(errand.reading, str(exc)) from exc
    except ImportError as exc:
        raise FetchError("connection", f"the proxy needs a package: {exc.name}") from exc


def _cut(reading: bool, said: str) -> FetchError:
    if reading:
        return FetchError("incomplete", f"the body is not whole: {addresses.told(said)}")
    return FetchError("connection", f"the connection broke: {addresses.told(said)}")


def _unsound(reading: bool, said: str) -> FetchError:
    """An answer that is not sound HTTP, or not all of one."""
    if "Receive buffer too long" in said:
        return FetchError("too-large", "too large: the headers")
    if said.startswith(_HUNG_UP):
        return FetchError("connection", "the server closed the connection without an answer")
    if reading:
        counts = _COUNTS.search(said)
        why = f"{counts[1]} of {counts[2]} bytes" if counts else addresses.told(said)
        return FetchError("incomplete", f"the body is not whole: {why}")
    return FetchError("http", f"not sound HTTP: {addresses.told(said)}")
