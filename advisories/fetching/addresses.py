"""URLs: what may be asked, and how an address is written in a message, a store or a recording."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from advisories.errors import FetchError
from advisories.text import show, without_secrets

_USERINFO = re.compile(r"(?<=://)[^/?#@\s]*@")
PORTS = {"http": 80, "https": 443}


def place(url: str) -> str:
    """The address without fragment (never sent; it serves as a stamp) and without user:password."""
    return _USERINFO.sub("", url.partition("#")[0])


def bare(url: str) -> str:
    """The address without user:password, but with its stamp."""
    return _USERINFO.sub("", url)


def stamped(url: str) -> bool:
    """Whether the address carries a version stamp."""
    return bool(url.partition("#")[2])


def told(text: str, limit: int = 200) -> str:
    """Text from outside as it may stand in a message: one line, no controls, no credentials."""
    line = show(without_secrets(_USERINFO.sub("", text)))
    return line if len(line) <= limit else line[: limit - 3] + "..."


def split(url: str, reason: str = "address") -> SplitResult:
    """The parts of an http or https URL with a host and a real port.

    Raises:
        FetchError: with `reason`, for any other address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError(reason, "not a usable address") from None
    if parts.scheme not in PORTS:
        raise FetchError(reason, f"only http and https are asked, not {told(parts.scheme, 20)!r}")
    if not parts.hostname or port == 0:
        raise FetchError(reason, "the address names no host")
    return parts


def host_port(url: str) -> tuple[str, int]:
    """Host in lower case, and port, of an http or https URL."""
    parts = split(url)
    return (parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme]


def at_home(url: str, home: str) -> bool:
    """Whether credentials and a source's own headers may go there: its origin, or that by TLS."""
    (host, port), (own, own_port) = host_port(url), host_port(home)
    same_scheme = split(url).scheme == split(home).scheme
    return host == own and (same_scheme if port == own_port else (own_port, port) == (80, 443))


def parse_origin(text: str) -> tuple[str, int] | None:
    """A configured private origin, "127.0.0.1:8000" (a scheme before it is allowed)."""
    if not text:
        return None
    try:
        return host_port(text if "://" in text else f"http://{text}")
    except FetchError:
        raise FetchError("address", f"allow_origin is not HOST:PORT: {told(text)!r}") from None


def next_hop(url: str, location: str) -> str:
    """Where a redirect leads, without fragment and without credentials of the redirect's making.

    Raises:
        FetchError: "redirect", if it leads nowhere, to another scheme, or from https to http.
    """
    if not location.strip():
        raise FetchError("redirect", "a redirect without an address")
    try:
        target = urljoin(url, location.strip())
    except ValueError:
        raise FetchError("redirect", "a redirect to no usable address") from None
    parts = split(target, "redirect")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise FetchError("redirect", "a redirect from https down to http")
    return place(urlunsplit(parts))
