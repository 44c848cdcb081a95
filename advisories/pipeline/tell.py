"""Events of an observation into the store, as witnesses of stories."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from advisories import coding as coder
from advisories.analysis import stories
from advisories.model import Advice, Coding, Event, Item, Source
from advisories.store import Connection
from advisories.store import events as shelf
from advisories.store.events import Told
from advisories.store.items import Seen
from advisories.times import iso

AN_ACT = frozenset({"first", "raised", "lowered", "regional", "reasons"})
"""Changes that make an advisory an event; an edit of its text is none."""

_SECOND_LEVEL = frozenset("co com gov go gob gouv ac org net or ne edu".split())


def tell(
    conn: Connection, seen: Seen, item: Item, where: tuple[int, int], coding: Coding,
    kind: str, advices: Sequence[Advice],
) -> None:  # fmt: skip
    """Store the events of an observation; `where` is (observation, item).

    An edited item adds only acts that it did not have before.
    """
    observation, number = where
    events = _events(seen.source, item, coding, kind, advices)
    if not events:
        return
    dated = "published" if item.published else "seen"
    structured = seen.source.kind == "advisory" and not seen.source.prose
    said = item_kind(seen.source, bool(advices))
    told = Told(
        observation, number, iso(item.published or seen.at), dated, outlet(seen.source), said
    )
    old = set() if structured else shelf.known_acts(conn, number)
    for event in events:
        if (event.actor, event.target, event.act, event.severity) not in old:
            _witness(conn, seen, event, told, item)


def item_kind(source: Source, advises: bool) -> str:
    """advisory, official or news; a ministry's statement is an advisory if it advises."""
    if source.prose:
        return "advisory" if advises else "official"
    return source.kind


def _events(
    source: Source, item: Item, coding: Coding, kind: str, advices: Sequence[Advice]
) -> list[Event]:
    own = _own_advice(source, item, kind)
    acts = [coder.advice_event(a) for a in (*advices, *own)]
    covered = {(a.actor, a.target) for a in acts}
    rest = [
        e for e in coding.events
        if not (e.act.startswith("ADVISE") and (e.actor, e.target) in covered)
    ]  # fmt: skip
    return [e for e in (*acts, *rest) if e.actor != e.target]


def _own_advice(source: Source, item: Item, kind: str) -> Iterable[Advice]:
    """A structured advisory as advice, when its state is an act."""
    if source.kind != "advisory" or source.prose or kind not in AN_ACT:
        return ()
    if not (source.issuer and item.destination and item.level):
        return ()
    return (
        Advice(source.issuer, item.destination, item.level, item.regional_max, item.reasons,
               item.level_text),
    )  # fmt: skip


def _witness(conn: Connection, seen: Seen, event: Event, told: Told, item: Item) -> None:
    day = date.fromisoformat(told.date[:10])
    lang = item.lang or seen.source.lang
    report = stories.Report(stories.folded(item.title), lang, event.act, day)
    near = shelf.stories_near(conn, event, stories.days_around(day))
    story = stories.match(report, near) if near else None
    if story is None:
        story = shelf.add_story(conn, event, told.date[:10], report.title, lang)
    shelf.add_event(conn, seen, event, told, story, coder.VERSION)


def outlet(source: Source) -> str:
    """Whose feed it is: the site's own name, so that two feeds of one outlet are one witness."""
    if source.issuer:
        return source.issuer
    parts = (urlsplit(source.url).hostname or source.id).split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-keep:])
