"""Writing recordings: each answer is one record, appended whole."""

import os
from collections import deque
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from advisories.errors import AdvisoriesError
from advisories.fetching import addresses
from advisories.fetching.recordings import ASKED
from advisories.fetching.warc import Damage, Solid, frames
from advisories.model import Document

if TYPE_CHECKING:
    from warcio.warcwriter import WARCWriter

_FRAMING = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})


class Recorder:
    """Appends answers to a WARC file; gzip if its name ends in .gz.

    A record is handed to the system in one piece, so a run that is killed leaves whole records and
    at most one cut one at the end, which the next Recorder takes off.

        with Recorder("day.warc.gz") as recorder:
            recorder.add(document)

    Raises:
        AdvisoriesError: the file cannot be written, or is there and is no recording.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.removed = 0
        """Bytes of a cut record that an earlier run had left and that were taken off."""

    def __enter__(self) -> "Recorder":
        try:
            whole = self._whole()
            self._file = self.path.open("ab", buffering=0)
            self.removed = self._file.tell() - whole
            if self.removed:
                self._file.truncate(whole)
        except OSError as exc:
            raise self._failed(exc) from None
        if not whole:
            self._write_info()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _failed(self, exc: OSError) -> AdvisoriesError:
        return AdvisoriesError(f"{self.path}: cannot be recorded to: {exc.strerror or exc}")

    def _whole(self) -> int:
        """Bytes up to the end of the last whole record."""
        if not self.path.exists():
            return 0
        with self.path.open("rb") as file:
            try:
                deque(frames(file), maxlen=0)
            except Damage as exc:
                if exc.offset == 0:
                    raise AdvisoriesError(f"{self.path}: is there, and is no recording") from None
                return exc.offset
            except Solid:
                pass
            return file.seek(0, os.SEEK_END)

    def add(self, document: Document) -> None:
        """Append one answer: the body as it is stored, the headers as they came."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [(n, _one_line(v)) for n, v in document.headers.items() if n not in _FRAMING]
        if encoding := document.headers.get("content-encoding"):
            headers.append(("X-Archive-Orig-Content-Encoding", _one_line(encoding)))
        headers.append(("Content-Length", str(len(document.body))))
        target = addresses.place(document.final_url or document.url)
        asked = {} if target == document.url else {ASKED: addresses.bare(document.url)}
        date = document.received.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        buffer, writer = self._writer()
        writer.write_record(
            writer.create_warc_record(
                target,
                "response",
                payload=BytesIO(document.body),
                length=len(document.body),
                warc_headers_dict={"WARC-Date": date, **asked},
                http_headers=StatusAndHeaders(f"{document.status} OK", headers, "HTTP/1.1"),
            )
        )
        self._append(buffer.getvalue())

    def _write_info(self) -> None:
        buffer, writer = self._writer()
        info = {"software": "advisories", "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(self.path.name, info))
        self._append(buffer.getvalue())

    def _writer(self) -> "tuple[BytesIO, WARCWriter]":
        from warcio.warcwriter import WARCWriter

        buffer = BytesIO()
        return buffer, WARCWriter(buffer, gzip=self.path.suffix == ".gz", warc_version="WARC/1.1")

    def _append(self, record: bytes) -> None:
        view = memoryview(record)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as exc:
            raise self._failed(exc) from None


def _one_line(value: str) -> str:
    return " ".join(value.split())
