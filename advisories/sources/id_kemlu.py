"""Indonesia: Safe Travel of the foreign ministry, a JSON list with a colour for each country."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json
from advisories.sources._items import advice
from advisories.sources._names import where
from advisories.sources._scale import step

SITE = "https://safetravel.kemlu.go.id/"
SCALE = (
    Step("hijau | green | aman", 1, "green: safe"),
    Step("kuning | yellow | waspada", 2, "yellow: be alert"),
    Step("oranye | jingga | orange | siaga", 3, "orange: not without need"),
    Step("merah | red | bahaya | awas", 4, "red: dangerous"),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each country of the list (or of its `data`)."""
    value, damage = _json.load(body, rows=1)
    if isinstance(value, Mapping):
        value = value.get("data")
    rows = [row for row in _json.mappings(value) if "country_name" in row]
    if not rows:
        raise ParseError(f"no list of countries{_json.error_text(value)}")
    for row in rows:
        yield from _row(row)
    if damage:
        raise Damaged(damage)


def _row(row: Mapping[str, Any]) -> Iterator[Item]:
    name, colour = _json.string(row, "country_name"), _json.string(row, "country_indicator")
    found = step(SCALE, colour)
    id = _json.string(row, "id") or _json.string(row, "uuid")
    yield from advice(where(name, "id"), Item(
        key="",
        title=f"{name} - {colour}",
        url=f"{SITE}country-info/{id}" if id else SITE + "country-info",
        lang="id",
        level=found.level if found else None,
        level_text=colour,
        unknown="" if found else f"no colour of its scale: {colour[:40] or 'none'}",
    ))  # fmt: skip


SOURCE = Source(
    id="id-kemlu",
    name="Kementerian Luar Negeri RI, Safe Travel",
    kind="advisory",
    url=SITE + "api/country-info",
    lang="id",
    country="ID",
    issuer="ID",
    parse=parse,
    whole_list=True,
    floor=100,
    hours=48,
    status="unproven",
    status_date="2026-10",
    status_note="the form is that of a program which read it; its certificate chain was incomplete "
    "(see `ca_file`)",
    attribution="Kementerian Luar Negeri Republik Indonesia",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
)
