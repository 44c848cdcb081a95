"""`advisories fetch`: ask the sources, store what came, one line a source."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisories.cli.context import Session
from advisories.errors import UsageError
from advisories.exits import Exit
from advisories.model import Source
from advisories.text import count

if TYPE_CHECKING:
    from advisories.fetching import Outcome, Request
    from advisories.pipeline.sync import Fetched
    from advisories.store import Connection

FIELDS = ("source", "state", "items", "new", "changed", "documents", "reason")
KINDS = ("advisory", "official", "news")


def fetch(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="By id.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only advisory, official or news.")] = None,
    set_: Annotated[
        str | None, typer.Option("--set", help="core, wires, official, all, or a country's code.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=32, help="Connections at once.")] = 32,
    deadline: Annotated[float, typer.Option(min=0.5, help="Seconds for one document.")] = 30.0,
    force: Annotated[
        bool, typer.Option("--force", help="Ask in full, even if asked to wait.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE.warc.gz", help="Keep what came as a recording.")
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FILE.toml", help="Sources of your own.")
    ] = None,
) -> int:
    """Ask the sources (those that are due, or those named) and store what they say."""
    from advisories.cli.choosing import choose
    from advisories.cli.finding import everything
    from advisories.cli.printing import form_of, put

    session: Session = ctx.obj
    if session.demo:
        raise UsageError("--demo is a fixed recording; fetch needs a store of your own")
    if kind is not None and kind not in KINDS:
        raise UsageError(f"--kind must be one of {', '.join(KINDS)}, not {kind!r}")
    known = everything(session, sources)
    chosen = choose(known, names or (), kind, set_ or session.config.fetch_set, session, sources)
    job = Job(session, chosen, bool(names), jobs, deadline, force, record)
    results = sorted(job.run(), key=lambda r: r.source.id)
    if not (no_network(results) and form_of(session) is None):
        put(session, [row(r) for r in results], FIELDS)
    return verdict(session, results)


class Job:
    """One run of fetch over the chosen sources."""

    def __init__(
        self, session: Session, chosen: Mapping[str, Source], named: bool, jobs: int,
        deadline: float, force: bool, record: Path | None,
    ) -> None:  # fmt: skip
        self.session, self.chosen, self.named = session, chosen, named
        self.jobs, self.deadline, self.force, self.record = jobs, deadline, force, record

    def run(self) -> Iterator["Fetched"]:
        """Ask all, and store each one's outcome as soon as it is there."""
        from advisories.cli.progress import Progress
        from advisories.fetching import Recorder
        from advisories.pipeline.sync import store
        from advisories.store import writable

        with ExitStack() as stack:
            conn = stack.enter_context(closing(writable(self.session.db)))
            recorder = stack.enter_context(Recorder(self.record)) if self.record else None
            progress = stack.enter_context(Progress(self.session, "source"))
            requests = list(self._requests(conn))
            for n, outcome in enumerate(self._outcomes(requests), 1):
                if recorder:
                    for document in outcome.documents:
                        recorder.add(document)
                now = self.session.now
                yield store(conn, self.chosen[outcome.source_id], outcome, now)
                progress(n, len(requests))

    def _requests(self, conn: "Connection") -> Iterator["Request"]:
        from advisories.pipeline.sync import request

        resting = 0
        for source in self.chosen.values():
            asked = request(conn, source, self.session.now, force=self.force, named=self.named)
            resting += asked is None
            if asked is not None:
                yield asked
        if resting:
            self.session.say(
                f"{count(resting, 'source is', 'sources are')} not due yet; --force asks anyway"
            )

    def _outcomes(self, requests: list["Request"]) -> Iterator["Outcome"]:
        import os

        from advisories.fetching import Limits
        from advisories.fetching import fetch as ask

        return ask(
            requests,
            clock=lambda: self.session.now,
            jobs=self.jobs,
            limits=Limits(seconds=self.deadline),
            contact=self.session.config.contact,
            environ=os.environ,
        )


def row(result: "Fetched") -> dict[str, Any]:
    """One source's line."""
    return {
        "source": result.source.id, "state": result.state, "items": result.items,
        "new": result.new, "changed": result.changed, "documents": result.documents,
        "reason": "; ".join(list(dict.fromkeys([*result.failures, *result.problems]))[:2]) or None,
    }  # fmt: skip


def verdict(session: Session, results: list["Fetched"]) -> Exit:
    """Tell what failed, and the exit code: 0, 3 (some failed), 4 (all)."""
    failed = [r for r in results if r.state == "failed"]
    if no_network(results):
        session.warn(
            f"no network: none of {len(failed)} sources could be reached; "
            "`advisories demo` shows the bundled data"
        )
        return Exit.ALL_FAILED
    for result in results:
        tell(session, result)
    if not failed:
        return Exit.DONE
    return Exit.ALL_FAILED if len(failed) == len(results) else Exit.SOME_FAILED


def no_network(results: list["Fetched"]) -> bool:
    """Whether several sources were asked, and not one could even be reached."""
    return len(results) > 2 and all(r.state == "failed" and _unreached(r) for r in results)


def _unreached(result: "Fetched") -> bool:
    words = ("no address for", "network is unreachable")
    return any(word in text.lower() for text in result.failures for word in words)


def tell(session: Session, result: "Fetched") -> None:
    """At most four lines on stderr of what a person should know of one source."""
    from advisories.times import iso

    name = result.source.id
    if result.not_before is not None:
        session.warn(f"{name}: not before {iso(result.not_before)} (the source asked to wait)")
    elif result.state == "failed":
        session.warn(f"{name}: failed: {result.failures[0] if result.failures else 'no answer'}")
    elif result.state == "partial":
        said = [*result.problems, *result.failures]
        session.warn(
            f"{name}: partial: {said[0]}" + (f" (and {len(said) - 1} more)" if said[1:] else "")
        )
    for notice in result.notices[:1]:
        session.warn(f"{name}: {notice}")
    for note in result.notes[:2]:
        session.warn(f"{name}: {note}" + _more(result.notes[2:], note is result.notes[:2][-1]))


def _more(rest: list[str], last: bool) -> str:
    return f" (and {len(rest)} more: `advisories status`)" if rest and last else ""
