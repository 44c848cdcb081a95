"""What an answer's status and headers mean; the same for a live answer and for a recorded one."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from advisories.errors import FetchError, Postponed
from advisories.fetching.addresses import told
from advisories.times import iso

LONGEST_WAIT = timedelta(days=31)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 503})
_WORDS = {
    204: "no content", 206: "part of the content, which nobody asked for", 401: "needs a login",
    403: "forbidden", 404: "not found", 410: "gone", 451: "withheld for legal reasons",
    500: "the server failed", 502: "the server failed", 504: "the server failed",
}  # fmt: skip
# Never taken from a source's table: they would break what this module promises.
_OURS = frozenset(
    {
        "accept-encoding", "connection", "content-length", "cookie", "expect", "host", "if-match",
        "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive",
        "proxy-authorization", "range", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent",
    }
)  # fmt: skip
_ANYWHERE = frozenset({"accept", "accept-language", "cache-control", "pragma", "dnt"})
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/xml;q=0.9, text/html;q=0.7, */*;q=0.5"
)


def user_agent(version: str, contact: str = "") -> str:
    """One honest name: "advisories/1.0 (+https://example.org/contact)"."""
    contact = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()")
    name, contact = f"advisories/{version}", contact.strip()
    return f"{name} (+{contact})" if contact else name


def sendable(headers: Mapping[str, str], *, home: bool) -> dict[str, str]:
    """A source's own headers, as they may go to a host.

    Args:
        headers: from the source's table.
        home: whether the host is the source's own; others get nothing that could be a secret.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    return {n: v for n, v in lower.items() if n not in _OURS and (home or n in _ANYWHERE)}


def lowered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined, cookies left out."""
    out: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        if not key.startswith("set-cookie"):
            out[key] = f"{out[key]}, {value}" if key in out else value
    return out


def http_date(text: str) -> datetime | None:
    """An HTTP date as a UTC instant, or None."""
    try:
        instant = parsedate_to_datetime(text)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return instant if instant.year < 9900 else None  # room to add an Age


def skew(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """The server's clock minus ours; a cached answer's Date is as old as its Age says."""
    date = http_date(headers.get("date", ""))
    if date is None:
        return None
    age = headers.get("age", "").strip()
    seconds = int(age) if age.isascii() and age.isdigit() and len(age) <= 9 else 0
    return date + timedelta(seconds=seconds) - now


def retry_after(headers: Mapping[str, str], now: datetime, interval: timedelta) -> datetime:
    """When a server that is busy may be asked again.

    Seconds, or a date relative to the server's own clock; never in the past, at most 31 days ahead;
    `interval` from now where the header is missing, unreadable or in the past.
    """
    wait = _wait(headers.get("retry-after", "").strip(), headers, now)
    return now + (interval if wait is None else min(wait, LONGEST_WAIT))


def _wait(text: str, headers: Mapping[str, str], now: datetime) -> timedelta | None:
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text)) if len(text) <= 9 else LONGEST_WAIT
    date = http_date(text)
    if date is None:
        return None
    wait = date - (http_date(headers.get("date", "")) or now)
    return wait if wait >= timedelta(0) else None


def check_status(
    status: int, headers: Mapping[str, str], *, now: datetime, interval: timedelta, url: str
) -> None:
    """Pass a 200.

    Raises:
        Postponed: for 429 and 503.
        FetchError: "gone" for 404 and 410, "status" for every other status.
    """
    if status == 200:
        return
    if status in _BUSY:
        until = retry_after(headers, now, interval)
        text = f"status {status}: not before {iso(until)}"
        raise Postponed(text, not_before=until, status=status, url=url)
    reason = "gone" if status in _GONE else "status"
    raise FetchError(reason, _status_text(status, headers), status=status, url=url)


def _status_text(status: int, headers: Mapping[str, str]) -> str:
    words = _WORDS.get(status, "")
    if headers.get("cf-mitigated"):
        words = f"a bot wall ({told(headers['cf-mitigated'], 20)})"
    return f"status {status}: {words}" if words else f"status {status}"
