"""The address guard: no connection to an address that is not public.

The check is on the address that is dialled, after names are resolved, at every hop; so a redirect,
a decimal or octal literal, and a name that changes its address between check and use all meet it.
One origin (host and port) a source may be allowed. Ranges: the IANA special-purpose registries for
IPv4 and IPv6 (RFC 6890 and its updates), multicast, and IPv4 addresses inside IPv6 ones.
"""

import socket
import threading
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from advisories.errors import FetchError

_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
_V6_GLOBAL = IPv6Network("2000::/3")
# 2001::/23 holds Teredo, ORCHID and benchmarking.
_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet")


class Address(NamedTuple):
    """One resolved address, as `socket.connect` takes it."""

    family: socket.AddressFamily
    sockaddr: Any


def is_public(text: str) -> bool:
    """Whether an IP address (as printed, a zone allowed) may be dialled."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _V4)
    inner = _inner(address)
    if inner is not None:
        return is_public(str(inner))
    return address in _V6_GLOBAL and not any(address in net for net in _V6)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return None


def literal(host: str) -> str | None:
    """The IP address that a host is, in any way of writing it (2130706434, 0x7f.1), or None."""
    host = host.strip("[]").partition("%")[0]
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        # reads what the resolver reads: decimal, octal, hexadecimal, fewer than four parts
        return socket.inet_ntoa(socket.inet_aton(host)) if host[:1].isdigit() else None
    except (OSError, UnicodeError):
        return None


def check_name(host: str, port: int, allowed: tuple[str, int] | None) -> None:
    """Refuse names and literals that are private by themselves.

    Behind a proxy this is all that can be checked: the proxy resolves the name.

    Raises:
        FetchError: "address".
    """
    if (host, port) == allowed:
        return
    number = literal(host)
    if number is not None and not is_public(number):
        raise refusal(host)
    name = "." + host.lower().rstrip(".")
    if number is None and name.endswith(_PRIVATE_NAMES):
        raise refusal(host)


def refusal(host: str) -> FetchError:
    """The failure for an address that is not public."""
    text = f"{host} is not a public address (a source's allow_origin can permit one)"
    return FetchError("address", text)


def resolve(
    host: str,
    port: int,
    *,
    allowed: tuple[str, int] | None,
    seconds: float,
) -> list[Address]:
    """The public addresses of a name, to be dialled as they are (never resolved again).

    Raises:
        FetchError: "address" if none is public; "connection" if the name is not known;
            "timeout" if the resolver takes longer than `seconds`.
    """
    found = [Address(row[0], row[4]) for row in _rows(host, port, seconds)]
    if (host, port) == allowed:
        return found
    public = [a for a in found if is_public(a.sockaddr[0])]
    if not public:
        raise refusal(host)
    return public


def _rows(host: str, port: int, seconds: float) -> list[Any]:
    """Look up a name beside us and wait for it: the resolver itself knows no time limit."""
    if literal(host):
        return _lookup(host, port)
    box: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            box.put(_lookup(host, port))
        except Exception as exc:
            box.put(exc)

    threading.Thread(target=run, name="advisories-names", daemon=True).start()
    try:
        found = box.get(timeout=max(seconds, 0))
    except Empty:
        raise FetchError("timeout", f"timed out looking up {host}") from None
    if isinstance(found, Exception):
        raise found
    return found


def _lookup(host: str, port: int) -> list[Any]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as exc:
        why = exc.strerror or "unknown name"
        error = Unresolved if exc.errno == socket.EAI_AGAIN else FetchError
        raise error("connection", f"no address for {host}: {why}") from None
    except (OSError, UnicodeError):
        raise FetchError("connection", f"no address for {host}") from None


class Unresolved(FetchError):
    """The resolver did not answer this time; worth another try, unlike a name that is not there."""
