"""Recordings (WARC, ISO 28500): read in order of time by the rules of live answers, and written.

A test, a bug report, the demo and a backfill out of a web archive are one thing: a file of answers.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import IO

from advisories.errors import AdvisoriesError, FetchError
from advisories.fetching.answers import Limits, NotModified, Unread
from advisories.fetching.recorded import Redirect, answer_of, date_of, micros, target_of
from advisories.fetching.warc import Damage, Frame, Solid, frame_at, frames, unpacked
from advisories.model import Document

Recorded = Document | NotModified | Unread

ASKED = "X-Advisories-Asked"
"""Our own WARC header: the address as asked, with its stamp; WARC-Target-URI is what answered."""
# One key a record, 20 bytes: time, file, offset. A million records are an index of some 60 MiB.
_KEY = struct.Struct(">QIQ")
_WANTED = ("response", "revisit", "resource")
_REDIRECT_WINDOW = timedelta(minutes=5)
_MOVES = 10_000


def read(paths: Iterable[str | Path], *, limits: Limits | None = None) -> Iterator[Recorded]:
    """What recordings hold, in order of WARC-Date over all files.

    Each file is read twice (first the dates), so that memory holds one body at a time. A redirect
    gives its address to the answer that it led to. Requests, metadata and the like are passed over.

    Args:
        paths: WARC files, plain or gzip, also those of `wget --warc-file`.
        limits: caps; the same as for live answers.

    Yields:
        Document: a whole answer; `received` is the WARC-Date.
        NotModified: a 304, or a revisit whose original is not in these files.
        Unread: an answer that would have been a failure live; `error` says why.

    Raises:
        AdvisoriesError: at once for a file that is missing or no recording; for one that is cut or
            damaged after everything readable was yielded, with the offset.
    """
    with ExitStack() as stack:
        files = [_File(Path(path), stack) for path in paths]
        index = sorted(chain.from_iterable(f.index(n) for n, f in enumerate(files)))
        reading = _Reading(files, limits or Limits())
        for key in index:
            _, number, offset = _KEY.unpack(key)
            yield from reading.record(number, offset)
        if damaged := [f.trouble for f in files if f.trouble]:
            raise AdvisoriesError("; ".join(damaged))


class _File:
    """One open recording; what was found wrong with it; the originals that it refers to."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path, self.trouble = path, ""
        self.digests: set[str] = set()
        self._stack = stack
        try:
            self.file: IO[bytes] = stack.enter_context(path.open("rb"))
            frame_at(self.file, 0)
        except OSError as exc:
            raise AdvisoriesError(f"{path}: cannot be read: {exc.strerror or exc}") from None
        except Damage as exc:
            raise AdvisoriesError(f"{path}: not a WARC recording: {exc.why}") from None

    def index(self, number: int) -> list[bytes]:
        """A sortable key for each record that holds an answer."""
        keys, count = [], 0
        try:
            for frame in frames(self.file):
                count += 1
                keys += self._key(number, frame)
        except Damage as exc:
            before = f"the {count} records before it were read" if count else "nothing was read"
            self.trouble = f"{self.path}: {exc.why} at byte {exc.offset}; {before}"
        except Solid:
            self.file = self._stack.enter_context(unpacked(self.file))
            return self.index(number)
        return keys

    def _key(self, number: int, frame: Frame) -> list[bytes]:
        kind = frame.get("WARC-Type")
        if kind not in _WANTED:
            return []
        if kind == "revisit":
            self.digests.add(frame.get("WARC-Payload-Digest"))
        date = date_of(frame)
        if date is None:
            self.trouble = f"{self.path}: the record at byte {frame.offset} has no readable date"
            return []
        return [_KEY.pack(micros(date), number, frame.offset)]


class _Reading:
    """The second pass: records by their places."""

    def __init__(self, files: list[_File], limits: Limits) -> None:
        self._files, self._limits = files, limits
        self._moves: dict[str, tuple[str, datetime]] = {}
        self._originals = _originals(files)

    def record(self, number: int, offset: int) -> Iterator[Recorded]:
        """The answer at a place, if it is one."""
        frame = frame_at(self._files[number].file, offset)
        target, at = target_of(frame), date_of(frame)
        if at is None or not target.startswith(("http://", "https://")):
            return
        url = frame.get(ASKED) or self._asked(target, at)
        if frame.get("WARC-Type") == "revisit":
            place = self._originals.get(frame.get("WARC-Payload-Digest"))
            if place is None:
                yield NotModified(url, at, {}, target)
                return
            frame = frame_at(self._files[place[0]].file, place[1])
        yield from self._answer(frame, url, at)

    def _answer(self, frame: Frame, url: str, at: datetime) -> Iterator[Recorded]:
        try:
            answer = answer_of(frame, url, at, self._limits)
        except FetchError as exc:
            exc.url = url
            yield Unread(url, at, exc)
            return
        if isinstance(answer, Redirect):
            if len(self._moves) >= _MOVES:
                self._moves.clear()
            self._moves[answer.target] = (url, at)
        else:
            yield answer

    def _asked(self, target: str, at: datetime) -> str:
        """The address that was asked, if a redirect just before led here."""
        url, when = self._moves.pop(target, (target, at))
        return url if at - when <= _REDIRECT_WINDOW else target


def _originals(files: list[_File]) -> dict[str, tuple[int, int]]:
    """Where the bodies stand that revisits refer to, by digest."""
    wanted = set().union(*(f.digests for f in files)) - {""}
    found: dict[str, tuple[int, int]] = {}
    for number, recording in enumerate(files if wanted else []):
        try:
            for frame in frames(recording.file):
                digest = frame.get("WARC-Payload-Digest")
                if digest in wanted and frame.get("WARC-Type") == "response":
                    found.setdefault(digest, (number, frame.offset))
        except Damage:
            continue  # told at the end
    return found
