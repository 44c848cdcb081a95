"""What is missing from a list, and what that may mean: at first, nothing.

"No longer listed" is a change of its own (never "lifted", never a level), and needs a source that
lists everything, sound whole answers, few absences at once (10 % or 3), and three such answers over
at least 24 hours. When more vanish, the list is flagged until a person says that it is right.
"""

import json
from datetime import timedelta

from advisories.model import Advice
from advisories.pipeline.reading import Body
from advisories.store import Connection
from advisories.store import items as shelf
from advisories.store.items import Seen
from advisories.store.levels import Change, add_change, latest_advice, set_standing
from advisories.times import from_iso, iso

FEW, FEW_SHARE = 3, 0.10
LOOKS, LASTING = 3, timedelta(hours=24)

Before = shelf.Last | None


def check(conn: Connection, seen: Seen, body: Body, before: Before) -> tuple[str, str]:
    """(state, problem) of a body, after dealing with what is absent from it."""
    if body.problem:
        return "partial", body.problem
    if not seen.source.whole_list or not _is_list(seen):
        return _shrunk(len(body.items), before)
    held = shelf.listed(conn, seen.source.id)
    here = {i.key for i in body.items}
    gone = [k for k in held if k not in here]
    if len(gone) > max(FEW, FEW_SHARE * len(held)) and not _person_agrees(conn, seen, held, gone):
        since = _flag(conn, seen, held, gone)
        return "partial", f"{len(here)} of {len(held)} items; {len(gone)} missing since {since}"
    _absent(conn, seen, held, gone)
    _returned(conn, seen, held, here)
    return "ok", ""


def _is_list(seen: Seen) -> bool:
    return seen.doc in (seen.source.url, *seen.source.alternates)


def _shrunk(now: int, before: Before) -> tuple[str, str]:
    """An advisory answer of several documents or a plain feed: a fall is only told."""
    if before and now < 0.9 * before[0] and now == 0:
        return "partial", f"0 of {before[0]} items"
    return "ok", ""


Held = dict[str, tuple[int, int, str | None]]


def _flag(conn: Connection, seen: Seen, held: Held, gone: list[str]) -> str:
    """Remember since when a large part is missing; no absence is counted."""
    old = [since for k in gone if (since := held[k][2])]
    since = min(old, default=iso(seen.at))
    rows = [(0, held[k][2] or since, 1, held[k][0]) for k in gone]
    shelf.set_absence(conn, rows)
    return since


def _person_agrees(conn: Connection, seen: Seen, held: Held, gone: list[str]) -> bool:
    since = min((s for k in gone if (s := held[k][2])), default=None)
    return since is not None and shelf.smaller_is_right(conn, seen.source.id, since)


def _absent(conn: Connection, seen: Seen, held: Held, gone: list[str]) -> None:
    rows = []
    for key in gone:
        number, misses, since = held[key]
        since = since or iso(seen.at)
        lasting = seen.at - from_iso(since) >= LASTING
        still = not (misses + 1 >= LOOKS and lasting)
        rows.append((misses + 1, since, int(still), number))
        if not still:
            _tell(conn, seen, number, "unlisted")
    shelf.set_absence(conn, rows)


def _returned(conn: Connection, seen: Seen, held: Held, here: set[str]) -> None:
    back = [held[k][0] for k in here if k in held and held[k][2]]
    shelf.set_absence(conn, [(0, None, 1, number) for number in back])
    unlisted = {k: r for k, r in shelf.items(conn, seen.source.id, sorted(here)).items()
                if not r.listed}  # fmt: skip
    shelf.set_absence(conn, [(0, None, 1, r.id) for r in unlisted.values()])
    for row in unlisted.values():
        _tell(conn, seen, row.id, "relisted")


def still(conn: Connection, seen: Seen) -> None:
    """The same list once more: what was absent is absent again."""
    if not seen.source.whole_list or not _is_list(seen):
        return
    held = shelf.listed(conn, seen.source.id)
    gone = [k for k, (_, misses, since) in held.items() if since and misses]
    if gone:
        _absent(conn, seen, held, gone)


def _tell(conn: Connection, seen: Seen, item: int, kind: str) -> None:
    row = latest_advice(conn, item)
    issuer, destination = seen.source.issuer, row["destination"]
    if not issuer or not isinstance(destination, str):
        return
    level, regional = _whole(row["level"]), _whole(row["regional_max"])
    published = from_iso(str(row["published"])) if row["published"] else None
    observation = int(str(row["id"]))
    change = Change(issuer, destination, kind, (level, level), (regional, regional), published,
                    True, observation)  # fmt: skip
    add_change(conn, seen, change)
    advice = Advice(
        issuer, destination, level, regional, tuple(json.loads(str(row["reasons"]))),
        str(row["level_text"]), str(row["unknown"]),
    )  # fmt: skip
    set_standing(conn, seen, advice, observation, published, listed=kind == "relisted")


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
