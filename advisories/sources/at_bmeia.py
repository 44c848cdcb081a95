"""Austria: the foreign ministry's map of security levels, a JSON object inside a page."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisories import places
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json
from advisories.sources._bytes import decode
from advisories.sources._items import advice, part_above
from advisories.sources._links import absolute
from advisories.sources._names import where
from advisories.text import clean

PAGE = "https://www.bmeia.gv.at/reise-services/reisewarnungen"
SCALE = (
    Step("Sicherheitsstufe 1", 1, "good standard of security"),
    Step("Sicherheitsstufe 2", 2, "a risk to security"),
    Step("Sicherheitsstufe 3", 3, "a high risk: against journeys that are not necessary"),
    Step("Sicherheitsstufe 4", 4, "a travel warning, its highest"),
)
_START = re.compile(r"\bbmeiaCountrySecurityInfos\s*=\s*(?=\{)")


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The entries of the object; its key "0" is no country."""
    text = decode(body)
    start = _START.search(text)
    if not start:
        kind = "page" if _html.is_markup(body) else "body"
        raise ParseError(f"a {kind} without the countries' object: {clean(text[:40])!r}")
    # The object ends where its braces do; what follows it is the page's.
    value, damage = _json.load(text[start.end() :].encode("utf-8", "replace"), rows=1)
    for key, row in value.items():
        if key != "0":
            yield from _row(key, row)
    if damage.startswith("JSON"):
        raise Damaged(damage)


def _row(key: str, row: Any) -> Iterator[Item]:
    code = key.upper() if places.is_code(key.upper()) else None
    if not isinstance(row, Mapping):
        item = Item(key="", title=key, unknown="the row is no object")
        yield from advice(where("", code=code, sure=True), item)
        return
    name = _json.string(row, "title")
    stage = _json.number(row.get("security"))
    level, worst, unknown = _levels(stage, row.get("securityPartial"))
    yield from advice(where(name, "de", code=code, sure=True), Item(
        key="",
        title=f"{name or key} - Sicherheitsstufe {stage or '?'}",
        url=absolute(PAGE, _json.string(row, "link")),
        lang="de",
        level=level,
        regional_max=part_above(level, worst),
        level_text=f"Sicherheitsstufe {stage}" if stage else "",
        unknown=unknown,
    ))  # fmt: skip


def _levels(stage: int | None, partial: Any) -> tuple[int | None, int | None, str]:
    """(level, worst part, why unknown): a partial stage is that of the worst part only."""
    part = _json.number(partial) if not isinstance(partial, bool) else int(partial)
    if stage not in (1, 2, 3, 4):
        return None, None, f"no stage of its scale: {stage}"
    if not part:
        return stage, None, ""
    return (min(stage, 2), stage, "") if part == 1 else (stage, part if part <= 4 else None, "")


SOURCE = Source(
    id="at-bmeia",
    name="BMEIA Österreich, Reisewarnungen",
    kind="advisory",
    url=PAGE,
    alternates=(PAGE + "/",),
    lang="de",
    country="AT",
    issuer="AT",
    parse=parse,
    whole_list=True,
    floor=150,
    hours=24,
    status="unproven",
    status_date="2026-10",
    status_note="blocks addresses of data centres; the form is that of programs which read it",
    attribution="Bundesministerium für europäische und internationale Angelegenheiten",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="A stage marked as partial is that of the worst part: 2 for the country then.",
    facts=(("AF", 4), ("SY", 4), ("UA", 4)),
)
