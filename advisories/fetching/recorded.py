"""One record of a recording as an answer, by the rules of live answers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from advisories.errors import FetchError
from advisories.fetching import addresses, replies
from advisories.fetching.answers import Limits, NotModified
from advisories.fetching.bodies import coding_of, too_large, whole
from advisories.fetching.sniff import form_of
from advisories.fetching.warc import Frame
from advisories.model import Document

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders


@dataclass(frozen=True, slots=True)
class Redirect:
    """A recorded answer that leads elsewhere."""

    target: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers by lower-case name, and the block after them (still packed)."""

    status: int
    headers: dict[str, str]
    block: bytes


def date_of(frame: Frame) -> datetime | None:
    """WARC-Date as a UTC instant, or None if there is none that can be read."""
    try:
        instant = datetime.fromisoformat(frame.get("WARC-Date"))
    except ValueError:
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def target_of(frame: Frame) -> str:
    """WARC-Target-URI, without the brackets that some writers put around it, or fragment."""
    return addresses.place(frame.get("WARC-Target-URI").strip("<> "))


def answer_of(
    frame: Frame, url: str, received: datetime, limits: Limits
) -> Document | NotModified | Redirect:
    """What a response or resource record says.

    Args:
        frame: the record, its block not yet read.
        url: as asked.
        received: the time of the record (a revisit's, not its original's).
        limits: caps; `interval` for a 429 or 503 without a time.

    Raises:
        FetchError: what would have been a failure live.
    """
    reply = _reply(frame, limits)
    if reply.status == 304:
        return NotModified(url, received, reply.headers, target_of(frame))
    if reply.status in replies.REDIRECTS:
        return Redirect(addresses.next_hop(target_of(frame), reply.headers.get("location", "")))
    replies.check_status(
        reply.status, reply.headers, now=received, interval=limits.interval, url=url
    )
    if frame.get("WARC-Truncated"):
        raise FetchError("incomplete", "the body is not whole: it was recorded in part")
    body = _body(reply, limits.body_bytes)
    return Document(url, 200, body, received, reply.headers, target_of(frame))


def _reply(frame: Frame, limits: Limits) -> Reply:
    if frame.length > 2 * limits.body_bytes:  # chunks take room too, but never that much
        raise too_large(limits.body_bytes)
    block = frame.stream.read(frame.length)
    if frame.get("WARC-Type") == "resource":
        return Reply(200, {"content-type": frame.get("Content-Type")}, block)
    head, body = _parted(block)
    words = cast(str, head.statusline).split(maxsplit=1)
    if not words or not words[0].isdigit() or len(words[0]) != 3:
        raise FetchError("http", "not sound HTTP: no status")
    return Reply(int(words[0]), replies.lowered(head.headers), body)


def _parted(block: bytes) -> "tuple[StatusAndHeaders, bytes]":
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeadersParser

    stream = BytesIO(block)
    if not block.startswith(b"HTTP/"):
        raise FetchError("http", "not sound HTTP: no status line")
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    return head, block[stream.tell() :]


def _body(reply: Reply, cap: int) -> bytes:
    """The body without transfer encoding and packing.

    Some archives keep both headers with a body that they unpacked; such a body is plainly text.
    """
    packed = reply.block
    if "chunked" in reply.headers.get("transfer-encoding", "").lower() and _chunk(packed, 0):
        packed = dechunked(packed)
    elif _short(reply):
        raise FetchError("incomplete", "the body is not whole: shorter than its length")
    encoding = reply.headers.get("content-encoding", "")
    plain = bool(encoding) and form_of(packed) != "other"
    return whole([packed], "identity" if plain else coding_of(encoding), cap)


def _short(reply: Reply) -> bool:
    length = reply.headers.get("content-length", "")
    return length.isdigit() and len(reply.block) < int(length[:18])


def _chunk(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the chunk at `at` has its data, and how much; None if no chunk begins there."""
    end = data.find(b"\r\n", at, at + 1024)
    size = data[at:end].partition(b";")[0].strip() if end >= 0 else b""
    try:
        return (end + 2, int(size, 16)) if size.isalnum() and len(size) <= 15 else None
    except ValueError:
        return None


def dechunked(data: bytes) -> bytes:
    """The content of a chunked body.

    Raises:
        FetchError: "incomplete", if it is not whole to its last chunk.
    """
    parts: list[bytes] = []
    at = 0
    while chunk := _chunk(data, at):
        start, size = chunk
        if size == 0:
            return b"".join(parts)
        at = start + size + 2
        if at > len(data):
            break
        parts.append(data[start : start + size])
    raise FetchError("incomplete", "the body is not whole: a chunk is missing")


MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(instant: datetime) -> int:
    """Microseconds since 1970, not negative: a sortable key."""
    return max(0, (instant - EPOCH) // MICROSECOND)
