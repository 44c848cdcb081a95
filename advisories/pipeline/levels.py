"""Standing levels: what a new state of an advisory changes for its issuer and destination."""

from collections.abc import Sequence

from advisories.analysis.judge import Known, change_kind, confirmed
from advisories.model import Advice, Item
from advisories.store import Connection
from advisories.store.items import Seen
from advisories.store.levels import (
    Change,
    Standing,
    add_change,
    redate_standing,
    set_standing,
    standing,
)


def settle(
    conn: Connection, seen: Seen, item: Item, observation: int | None,
    known: Known | None, advices: Sequence[Advice] = (),
) -> str:  # fmt: skip
    """Bring the standing levels up to date; the kind of change, "" if there is none.

    `observation` is None for a move of the date alone. `advices` are those read out of prose; a
    structured advisory gives its own.
    """
    issuer = seen.source.issuer
    if advices:
        for advice in advices:
            _prose(conn, seen, item, advice, observation or 0)
        return "first"
    if not issuer or not item.destination or seen.source.kind != "advisory" or seen.source.prose:
        return ""
    if observation is None:
        return _reissued(conn, seen, item, issuer)
    return _structured(conn, seen, item, issuer, observation, known)


def _reissued(conn: Connection, seen: Seen, item: Item, issuer: str) -> str:
    held = standing(conn, issuer, item.destination or "")
    if held is None or held.source != seen.source.id:
        return ""
    same = (held.level, held.level), (held.regional_max, held.regional_max)
    add_change(conn, seen, _change(item, issuer, "reissued", same, held.observation, True))
    redate_standing(conn, issuer, item.destination or "", item.published)
    return "reissued"


def _change(
    item: Item, issuer: str, kind: str,
    moved: tuple[tuple[int | None, int | None], tuple[int | None, int | None]],
    observation: int, sure: bool,
) -> Change:  # fmt: skip
    return Change(issuer, item.destination or "", kind, *moved, item.published, sure, observation)


def _structured(
    conn: Connection, seen: Seen, item: Item, issuer: str, observation: int,
    known: Known | None,
) -> str:  # fmt: skip
    destination = item.destination or ""
    held = standing(conn, issuer, destination)
    if held and held.source != seen.source.id and _not_newer(item, held):
        return ""
    before = _known(held, known)
    advice = Advice(
        issuer, destination, item.level, item.regional_max, item.reasons, item.level_text,
        item.unknown,
    )  # fmt: skip
    set_standing(conn, seen, advice, observation, item.published)
    if item.level is None and (before is None or before.level is None):
        return ""
    kind = change_kind(before, item)
    add_change(conn, seen, _change(item, issuer, kind, _moved(before, item),
                                   observation, confirmed(kind, before, item)))  # fmt: skip
    reasons_moved = bool(held) and set(item.reasons) != set(_reasons(held))
    return "reasons" if kind == "text" and reasons_moved else kind


def _reasons(held: Standing | None) -> list[str]:
    import json

    return list(json.loads(held.reasons)) if held else []


def _not_newer(item: Item, held: Standing) -> bool:
    return not (item.published and held.published and item.published > held.published)


def _known(held: Standing | None, known: Known | None) -> Known | None:
    """The issuer's standing state; its date is the newest that this item's source gave."""
    if held is None:
        return None
    dates = [d for d in (held.published, known.published if known else None) if d]
    return Known(held.digest, held.level, held.regional_max, max(dates, default=None))


def _moved(
    before: Known | None, item: Item
) -> tuple[tuple[int | None, int | None], tuple[int | None, int | None]]:
    level = before.level if before else None
    regional = before.regional_max if before else None
    return (level, item.level), (regional, item.regional_max)


def _prose(conn: Connection, seen: Seen, item: Item, advice: Advice, observation: int) -> None:
    """Advice read out of a statement: the newest statement stands; an older one changes nothing."""
    held = standing(conn, advice.issuer, advice.destination)
    when = item.published or seen.at
    if held and held.published and when < held.published:
        return
    before = _known(held, None)
    told = Item(
        item.key, item.title, published=when, destination=advice.destination, level=advice.level,
        regional_max=advice.regional_max, reasons=advice.reasons,
    )  # fmt: skip
    same = before is not None and (before.level, before.regional_max) == (
        advice.level,
        advice.regional_max,
    )
    kind = "reissued" if same else change_kind(before, told)
    set_standing(conn, seen, advice, observation, when)
    sure = kind == "reissued" or confirmed(kind, before, told)
    add_change(
        conn, seen, _change(told, advice.issuer, kind, _moved(before, told), observation, sure)
    )
