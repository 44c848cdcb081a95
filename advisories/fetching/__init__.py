"""Bytes from outside: over HTTP, or out of a recording; whole, bounded, and from where we meant.

    for outcome in fetch([Request(source)], clock=clock):   # one outcome a source, as it is done
        ...
    for answer in read(["day.warc.gz"]):                    # Document | NotModified | Unread
        check_document(answer)                              # before any parser sees a body

Importing this door loads neither httpx nor warcio; `fetch` and `read` do when they run.
"""

from advisories.fetching.addresses import bare, place, stamped
from advisories.fetching.answers import (
    SKEW_WARNING,
    Limits,
    NotModified,
    Outcome,
    Politeness,
    Progress,
    Request,
    Unread,
    Validators,
)
from advisories.fetching.fetcher import fetch
from advisories.fetching.recorder import Recorder
from advisories.fetching.recordings import read
from advisories.fetching.sniff import form_of, looks_like
from advisories.fetching.xmlguard import check, check_document, check_json

__all__ = [
    "SKEW_WARNING",
    "Limits",
    "NotModified",
    "Outcome",
    "Politeness",
    "Progress",
    "Recorder",
    "Request",
    "Unread",
    "Validators",
    "bare",
    "check",
    "check_document",
    "check_json",
    "fetch",
    "form_of",
    "looks_like",
    "place",
    "read",
    "stamped",
]
