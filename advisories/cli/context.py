"""What every command is handed: settings, streams, format, clock. No command reads sys itself."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from advisories.config import Config, load
from advisories.errors import UsageError
from advisories.text import show

FORMATS = ("json", "ndjson", "csv", "tsv")


@dataclass(slots=True)
class Session:
    """One run of the tool. `format` None: a terminal's own form, or TSV in a pipe."""

    config: Config
    format: str | None = None
    demo: bool = False
    verbose: bool = False
    quiet: bool = False
    csv_raw: bool = False
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: datetime | None = None

    @property
    def now(self) -> datetime:
        """The current instant; a test, or ADVISORIES_NOW, may set it."""
        if self.clock:
            return self.clock
        told = self.env.get("ADVISORIES_NOW")
        return datetime.fromisoformat(told.replace("Z", "+00:00")) if told else _now()

    @property
    def db(self) -> Path:
        """The store in use."""
        return self.config.db

    def say(self, *lines: str) -> None:
        """Messages for a person, on stderr, unless --quiet."""
        if not self.quiet:
            self.warn(*lines)

    def warn(self, *lines: str) -> None:
        """Messages that --quiet does not silence."""
        for line in lines:
            print(show(line), file=self.stderr)

    @property
    def live(self) -> bool:
        """Whether progress may be drawn: only on a terminal."""
        return not self.quiet and self.stderr.isatty()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock


def session(
    *, db: str | None, demo: bool, config: str | None, verbose: bool, quiet: bool,
    formats: Iterable[str],
) -> Session:  # fmt: skip
    """The session that the global options ask for.

    Raises:
        UsageError: two formats at once, or --demo with --db.
        ConfigError: the configuration is broken.
    """
    chosen = list(dict.fromkeys(formats))
    if len(chosen) > 1:
        raise UsageError(f"--{chosen[0]} and --{chosen[1]} cannot both be; choose one")
    if demo and db:
        raise UsageError("--demo is a store of its own; leave out --db")
    path = Path(config).expanduser() if config else None
    settings = load(path, os.environ, db=Path(db) if db else None)
    clock = None
    if demo:
        settings, clock = _demo(settings)
    return Session(settings, chosen[0] if chosen else None, demo, verbose, quiet, clock=clock)


def _demo(settings: Config) -> tuple[Config, datetime]:
    """The settings with the demo store in place of the user's, and the demo's clock."""
    from advisories.cli import demostore

    return replace(settings, db=demostore.ensure(os.environ)), demostore.CLOCK
