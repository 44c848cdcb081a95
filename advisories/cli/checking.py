"""The live check of sources: "the site is down" and "our reader is stale" are two answers."""

import os
from collections.abc import Mapping
from typing import Any

from advisories.cli.context import Session
from advisories.errors import ParseError
from advisories.model import Document, Item, Source

LEAST_YIELD = 0.95


def check_all(
    session: Session, chosen: Mapping[str, Source], deadline: float
) -> list[dict[str, Any]]:
    """Ask each source and judge what comes; one row each, in the order of the ids."""
    from advisories.cli.progress import Progress
    from advisories.fetching import Limits, Request, fetch

    rows = []
    with Progress(session, "source") as progress:
        outcomes = fetch(
            [Request(s) for s in chosen.values()],
            clock=lambda: session.now,
            limits=Limits(seconds=deadline, source_documents=5),
            contact=session.config.contact,
            environ=os.environ,
        )
        for n, outcome in enumerate(outcomes, 1):
            progress(n, len(chosen))
            source = chosen[outcome.source_id]
            if outcome.documents:
                rows.append(judge(source, outcome.documents))
            else:
                why = str(outcome.failures[0]) if outcome.failures else "no answer"
                rows.append(_row(source, "unavailable", reason=why))
    return sorted(rows, key=lambda r: r["id"])


def judge(source: Source, documents: tuple[Document, ...]) -> dict[str, Any]:
    """Whether the answers are in the form, and hold what this source is known to hold."""
    from advisories.pipeline.reading import read_all

    items: list[Item] = []
    problem = ""
    for document in documents:
        try:
            found, damage = read_all(source, document)
        except ParseError as error:
            return _row(source, "format", reason=str(error))
        items += found
        problem = problem or damage
    return _judged(source, items, problem)


def _judged(source: Source, items: list[Item], problem: str) -> dict[str, Any]:
    told = [i for i in items if not i.listing]
    levels = sum(1 for i in told if i.level is not None)
    share = levels / len(told) if told else None
    missing = [f"{d} below {n}" for d, n in source.facts if not _holds(items, d, n)]
    counts = {"items": len(items), "levels": levels, "yield": share and round(share, 3)}
    facts = f"{len(source.facts) - len(missing)} of {len(source.facts)}" if source.facts else None
    reason = problem or _reason(source, items, share, missing)
    return _row(source, "format" if reason else "ok", reason=reason, facts=facts, **counts)


def _reason(source: Source, items: list[Item], share: float | None, missing: list[str]) -> str:
    if len(items) < source.floor:
        return f"{len(items)} items, expected at least {source.floor}"
    if source.kind == "advisory" and not source.prose and share is not None and share < LEAST_YIELD:
        return f"levels read for {share:.0%} of {len(items)} items"
    if missing and len(missing) == len(source.facts):
        return f"none of the known facts holds: {', '.join(missing)}"
    return ""


def _holds(items: list[Item], destination: str, least: int) -> bool:
    return any(
        i.destination == destination and max(i.level or 0, i.regional_max or 0) >= least
        for i in items
    )


def _row(source: Source, state: str, *, reason: str = "", **counts: Any) -> dict[str, Any]:
    empty = {"items": None, "levels": None, "yield": None, "facts": None}
    return {"id": source.id, "state": state, **empty, **counts, "reason": reason or None}
