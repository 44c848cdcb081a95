"""Who may talk to which host, and when: connections at a time, requests a second."""

import threading
import time

from advisories.fetching.answers import Politeness

LONGEST_WAIT = 60.0
"""Seconds to wait for a place at a host that a redirect or an index led to."""


class Lanes:
    """Places at hosts, shared by all threads of a fetch. A lane is a host's name."""

    def __init__(self, rules: Politeness, stopped: threading.Event) -> None:
        self.rules = rules
        self._stopped = stopped
        self._taken: dict[str, int] = {}
        self._next: dict[str, float] = {}
        self._free = threading.Condition()

    def try_enter(self, lane: str) -> bool:
        """Take a place at a host if one is free."""
        with self._free:
            return self._enter(lane)

    def _enter(self, lane: str) -> bool:
        if self._taken.get(lane, 0) >= self.rules.connections:
            return False
        self._taken[lane] = self._taken.get(lane, 0) + 1
        return True

    def enter(self, lane: str) -> float | None:
        """Wait for a place at a host; the seconds waited, or None if none became free in time."""
        started = time.monotonic()
        with self._free:
            if not self._free.wait_for(lambda: self._enter(lane), timeout=LONGEST_WAIT):
                return None
        return time.monotonic() - started

    def leave(self, lane: str) -> None:
        """Give a place back."""
        with self._free:
            self._taken[lane] -= 1
            self._free.notify_all()

    def pace(self, lane: str) -> float:
        """Wait until the host's next request is due; the seconds waited."""
        with self._free:
            now = time.monotonic()
            due = max(now, self._next.get(lane, 0.0))
            self._next[lane] = due + 1 / self.rules.per_second
        if due > now:
            self._stopped.wait(due - now)
        return due - now
