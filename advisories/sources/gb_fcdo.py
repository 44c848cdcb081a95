"""United Kingdom: the Foreign Office's travel advice from GOV.UK's content API.

An index without levels, and a page for each destination with `alert_status`. That field knows only
"advises against"; an empty one is level 1 here, derived. "To parts" may hide that all the rest of
the country is warned of as well (Ukraine), so the first part's text is asked before it is believed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisories import times
from advisories.errors import Damaged, ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _html, _json, _prose
from advisories.sources._items import advice, part_above
from advisories.sources._names import where
from advisories.text import plain

API = "https://www.gov.uk/api/content/foreign-travel-advice"
SCALE = (
    Step("(no alert)", 1, "derived: an empty alert_status advises against nothing; the issuer has "
         "no words for level 1 or 2"),
    Step("avoid_all_but_essential_travel_to_parts", 2,
         "parts only: 2 for the country, 3 as its regional maximum"),
    Step("avoid_all_travel_to_parts", 2, "parts only: 2 for the country, 4 as its regional "
         "maximum"),
    Step("avoid_all_but_essential_travel_to_whole_country", 3, "not without need"),
    Step("avoid_all_travel_to_whole_country", 4, "its highest"),
)  # fmt: skip
WHOLE = {SCALE[3].words: 3, SCALE[4].words: 4}
PARTS = {SCALE[1].words: 3, SCALE[2].words: 4}
# What a name means in this issuer's list, where others mean either of two.
NAMES = {"congo": "CG"}
PROSE = (
    Step("against all but essential travel", 3),
    Step("against all travel", 4),
)


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The index's entries (listings), or one destination's page."""
    value, damage = _json.load(body, rows=3)
    children = _json.at(value, "links", "children")
    details = _json.at(value, "details")
    if isinstance(children, list) and children:
        for child in _json.mappings(children):
            yield from _entry(child)
    elif isinstance(details, Mapping) and isinstance(details.get("country"), Mapping):
        _json.refuse_cut(damage)
        yield from _page(value, details)
    else:
        raise ParseError(f"neither the index nor a destination{_json.error_text(value)}")
    if damage:
        raise Damaged(damage)


def _entry(child: Mapping[str, Any]) -> Iterator[Item]:
    name = _name(child)
    item = Item(
        key="",
        title=_json.string(child, "title") or name,
        url=_json.string(child, "web_url"),
        summary=_json.string(child, "details", "change_description"),
        published=times.parse_date(_json.string(child, "public_updated_at")),
        lang="en",
        listing=True,
    )
    yield from advice(where(name, code=NAMES.get(name.lower())), item)


def _name(row: Mapping[str, Any]) -> str:
    title = _json.string(row, "title").removesuffix(" travel advice")
    return _json.string(row, "details", "country", "name") or title


def _page(value: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[Item]:
    name, text = _name(value), _first_part(details)
    place = where(name, code=NAMES.get(name.lower()))
    level, worst, words, unknown, flags = _level(details.get("alert_status"), name, text)
    yield from advice(place, Item(
        key="",
        title=_json.string(value, "title") or name,
        url=f"https://www.gov.uk{_json.string(value, 'base_path')}",
        summary=" ".join(text.split()),
        published=times.parse_date(
            _json.string(value, "public_updated_at") or _json.string(details, "updated_at")
        ),
        lang="en",
        level=level,
        regional_max=part_above(level, worst),
        level_text=words,
        unknown=unknown,
        flags=flags,
    ))  # fmt: skip


Verdict = tuple[int | None, int | None, str, str, tuple[str, ...]]


def _level(status: Any, name: str, text: str) -> Verdict:
    """(level, worst part, the issuer's words, why unknown, flags) of an alert_status."""
    if not isinstance(status, list) or not all(isinstance(s, str) for s in status):
        return None, None, "", "no alert_status", ()
    words = ",".join(status)
    odd = [s for s in status if s not in WHOLE and s not in PARTS]
    if odd:
        return None, None, words, f"no words of its scale: {odd[0][:60]}", ()
    worst = max((PARTS[s] for s in status if s in PARTS), default=None)
    whole = max((WHOLE[s] for s in status if s in WHOLE), default=None)
    if whole or not worst:
        return whole or 1, worst, words or SCALE[0].words, "", ()
    rest = _prose.read(text, PROSE, "en", (name,)).rest
    if rest:
        return rest.level, worst, words, "", ("from-text",)
    return 2, worst, words, "", ()


def _first_part(details: Mapping[str, Any]) -> str:
    """The text of the part with the warnings (the first); of an old page its summary."""
    parts: Sequence[Mapping[str, Any]] = list(_json.mappings(details.get("parts")))
    body = parts[0].get("body") if parts else details.get("summary")
    return _html.fragment(body).lines() if isinstance(body, str) else plain("")


def follow(body: bytes, url: str) -> Iterator[str]:
    """Each destination's page, stamped with the index's date of its last update."""
    for child in _json.mappings(_json.at(_json.load(body, rows=3)[0], "links", "children")):
        link, stamp = _json.string(child, "api_url"), _json.string(child, "public_updated_at")
        if link.startswith(API):
            yield f"{link}#{stamp}"


SOURCE = Source(
    id="gb-fcdo",
    name="UK Foreign, Commonwealth & Development Office, Foreign travel advice",
    kind="advisory",
    url=API,
    pages=(API + "/",),
    lang="en",
    country="GB",
    issuer="GB",
    parse=parse,
    follow=follow,
    whole_list=True,
    floor=200,
    hours=12,
    status_date="2026-10",
    licence="Open Government Licence v3.0",
    attribution="Contains public sector information licensed under the Open Government Licence "
    "v3.0",
    outlet="ministry",
    tier=1,
    sets=("core", "official"),
    scale=SCALE,
    scale_note='Parts only gives 2, unless the text warns of "all other regions" or "the rest" '
    "too: then that is the country's level.",
    facts=(("AF", 4), ("BY", 4), ("SY", 4)),
)
