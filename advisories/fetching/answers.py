"""What is asked for and what comes back: values without behaviour that needs the network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advisories.errors import FetchError
from advisories.model import Document, Source

MIB = 1 << 20
SKEW_WARNING = timedelta(minutes=5)
"""A server's clock further off than this (or ours) is worth a warning."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said about a body, to be sent back: `If-None-Match`, `If-Modified-Since`.

    Keep them only with a body that was fully accepted. `url` is the address that answered (after
    redirects): they are sent to it and to nobody else, so that a portal on the way cannot say 304.
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""

    @classmethod
    def of(cls, document: Document) -> "Validators":
        """The validators that came with a document (empty if it had none)."""
        return cls(
            _sendable(document.headers.get("etag", "")),
            _sendable(document.headers.get("last-modified", "")),
            document.final_url or document.url,
        )

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


def _sendable(value: str) -> str:
    return value if len(value) <= 1024 and value.isascii() and value.isprintable() else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much time and how many bytes an answer may cost.

    Attributes:
        seconds: wall clock for one document: names, connection, headers, redirects and body.
        body_bytes: size of a body after decompression, and on the wire.
        header_bytes: size of all headers of one answer.
        redirects: hops followed by hand.
        tries: attempts to connect (a request that was sent is never sent again).
        wait: seconds before the second try; each further wait is three times as long.
        interval: not before this, when a 429 or 503 names no readable time.
        source_seconds: wall clock for all documents of a source.
        source_documents: documents that one index may lead to.
        source_bytes: size of all bodies of one source's fetch, so that memory stays bounded.
    """

    seconds: float = 30.0
    body_bytes: int = 8 * MIB
    header_bytes: int = 64 * 1024
    redirects: int = 5
    tries: int = 3
    wait: float = 0.4
    interval: timedelta = timedelta(hours=24)
    source_seconds: float = 600.0
    source_documents: int = 1000
    source_bytes: int = 64 * MIB


@dataclass(frozen=True, slots=True)
class Politeness:
    """How hard one host is asked: connections at a time, requests a second."""

    connections: int = 2
    per_second: float = 6.0


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server (or a recording) says that a document is as it was. `url` is with its stamp."""

    url: str
    received: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    final_url: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record of a recording whose answer is a failure by the same rules as a live one."""

    url: str
    received: datetime
    error: FetchError


@dataclass(frozen=True, slots=True)
class Answer:
    """What one `ask` brought.

    `moved_to` is set when the address moved for good (301, 308): followed, never stored by itself.
    `skew` is the server's clock minus ours, or None where it names no time.
    """

    result: Document | NotModified
    moved_to: str = ""
    skew: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One source to ask, and what is known of it.

    Attributes:
        source: where, and for an index how to `follow` it.
        validators: by address as in `place(document.url)`: without fragment and credentials.
        known: stamped addresses (`https://host/page#stamp`) whose content is already stored; a
            document that an index names with the same stamp is not asked again.
        not_before: a 429 or 503 that still stands; nothing is asked before it.
    """

    source: Source
    validators: Mapping[str, Validators] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one source's fetch brought, ready to be stored in one transaction.

    Attributes:
        source_id: the source's id.
        documents: whole answers, the index (or only document) first.
        unchanged: addresses that answered 304 or whose stamp did not move (as named, with stamp).
        failures: what could not be had, each with its `url`; a `Postponed` ends the source.
        notices: lines for a person, such as a move for good.
        clock_skew: server's clock minus ours at the first answer that names a time.
        asked: requests sent (0: nothing was asked, because of `not_before` or a missing key).
    """

    source_id: str
    documents: tuple[Document, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[FetchError, ...] = ()
    notices: tuple[str, ...] = ()
    clock_skew: timedelta | None = None
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: `done` of `total` documents of a source; `finished` comes last."""

    source_id: str
    done: int
    total: int
    finished: bool = False
