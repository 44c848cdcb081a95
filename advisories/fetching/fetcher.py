"""Many sources at once: threads, places at hosts, and outcomes as they are done.

Threads with one connection each (measured: x1.13 of the latency bound at 32, where the async client
takes x1.24 and falls apart above). They are daemons: an interrupt ends the process at once.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from advisories import __version__
from advisories.errors import FetchError
from advisories.fetching.addresses import bare, host_port, parse_origin
from advisories.fetching.answers import Limits, Outcome, Politeness, Progress, Request
from advisories.fetching.collect import Collector
from advisories.fetching.politeness import Lanes
from advisories.fetching.replies import user_agent as named
from advisories.model import Source

if TYPE_CHECKING:
    from advisories.fetching.client import Client

MOST_JOBS = 32
READY = 8
"""Outcomes that may wait to be stored; then the threads wait, so that memory stays bounded."""
WAKE = 0.2
"""Seconds of one wait for what comes next."""

Event = Outcome | Progress


def fetch(
    requests: Iterable[Request],
    *,
    clock: Callable[[], datetime],
    jobs: int = MOST_JOBS,
    limits: Limits | None = None,
    politeness: Politeness | None = None,
    contact: str = "",
    environ: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Outcome]:
    """Ask sources, and yield each one's outcome as soon as it is done.

    Args:
        requests: what to ask; one outcome comes for each.
        clock: the time (aware, UTC), asked from several threads.
        jobs: connections at most, 1 to 32.
        limits: per document and source; `Limits(seconds=...)` is the deadline.
        politeness: per host. A private origin that a source may reach is the user's own machine:
            there each source has a lane of its own.
        contact: an address for people whose server we ask, put into the User-Agent.
        environ: for proxies and for the keys that sources name by `key_env`; `os.environ`.
        progress: called in the caller's thread.

    Yields:
        Outcomes in the order in which they are done. Failures are inside; nothing is raised for
        them. Closing the iterator (or an interrupt) ends all connections.
    """
    run = _Run(
        list(requests),
        clock=clock,
        limits=limits or Limits(),
        politeness=politeness or Politeness(),
        user_agent=named(__version__, contact),
        environ=environ or {},
    )
    try:
        yield from run.outcomes(min(max(jobs, 1), MOST_JOBS), progress or _quiet)
    finally:
        run.stop()


def _quiet(progress: Progress) -> None:
    return None


class _Run:
    """One call of `fetch`: what is still to ask, and who is at work."""

    def __init__(
        self,
        requests: list[Request],
        *,
        clock: Callable[[], datetime],
        limits: Limits,
        politeness: Politeness,
        user_agent: str,
        environ: Mapping[str, str],
    ) -> None:
        self._todo, self._count = requests, len(requests)
        self._clock, self._limits, self._user_agent, self._environ = (
            clock,
            limits,
            user_agent,
            environ,
        )
        self._stopped = threading.Event()
        self._lanes = Lanes(politeness, self._stopped)
        self._changed = threading.Condition()
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._room = threading.Semaphore(READY)
        self._clients: set[Client] = set()

    def outcomes(self, jobs: int, progress: Callable[[Progress], None]) -> Iterator[Outcome]:
        """Start the threads and hand on what they bring."""
        for n in range(min(jobs, self._count)):
            threading.Thread(target=self._work, name=f"advisories-{n}", daemon=True).start()
        left = self._count
        while left:
            event = self._next()
            if isinstance(event, Progress):
                progress(event)
                continue
            left -= 1
            yield event
            self._room.release()

    def _next(self) -> Event:
        """What comes next. In short waits: a signal on the eve of one is not seen before its end."""
        while True:
            with suppress(Empty):
                return self._events.get(timeout=WAKE)

    def stop(self) -> None:
        """End all threads and connections; returns at once."""
        self._stopped.set()
        with self._changed:
            self._todo.clear()
            self._changed.notify_all()
            for client in self._clients:
                client.stop()

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            request, lane = taken
            outcome = self._collect(request, lane)
            while not self._room.acquire(timeout=0.5):
                if self._stopped.is_set():
                    return
            self._events.put(Progress(outcome.source_id, 1, 1, finished=True))
            self._events.put(outcome)

    def _take(self) -> tuple[Request, "Lane"] | None:
        """The next request whose host has a free place; None when there is nothing left."""
        with self._changed:
            while self._todo:
                for n, request in enumerate(self._todo):
                    lane = Lane(self._lanes, request.source)
                    if lane.try_start():
                        del self._todo[n]
                        return request, lane
                self._changed.wait()
            return None

    def _collect(self, request: Request, lane: "Lane") -> Outcome:
        try:
            return self._with_client(request, lane)
        except FetchError as exc:
            exc.url = bare(request.source.url)
            return Outcome(request.source.id, failures=(exc,))
        finally:
            lane.leave()
            with self._changed:
                self._changed.notify_all()

    def _with_client(self, request: Request, lane: "Lane") -> Outcome:
        from advisories.fetching.client import Client
        from advisories.fetching.errand import ask

        source = request.source
        with Client(
            user_agent=self._user_agent,
            clock=self._clock,
            allow_origin=source.allow_origin,
            ca_file=source.ca_file,
            proxies=self._environ,
            turn=lane.turn,
        ) as client:
            self._enlist(client)
            collector = Collector(
                request,
                partial(ask, client),
                limits=self._limits,
                now=self._clock,
                secret=self._environ.get(source.key_env, "") if source.key_env else "",
                report=self._events.put,
            )
            try:
                return collector.run(lambda: client.asked)
            finally:
                with self._changed:
                    self._clients.discard(client)

    def _enlist(self, client: "Client") -> None:
        with self._changed:
            self._clients.add(client)
            if self._stopped.is_set():
                client.stop()


class Lane:
    """One source's place: at its own host first, then wherever redirects and pages lead it."""

    def __init__(self, lanes: Lanes, source: Source) -> None:
        self._lanes, self._source = lanes, source
        self._held = ""

    def try_start(self) -> bool:
        """Take a place at the source's own host if one is free."""
        try:
            lane = self._name(*host_port(self._source.url))
        except FetchError:
            return True  # told when it is asked
        if not self._lanes.try_enter(lane):
            return False
        self._held = lane
        return True

    def turn(self, host: str, port: int) -> float:
        """Before each request: wait for a place at the host, then for the host's pace.

        Raises:
            FetchError: "timeout", if no place became free.
        """
        lane = self._name(host, port)
        waited = 0.0 if lane == self._held else self._change(lane, host)
        return waited + self._lanes.pace(lane)

    def _change(self, lane: str, host: str) -> float:
        self.leave()
        seconds = self._lanes.enter(lane)
        if seconds is None:
            raise FetchError("timeout", f"timed out: too many others ask {host}")
        self._held = lane
        return seconds

    def leave(self) -> None:
        """Give the place back."""
        if self._held:
            self._lanes.leave(self._held)
        self._held = ""

    def _name(self, host: str, port: int) -> str:
        own = (host, port) == _allowed(self._source)
        return f"{host}:{port} {self._source.id}" if own else host


def _allowed(source: Source) -> tuple[str, int] | None:
    try:
        return parse_origin(source.allow_origin)
    except FetchError:
        return None
