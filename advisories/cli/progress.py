"""Progress on stderr, only on a terminal, only for work that takes a while."""

from types import TracebackType

from advisories.cli.context import Session


class Progress:
    """A line that is rewritten in place and wiped at the end; silent off a terminal."""

    def __init__(self, session: Session, what: str, every: int = 1) -> None:
        self._out = session.stderr if session.live else None
        self._what, self._every, self._wide = what, every, 0

    def __call__(self, n: int, of: int | None = None) -> None:
        """Tell that `n` are done."""
        if self._out is None or n % self._every:
            return
        text = f"{self._what} {n}" + (f" of {of}" if of else "")
        self._out.write(f"\r{text:<{self._wide}}")
        self._wide = max(self._wide, len(text))
        self._out.flush()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._out is not None and self._wide:
            self._out.write("\r" + " " * self._wide + "\r")
            self._out.flush()
