"""Every error the tool raises on purpose, and the exit code each one means.

    AdvisoriesError            1   a failure of ours, a failed write, unreadable input
    |-- UsageError             2   unknown or ambiguous name, bad option
    |   `-- ConfigError        2   broken configuration or source table
    |-- StoreError             5   the store is missing, foreign, newer, damaged or full
    |-- FetchError             -   one source's answer could not be had (kept with the attempt)
    |   `-- Postponed          -   the source asked not to be asked before a given time
    `-- ParseError             -   an answer came, and is not what this source sends
        `-- Damaged            -   it is, but only part of it: what was whole has been read

An error's text is one line that says what, where and what to do.
"""

from datetime import datetime


class AdvisoriesError(Exception):
    """Base of all errors that are told in one line; `exit_code` is the process's."""

    exit_code = 1


class UsageError(AdvisoriesError):
    """The command line or a name on it cannot be understood."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration or source file is broken; the text names file, line or key."""


class StoreError(AdvisoriesError):
    """The store cannot be used; the text says the way out."""

    exit_code = 5


class FetchError(AdvisoriesError):
    """A document could not be had.

    `reason` is a stable word for programs: timeout, too-large, encoding, incomplete, http, tls,
    address, redirect, connection, status, gone, not-modified-first, postponed, key, follow, bug
    (docs/fetching.md has what each one means).
    """

    def __init__(self, reason: str, text: str, *, status: int | None = None, url: str = "") -> None:
        super().__init__(text)
        self.reason = reason
        self.status = status
        self.url = url


class Postponed(FetchError):
    """429 or 503: no request before `not_before` (UTC)."""

    def __init__(self, text: str, *, not_before: datetime, status: int, url: str = "") -> None:
        super().__init__("postponed", text, status=status, url=url)
        self.not_before = not_before


class ParseError(AdvisoriesError):
    """A body is not in the form that its source sends."""


class Damaged(ParseError):
    """A body ends early or is broken in places; raised after its whole items were yielded."""
