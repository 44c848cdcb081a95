"""The rows that every reading command answers with: one TypedDict each, the source of the schemas.

A key's annotation carries its meaning (`advisories schema COMMAND` prints it). Keys are only added
within a major version; absent is None, never a missing key. Instants are UTC, "2024-12-11T09:30:00Z".
"""

from typing import Annotated, Any, TypedDict

Level = Annotated[int | None, "1..4, official: normal, increased caution, avoid, do not travel"]
Regional = Annotated[int | None, "1..4: the destination's worst part; null where none is named"]
Ref = Annotated[str, "names the state of the item that says so; `explain REF` shows its chain"]


class TimelineRow(TypedDict):
    """One story (or, with --all, one telling): who did what to whom."""

    ref: Ref
    date: Annotated[str, "when it happened: the source's date, else when it was first seen"]
    observed: Annotated[str, "when this store first saw it"]
    actor: Annotated[str, "ISO 3166-1 alpha-2, or EU, XN (NATO), XU (UN), XK (Kosovo)"]
    target: Annotated[str, "as actor"]
    kind: Annotated[str, "verbal_coop, material_coop, verbal_conflict or material_conflict"]
    act: Annotated[str, "CATEGORY.mode, such as SANCTION.expel"]
    severity: Annotated[int, "0 cooperative, 1 routine, 2 friction, 3 serious, 4 violence, rupture"]
    score: Annotated[float, "-10 (worst) .. +10 (best)"]
    confidence: Annotated[float, "0..1: how sure the reading of the text is"]
    title: Annotated[str, "the source's own words"]
    url: Annotated[str | None, "http or https, else null"]
    source: Annotated[str, "id of the source, see `sources list`"]
    dated: Annotated[str, "published: the source gave the date; seen: it gave none"]
    item_kind: Annotated[str, "advisory, official or news"]
    lang: Annotated[str | None, "language of the title"]
    level: Level
    regional_max: Regional
    change: Annotated[str | None, "of advice: first, raised, lowered or regional"]
    level_from: Annotated[int | None, "of advice: the level before"]
    witnesses: Annotated[int, "outlets that told the same story"]
    outlet_countries: Annotated[int, "countries of these outlets"]
    rule: Annotated[str, "the rule or features that decided"]


class LevelRow(TypedDict):
    """What one issuer says of one destination."""

    issuer: Annotated[str, "who warns"]
    destination: Annotated[str, "of where"]
    level: Level
    regional_max: Regional
    level_text: Annotated[str | None, "the issuer's own words"]
    reasons: Annotated[list[str], "crime, terrorism, unrest, armed-conflict, ..."]
    published: Annotated[str | None, "the issuer's own date"]
    observed: Annotated[str, "when this state was first seen"]
    age_days: Annotated[int, "whole days since it was published, or first seen"]
    stale: Annotated[bool, "no good answer of the source for three of its intervals"]
    ref: Ref
    unknown: Annotated[str | None, "why there is no level; or that it is the last known one"]
    listed: Annotated[bool, "false: the issuer no longer lists the destination"]
    checked: Annotated[str | None, "the source's last good answer"]
    title: Annotated[str, "as listed"]
    url: Annotated[str | None, "http or https, else null"]
    source: Annotated[str, "id of the source"]


ChangeRow = TypedDict(
    "ChangeRow",
    {
        "ref": Ref,
        "issuer": Annotated[str, "who warns"],
        "destination": Annotated[str | None, "of where; null for a row that sums up many"],
        "kind": Annotated[
            str, "first, raised, lowered, regional, text, reissued, unlisted or relisted"
        ],
        "from": Annotated[int | None, "the level before"],
        "to": Annotated[int | None, "the level after"],
        "regional_from": Annotated[int | None, "the worst part before"],
        "regional_to": Annotated[int | None, "the worst part after"],
        "published": Annotated[str | None, "the issuer's own date"],
        "observed": Annotated[str, "when it was first seen"],
        "title": Annotated[str, "as listed"],
        "url": Annotated[str | None, "http or https, else null"],
        "confirmed": Annotated[bool, "false: the level moved while the issuer's date did not"],
        "source": Annotated[str, "id of the source"],
        "bulk": Annotated[int, "how many of this kind the same answer brought, if 20 or more"],
    },
)
ChangeRow.__doc__ = "One change of an issuer's advice about a destination."


class SearchRow(TypedDict):
    """One item whose title or summary holds the words."""

    ref: Ref
    date: Annotated[str, "the source's date, else when it was first seen"]
    observed: Annotated[str, "when this store first saw it"]
    title: Annotated[str, "the source's own words"]
    snippet: Annotated[str, "the words around the hits, each hit between « and »"]
    countries: Annotated[list[str], "places that it names"]
    lang: Annotated[str | None, "its language"]
    url: Annotated[str | None, "http or https, else null"]
    source: Annotated[str, "id of the source"]
    item_kind: Annotated[str, "advisory, official or news"]


class StatusRow(TypedDict):
    """How one source does."""

    source: Annotated[str, "id of the source"]
    kind: Annotated[str, "advisory, official or news"]
    issuer: Annotated[str | None, "whose advice"]
    state: Annotated[
        str, "ok, partial, stale, unavailable (no answer), format (not readable), waiting, never"
    ]
    last_good: Annotated[str | None, "last good answer"]
    last_attempt: Annotated[str | None, "last try"]
    age_hours: Annotated[float | None, "hours since the last good answer"]
    interval_hours: Annotated[int, "the source's own rhythm"]
    items: Annotated[int | None, "items of the last answer that was read"]
    level_yield: Annotated[float | None, "share of destinations whose level was read"]
    error: Annotated[str | None, "why the last try failed"]
    notes: Annotated[list[str], "levels that a person should look at, by country"]
    not_before: Annotated[str | None, "the source asked not to be asked before"]


class Driver(TypedDict):
    """A story and what is left of its weight on a day."""

    ref: Ref
    date: str
    actor: str
    target: str
    act: str
    title: str
    left: Annotated[float, "weight left on the row's date"]


class Told(TypedDict):
    """A story of the row's period, as the index counts it."""

    ref: Ref
    date: str
    actor: str
    target: str
    forth: Annotated[bool, "in the direction in which the pair is written"]
    act: str
    severity: int
    score: float
    confidence: float
    political: Annotated[bool, "of advice: given for the other state's own conduct"]
    weight: Annotated[float, "what it adds on its day"]
    age: Annotated[float, "covered days between its day and the row's date"]


class TensionRow(TypedDict):
    """A pair's index on one day, or at the end of a week or month, with all that made it."""

    pair: Annotated[str, "as asked"]
    date: Annotated[str, "last day of the period"]
    tension: Annotated[float, "0..100, high is bad"]
    change_7d: Annotated[float, "against seven days before"]
    forth: Annotated[float, "0..100: the first toward the second"]
    back: Annotated[float, "0..100: the second toward the first"]
    usual: Annotated[float, "mean of the pair's own index over the year before"]
    confidence: Annotated[float, "0..1: from outlets, coverage and the age of the last answer"]
    outlets: Annotated[int, "outlets that told the stories of the last half-life"]
    coverage: Annotated[float, "mean share of sources that answered, last 30 days"]
    gap_days: Annotated[int, "days since any source answered"]
    covered_days: Annotated[float, "covered days in the row's period: the time that decays"]
    half_life: Annotated[float, "covered days in which a weight halves"]
    scale: Annotated[float, "what the sums are divided by: from the pair's own usual coverage"]
    volume: Annotated[float, "decayed count of the pair's stories, half-life twelve times longer"]
    conflict_forth: Annotated[float, "decayed sum of weights"]
    conflict_back: Annotated[float, "decayed sum of weights"]
    coop_forth: Annotated[float, "decayed sum of weights"]
    coop_back: Annotated[float, "decayed sum of weights"]
    before: Annotated[list[float], "the last five sums above, volume first, before the period"]
    drivers: Annotated[list[Driver], "the five stories that weigh most on that date"]
    events: Annotated[list[Told], "the stories of the period"]


class PairRow(TypedDict):
    """A pair's index now."""

    pair: Annotated[str, "in alphabetical order"]
    tension: Annotated[float, "0..100, high is bad"]
    change_7d: Annotated[float, "against seven days before"]
    forth: Annotated[float, "0..100: the first toward the second"]
    back: Annotated[float, "0..100: the second toward the first"]
    usual: Annotated[float, "mean of the pair's own index over the year before"]
    confidence: Annotated[float, "0..1"]
    stories: Annotated[int, "stories of the last 30 days"]
    outlets: Annotated[int, "outlets that told the stories of the last half-life"]
    last: Annotated[str, "day of the latest story"]
    top: Annotated[str, "title of the story that weighs most"]
    ref: Ref
    date: Annotated[str, "the day of the index"]


class ExplainRow(TypedDict):
    """The chain from an observation to the bytes."""

    ref: Ref
    item: Annotated[dict[str, Any], "title, summary, url, lang, dates, source, key, kind"]
    advice: Annotated[dict[str, Any] | None, "destination, level, regional_max, words, reasons"]
    countries: Annotated[list[str], "places that it names"]
    events: Annotated[list[dict[str, Any]], "actor, target, act, rule, confidence, evidence, coder"]
    rejected: Annotated[list[dict[str, Any]], "readings left out: actor, target, act, why"]
    witnesses: Annotated[list[dict[str, Any]], "who else told the same: ref, source, date, title"]
    changes: Annotated[list[dict[str, Any]], "what it changed: kind, from, to, confirmed"]
    states: Annotated[list[dict[str, Any]], "all states of the item: ref, observed, level, title"]
    fetched: Annotated[dict[str, Any], "at, status, url, final_url"]
    payload: Annotated[dict[str, Any] | None, "sha256, size of the bytes as received"]


def fields(row: type) -> tuple[str, ...]:
    """The keys of a row, in order."""
    return tuple(row.__annotations__)
