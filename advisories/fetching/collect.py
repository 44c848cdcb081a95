"""One source's fetch: its document, or its index and those documents behind it that moved."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote

from advisories.errors import AdvisoriesError, FetchError, Postponed
from advisories.fetching import addresses
from advisories.fetching.answers import (
    Answer,
    Limits,
    NotModified,
    Outcome,
    Progress,
    Request,
    Validators,
)
from advisories.fetching.xmlguard import check_document
from advisories.model import Document
from advisories.times import iso

HOPELESS = 5
"""After so many documents of one source failed in a row, the rest is left in peace."""


class Over(FetchError):
    """A source used up its time or its bytes; nothing more of it is asked."""


class Ask(Protocol):
    """`client.ask` with its client bound."""

    def __call__(
        self, url: str, *, validators: Validators, headers: Mapping[str, str], limits: Limits
    ) -> Answer:
        """Ask for one document."""


class Collector:
    """Gathers one source's outcome; `run` once.

    Args:
        request: the source and what is known of it.
        ask: asks for one document.
        limits: per document and per source.
        now: the time, for `not_before`.
        secret: the source's key, put where its address says `{key}`.
        report: called as documents come in.
    """

    def __init__(
        self,
        request: Request,
        ask: Ask,
        *,
        limits: Limits,
        now: Callable[[], datetime],
        secret: str = "",
        report: Callable[[Progress], None] = lambda progress: None,
    ) -> None:
        self.request, self.source, self.report = request, request.source, report
        self.limits = replace(limits, interval=timedelta(hours=request.source.hours))
        self._ask, self._now, self._secret = ask, now, secret
        self._end = time.monotonic() + limits.source_seconds
        self.documents: list[Document] = []
        self.unchanged: list[str] = []
        self.failures: list[FetchError] = []
        self.notices: list[str] = []
        self.skew: timedelta | None = None
        self._bytes = 0
        self._own = (self.source.url, *self.source.alternates)

    def run(self, asked: Callable[[], int] = lambda: 0) -> Outcome:
        """Ask, follow, and sum up. Nothing but KeyboardInterrupt and its like comes out."""
        try:
            self._check_ready()
            self._gather()
        except FetchError as exc:
            self.failures.append(exc)
        except AdvisoriesError as exc:
            self.failures.append(FetchError("follow", str(exc), url=self.source.url))
        except Exception as exc:
            why = f"a bug in the reading of this source: {type(exc).__name__}: {exc}"
            error = FetchError("bug", addresses.told(why), url=addresses.bare(self.source.url))
            error.__cause__ = exc
            self.failures.append(error)
        return self._outcome(asked())

    def _outcome(self, asked: int) -> Outcome:
        return Outcome(
            self.source.id,
            tuple(self.documents),
            tuple(self.unchanged),
            tuple(self.failures),
            tuple(dict.fromkeys(self.notices)),
            self.skew,
            asked,
        )

    def _check_ready(self) -> None:
        until, url = self.request.not_before, addresses.bare(self.source.url)
        if until is not None and self._now() < until:
            raise Postponed(f"not before {iso(until)}", not_before=until, status=429, url=url)
        if self.source.key_env and not self._secret:
            raise FetchError("key", f"needs a key: set {self.source.key_env}", url=url)

    def _gather(self) -> None:
        first = self._first()
        if first is None or self.source.follow is None:
            return
        pages, in_a_row = self._pages(first), 0
        for n, url in enumerate(pages):
            self.report(Progress(self.source.id, n + 1, len(pages) + 1))
            in_a_row = 0 if self._try(url) else in_a_row + 1
            if in_a_row == HOPELESS:
                rest = len(pages) - n - 1
                self.notices.append(f"{HOPELESS} documents in a row failed; {rest} were not asked")
                return

    def _try(self, url: str) -> bool:
        """Get one page; False if it failed otherwise than by not being there."""
        try:
            self._get(url)
        except (Postponed, Over):
            raise
        except FetchError as exc:
            self.failures.append(exc)
            return exc.reason == "gone"
        return True

    def _first(self) -> Document | None:
        """The source's document, or the first of its other addresses that answers."""
        failures: list[FetchError] = []
        for url in self._own:
            try:
                got = self._get(url)
            except Postponed:
                raise
            except FetchError as exc:
                failures.append(exc)
                continue
            self._tell_detour(url, failures)
            return got
        self.failures += failures
        return None

    def _tell_detour(self, url: str, failures: list[FetchError]) -> None:
        if failures:
            why = addresses.told(str(failures[0]))
            other = addresses.told(url)
            self.notices.append(f"the first address failed ({why}); read from {other}")

    def _pages(self, index: Document) -> list[str]:
        """What the index leads to: each address once, those whose stamp did not move left out."""
        wanted: dict[str, str] = {}
        for url in self._followed(index):
            if addresses.stamped(url) and addresses.bare(url) in self.request.known:
                self.unchanged.append(addresses.bare(url))
            else:
                wanted.setdefault(addresses.place(url), url)
        urls = list(wanted.values())
        if len(urls) > self.limits.source_documents:
            most = self.limits.source_documents
            self.failures.append(
                FetchError("too-large", f"{len(urls)} documents, only {most} asked", url=index.url)
            )
        return urls[: self.limits.source_documents]

    def _followed(self, index: Document) -> Iterator[str]:
        """`source.follow`, kept from hostile bodies; what it found before it failed counts."""
        follow = self.source.follow
        try:
            check_document(index)
            yield from follow(index.body, index.final_url or index.url) if follow else ()
        except AdvisoriesError as exc:
            self.failures.append(FetchError("follow", f"index: {exc}", url=index.url))

    def _get(self, url: str) -> Document | None:
        left = self._end - time.monotonic()
        if left <= 0:
            text = f"timed out: {self.limits.source_seconds:g} s for one source are over"
            raise Over("timeout", text, url=addresses.bare(url))
        limits = replace(self.limits, seconds=min(self.limits.seconds, left))
        answer = self._asked(url, limits)
        if answer.moved_to and url in self._own:
            self.notices.append(
                f"moved for good to {addresses.told(self._hidden(answer.moved_to))}: "
                f"followed; the table of sources still names {addresses.told(url)}"
            )
        self.skew = answer.skew if self.skew is None else self.skew
        if isinstance(answer.result, NotModified):
            self.unchanged.append(addresses.bare(url))
            return None
        return self._kept(answer.result)

    def _asked(self, url: str, limits: Limits) -> Answer:
        source, known = self.source, self.request.validators
        # An index is always asked for in full: what it leads to may have failed the last time.
        in_full = source.follow is not None and url in self._own
        validators = Validators() if in_full else known.get(addresses.place(url), Validators())
        headers = {n: self._shown(v) for n, v in source.headers.items()}
        try:
            url_sent = self._shown(url)
            return self._ask(url_sent, validators=validators, headers=headers, limits=limits)
        except FetchError as exc:
            exc.url = addresses.bare(url)
            exc.args = (self._hidden(str(exc)),)
            raise

    def _kept(self, document: Document) -> Document:
        self._bytes += len(document.body)
        if self._bytes > self.limits.source_bytes:
            mib = self.limits.source_bytes >> 20
            url = self._hidden(document.url)
            raise Over("too-large", f"too large: more than {mib} MiB from one source", url=url)
        final = self._hidden(document.final_url)
        document = replace(document, url=self._hidden(document.url), final_url=final)
        self.documents.append(document)
        return document

    def _shown(self, text: str) -> str:
        return text.replace("{key}", self._secret) if self._secret else text

    def _hidden(self, text: str) -> str:
        for form in (self._secret, quote(self._secret, safe="")) if self._secret else ():
            text = text.replace(form, "{key}")
        return text
