"""An example issuer: Malta, as if it published a JSON list of countries with a colour each."""

from collections.abc import Iterator

from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import kit
from advisories.times import parse_date

SCALE = (
    Step("white", 1, "no particular risk"),
    Step("yellow", 2, "take care"),
    Step("orange", 3, "only journeys that are necessary"),
    Step("black", 4, "do not travel"),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each destination of a row."""
    value, damage = kit.load(body, rows=1)
    rows = [row for row in kit.mappings(value) if "country" in row]
    if not rows:
        raise ParseError("no list of countries")
    for row in rows:
        name, colour = kit.string(row, "country"), kit.string(row, "colour")
        found = kit.step(SCALE, colour)
        item = Item(
            key="",  # made from the destination
            title=f"{name} - {colour}",
            url=kit.string(row, "page"),
            published=parse_date(kit.string(row, "changed"), default_zone="Europe/Malta"),
            lang="en",
            level=found.level if found else None,
            level_text=colour,
            unknown="" if found else f"no colour of its scale: {colour[:40]}",
        )
        yield from kit.advice(kit.where(name), item)
    if damage:
        raise Damaged(damage)


SOURCE = Source(
    id="mt-example",
    name="Malta, an example",
    kind="advisory",
    url="https://advice.example/countries.json",
    lang="en",
    country="MT",
    issuer="MT",
    parse=parse,
    whole_list=True,
    floor=2,
    status="unproven",
    status_date="2026-11",
    status_note="an example: nobody publishes this",
    attribution="nobody",
    scale=SCALE,
)
