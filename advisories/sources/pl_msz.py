"""Poland: the foreign ministry's Odyseusz, a JSON list of countries with a code of risk each.

The code is the country's own baseline; warnings of regions are kept apart from it there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places, times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _json
from advisories.sources._items import advice
from advisories.sources._names import where

SITE = "https://odyseusz.gov.pl/"
SCALE = (
    Step("ZACHOWAJ_ZWYKLA_OSTROZNOSC", 1, "usual caution"),
    Step("ZACHOWAJ_SZCZEGOLNA_OSTROZNOSC", 2, "special caution"),
    Step("MSZ_ODRADZA_PODROZE_KTORE_NIE_SA_KONIECZNE", 3, "not without need"),
    Step("MSZ_ODRADZA_WSZELKIE_PODROZE", 4, "against all journeys"),
)
LEVELS = {step.words: step.level for step in SCALE}


def parse(body: bytes, url: str) -> Iterator[Item]:
    """One item for each country."""
    value, damage = _json.load(body, rows=1)
    rows = [row for row in _json.mappings(value) if "kodIso" in row]
    if not rows:
        raise ParseError(f"no list of countries{_json.error_text(value)}")
    for row in rows:
        yield from _row(row)
    if damage:
        raise Damaged(damage)


def _row(row: Mapping[str, Any]) -> Iterator[Item]:
    iso, name = _json.string(row, "kodIso").upper(), _json.string(row, "nazwa")
    code = _json.string(row, "bazowyKodPoziomuZagrozenia")
    yield from advice(where(name, "pl", code=iso if places.is_code(iso) else None, sure=True), Item(
        key="",
        title=f"{name or iso} - {code}",
        url=f"{SITE}{iso}",
        published=times.parse_date(_json.string(row, "dataZatwierdzenia"),
                                   default_zone="Europe/Warsaw"),
        lang="pl",
        level=LEVELS.get(code),
        level_text=code,
        unknown="" if code in LEVELS else f"no code of its scale: {code[:60] or 'none'}",
    ))  # fmt: skip


SOURCE = Source(
    id="pl-msz",
    name="Ministerstwo Spraw Zagranicznych, Odyseusz",
    kind="advisory",
    url=SITE + "api/v1/informacje/profile-panstw",
    lang="pl",
    country="PL",
    issuer="PL",
    parse=parse,
    whole_list=True,
    floor=150,
    hours=24,
    status="unproven",
    status_date="2026-09",
    status_note="the form is that of a program which read it in September 2026",
    attribution="Ministerstwo Spraw Zagranicznych RP, Odyseusz",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="Levels of regions stand only in the countries' own documents, which are not asked.",
    facts=(("AF", 4), ("RU", 4), ("UA", 4)),
)
