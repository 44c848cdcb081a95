"""Run the tool: errors to exit codes, closed pipes and signals to quiet ends."""

import os
import signal
import sys
from types import FrameType

from advisories.exits import Exit


class Terminated(BaseException):
    """SIGTERM arrived: unwind, roll back, leave with 143."""


def main(argv: list[str] | None = None) -> int:
    """The console script; returns the exit code and leaves with it."""
    code = run(sys.argv[1:] if argv is None else argv)
    if argv is None:
        _leave(code)
    return code


def run(argv: list[str]) -> int:
    """One run of the tool; never raises but for bugs under --debug."""
    signal.signal(signal.SIGTERM, _terminate)
    _any_terminal_encoding()
    try:
        return _answered(argv)
    except BrokenPipeError:
        return Exit.CLOSED_PIPE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Terminated:
        return Exit.TERMINATED
    except OSError as error:
        return _told(f"cannot write: {error.strerror or error}", Exit.FAILURE)


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated


def _any_terminal_encoding() -> None:
    """What a terminal cannot show becomes an escape, never an exception."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None or not hasattr(stream, "reconfigure"):
            continue
        piped_utf8 = not stream.isatty() and not os.environ.get("PYTHONIOENCODING")
        encoding = "utf-8" if piped_utf8 and stream.encoding.lower() == "ascii" else None
        stream.reconfigure(errors="backslashreplace", encoding=encoding)


def _answered(argv: list[str]) -> int:
    if sys.stdout is None:
        raise OSError(9, "standard output is closed")
    from advisories.cli.plain import answer

    code = answer(argv)
    if code is None:
        from advisories.cli.app import invoke

        code = invoke(argv)
    sys.stdout.flush()
    return code


def _told(text: str, code: Exit) -> int:
    if sys.stderr is not None:
        print(f"advisories: {text}", file=sys.stderr)
    return code


def _leave(code: int) -> None:
    """Leave without a second complaint about a stream that is already broken."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or Exit.FAILURE
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
