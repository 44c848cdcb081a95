"""From bytes on the wire to one whole body: identity or one layer of gzip, under a cap.

The HTTP library caps nothing, accepts a gzip stream that was cut, and reads any number of layers;
so raw bytes are taken from it and unpacked here, a little at a time, and the end of the stream and
its checksum are asked for. Recordings go through the same rules.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Literal

from advisories.errors import FetchError
from advisories.fetching.addresses import told

Coding = Literal["identity", "gzip"]

STEP = 64 * 1024
MEMBERS = 1000
GZIP_MAGIC = b"\x1f\x8b"


def coding_of(header: str) -> Coding:
    """The one encoding that a Content-Encoding header names.

    Raises:
        FetchError: "encoding", for anything but identity and a single gzip.
    """
    layers = [w.strip().lower() for w in header.split(",")]
    layers = [w for w in layers if w not in ("", "identity")]
    if not layers:
        return "identity"
    if len(layers) == 1 and layers[0] in ("gzip", "x-gzip"):
        return "gzip"
    raise FetchError("encoding", f"unsupported encoding {told(', '.join(layers), 60)!r}")


def whole(chunks: Iterable[bytes], coding: Coding, cap: int) -> bytes:
    """The whole body of `chunks`.

    Args:
        chunks: the bytes as sent, without transfer encoding.
        coding: as `coding_of` reads it.
        cap: the most bytes, before and after unpacking.

    Raises:
        FetchError: "too-large"; "incomplete", for a gzip stream without its end or with a wrong
            checksum; "encoding", for gzip that is none, or gzip inside.
    """
    packed = capped(chunks, cap)
    parts = capped(_gunzip(packed), cap) if coding == "gzip" else packed
    body = b"".join(parts)
    if body.startswith(GZIP_MAGIC):
        raise FetchError("encoding", "unsupported encoding: the body is itself gzip")
    return body


def capped(chunks: Iterable[bytes], cap: int) -> Iterator[bytes]:
    """The chunks, until they are more than `cap` bytes.

    Raises:
        FetchError: "too-large".
    """
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > cap:
            raise too_large(cap)
        yield chunk


def too_large(cap: int) -> FetchError:
    """The failure for a body over the cap."""
    mib = cap / (1 << 20)
    return FetchError("too-large", f"too large: more than {mib:.3g} MiB")


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """One layer of gzip (which may have several members, RFC 1952), unpacked in small steps."""
    members, member = 1, zlib.decompressobj(31)
    started = False
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                data = data.lstrip(b"\0")  # padding after the end is common and harmless
                if not data:
                    break
                members, member = _next_member(members, data), zlib.decompressobj(31)
            part = _unpack(member, data, started)
            started = True
            data = member.unused_data if member.eof else member.unconsumed_tail
            if part:
                yield part
    if not member.eof:
        raise FetchError("incomplete", "the gzip stream ends early")


def _next_member(members: int, data: bytes) -> int:
    if not data.startswith(GZIP_MAGIC[:1]):
        raise FetchError("incomplete", "something follows the end of the gzip stream")
    if members >= MEMBERS:
        raise FetchError("too-large", "too large: a gzip stream of very many parts")
    return members + 1


def _unpack(member: "zlib._Decompress", data: bytes, started: bool) -> bytes:
    try:
        return member.decompress(data, STEP)
    except zlib.error:
        if not started and not data.startswith(GZIP_MAGIC):
            raise FetchError("encoding", "the body is called gzip and is not") from None
        raise FetchError("incomplete", "the gzip stream is damaged") from None
