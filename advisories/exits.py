"""The exit codes, one table: documented in docs/output.md, tested one by one."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process's end says to a script."""

    DONE = 0
    FAILURE = 1  # a failure of ours, a failed write, unreadable input
    USAGE = 2  # unknown or ambiguous name, bad option, broken configuration
    SOME_FAILED = 3  # some sources failed; `status`: one that once worked is stale or broken
    ALL_FAILED = 4  # every source that was asked failed
    STORE = 5  # the store is missing, not ours, newer, damaged, or cannot be written
    CONDITION = 10  # --exit-code: there is something to see
    INTERRUPTED = 130  # Ctrl-C
    CLOSED_PIPE = 141  # the reader of our output went away
    TERMINATED = 143  # SIGTERM
