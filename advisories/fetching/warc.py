"""WARC files as frames: where each record begins, and its headers; strict about what is whole.

warcio reads headers and writes records. Framing is done here, because a recording that ends early
must be told apart from one that is whole, with the place, and a body must never be read unbounded.
"""

import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

MAGIC = b"\x1f\x8b"
HEADER_BYTES = 64 * 1024
STEP = 64 * 1024


class Damage(Exception):
    """A file is not whole from `offset` on; `why` is for a person."""

    def __init__(self, offset: int, why: str) -> None:
        super().__init__(why)
        self.offset = offset
        self.why = why


class Frame(NamedTuple):
    """One record: where it begins, its headers, and its block, still to be read from `stream`."""

    offset: int
    headers: "StatusAndHeaders"
    length: int
    stream: IO[bytes]

    def get(self, name: str) -> str:
        """A WARC header, or ""."""
        return cast("str | None", self.headers.get_header(name)) or ""


def frames(file: IO[bytes]) -> Iterator[Frame]:
    """The records of a plain or gzip WARC file, in order; each is whole when it is yielded.

    The frame's stream must not be used: take `frame_at` to read a record.

    Raises:
        Damage: at the first record that is not whole, or at 0 for what is no WARC.
    """
    file.seek(0)
    zipped = file.read(2) == MAGIC
    size = file.seek(0, io.SEEK_END)
    at = 0
    while at < size:
        frame = frame_at(file, at)
        end = _gzip_end(file, frame) if zipped else _plain_end(file, frame, size)
        yield frame
        at = end


def frame_at(file: IO[bytes], offset: int) -> Frame:
    """The record that begins at `offset`.

    Raises:
        Damage: none does.
    """
    file.seek(offset)
    zipped = file.read(2) == MAGIC
    file.seek(offset)
    stream = cast("IO[bytes]", io.BufferedReader(Member(file), STEP)) if zipped else file
    try:
        headers, length = _headers(stream)
    except (EOFError, ValueError, OSError, zlib.error) as exc:
        raise Damage(offset, str(exc) or "it ends early") from None
    return Frame(offset, headers, length, stream)


def _headers(stream: IO[bytes]) -> "tuple[StatusAndHeaders, int]":
    from warcio.limitreader import LimitReader
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    parser = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"])
    try:
        headers = parser.parse(LimitReader(stream, HEADER_BYTES))
    except StatusAndHeadersParserException:
        raise ValueError("no WARC record begins there") from None
    length = headers.get_header("Content-Length") or ""
    if not length.isdigit() or len(length) > 15:
        raise ValueError("a record without its length")
    return headers, int(length)


def _plain_end(file: IO[bytes], frame: Frame, size: int) -> int:
    """Where the next record begins: after the block and the blank lines behind it."""
    end = file.tell() + frame.length
    if end > size:
        raise Damage(frame.offset, "the last record is cut")
    file.seek(end)
    after = file.read(STEP)
    blank = len(after) - len(after.lstrip(b"\r\n"))
    return end + blank


def _gzip_end(file: IO[bytes], frame: Frame) -> int:
    """Where the next member begins; reads this one to its end, so that its checksum is asked."""
    member = cast("Member", cast("io.BufferedReader", frame.stream).raw)
    left = frame.length
    try:
        while left and (part := frame.stream.read(min(left, STEP))):
            left -= len(part)
        rest = frame.stream.read(STEP)
    except (EOFError, zlib.error):
        raise Damage(frame.offset, "the last record is cut or damaged") from None
    if left:
        raise Damage(frame.offset, "a record is shorter than it says")
    if rest.strip():
        raise Solid
    return member.end


class Solid(Exception):
    """A gzip file in which one member holds many records: no record can be found by its place."""


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """A solid gzip file as a plain one, beside us on disk; it ends where the gzip stream breaks."""
    plain = TemporaryFile()  # noqa: SIM115  closed by the reader
    at, size = 0, file.seek(0, io.SEEK_END)
    with suppress(EOFError, zlib.error):  # what is cut is found by whoever reads the plain file
        while at < size:
            file.seek(at)
            member = Member(file)
            while part := member.read(STEP):
                plain.write(part)
            at = member.end
    return plain


class Member(io.RawIOBase):
    """One gzip member of a file as a stream.

    Raises, when read, EOFError if it ends early and zlib.error if it is damaged.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = file.tell()
        self._unpack = zlib.decompressobj(31)
        self._data = b""

    def readable(self) -> bool:
        """Always (io's interface)."""
        return True

    @property
    def end(self) -> int:
        """The offset after the member, once it was read to its end."""
        return self._at - len(self._unpack.unused_data)

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill `buffer` (io's interface)."""
        while not self._unpack.eof:
            data = self._data or self._more()
            part = self._unpack.decompress(data, len(buffer))
            self._data = self._unpack.unconsumed_tail
            if part:
                buffer[: len(part)] = part
                return len(part)
        return 0

    def _more(self) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(STEP)
        if not data:
            raise EOFError("it ends inside a record")
        self._at += len(data)
        return data
