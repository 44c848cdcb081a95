"""Headlines with a known right reading: the peers' twenty, names that are traps, the seed story."""

import pytest

from advisories import coding
from advisories.model import Coding, Text

SERIOUS = [
    ("Russia warns citizens not to travel to US as relations 'teeter on the verge of rupture'", "RU>US", 3),
    ("Russian foreign ministry warns citizens against travel to US, Canada and some EU countries", "RU>CA", 3),
    ("Russia expels two British diplomats over spying claims", "RU>GB", 3),
    ("Poland recalls ambassador from Moscow", "PL>RU", 3),
    ("North Korea fires missile over Japan before sports event", "KP>JP", 3),
    ("American arrested in Moscow on spying charges", "RU>US", 3),
    ("China bans exports of rare earths to US", "CN>US", 3),
    ("Iran summons Swedish ambassador", "IR>SE", 2),
    ("France advises nationals to leave Iran immediately", "FR>IR", 3),
    ("US lifts sanctions on Syria", "US>SY", 0),
    ("US and Russia complete largest prisoner swap", "US>RU", 0),
    ("US and Russia complete largest prisoner swap", "RU>US", 0),
    ("Russia and Ukraine agree ceasefire", "RU>UA", 0),
    ("Three years after invasion, Russia launches largest missile attack on Kyiv", "RU>UA", 4),
]  # fmt: skip
NO_EVENT = [
    "Russia lowers nuclear threshold with new doctrine",
    "Russia shuts consulate in retaliation for expulsion",
    "Ambassador recalled over detention of citizen",
    "Jordan Henderson scores twice as Liverpool win",
    "Irish lawmakers summon TikTok over child safety",
    "American Airlines cancels 200 flights",
    "Why turkey is the king of the Christmas table",
]
NAMES = [
    ("Jordan Henderson signs for Ajax", "en", ()),
    ("Jordan's King Abdullah meets aid workers", "en", ("JO",)),
    ("American Airlines profit falls", "en", ()),
    ("Georgia governor signs election bill after Senate vote", "en", ("US",)),
    ("Georgia's ruling party wins vote, Tbilisi crowds protest", "en", ("GE",)),
    ("Niger and Nigeria reopen border", "en", ("NE", "NG")),
    ("DR Congo and Congo-Brazzaville sign river accord", "en", ("CD", "CG")),
    ("Equatorial Guinea beat Guinea-Bissau", "en", ("GQ", "GW")),
    ("North Korea and South Korea trade fire", "en", ("KP", "KR")),
    ("Namibia bans export of raw lithium", "en", ("NA",)),
    ("Dominica and the Dominican Republic open talks", "en", ("DM", "DO")),
    ("Rus\u200bsia and Ukr\u200baine swap prisoners", "en", ("RU", "UA")),
    ("МИД России вызвал посла Польши", "ru", ("RU", "PL")),
    ("俄罗斯外交部警告公民不要前往美国", "zh", ("RU", "US")),
    ("السعودية تستدعي سفير إيران", "ar", ("SA", "IR")),
    ("İsrail'den Türkiye'ye tepki", "tr", ("IL", "TR")),
    ('שר החוץ של ארה"ב הגיע לירדן', "he", ("US", "JO")),
    ("한국, 중국에 항의", "ko", ("KR", "CN")),
]


def _pairs(found: Coding) -> dict[str, int]:
    return {f"{event.actor}>{event.target}": event.severity for event in found.events}


@pytest.mark.parametrize(("title", "pair", "severity"), SERIOUS)
def test_serious_headlines(title: str, pair: str, severity: int) -> None:
    said = _pairs(coding.code(Text(title, lang="en")))
    assert pair in said
    assert abs(said[pair] - severity) <= 1
    assert (said[pair] >= 2) == (severity >= 2)


@pytest.mark.parametrize("title", NO_EVENT)
def test_headlines_without_an_event(title: str) -> None:
    assert _pairs(coding.code(Text(title, lang="en"))) == {}


@pytest.mark.parametrize(("title", "lang", "codes"), NAMES)
def test_names(title: str, lang: str, codes: tuple[str, ...]) -> None:
    assert coding.code(Text(title, lang=lang)).countries == codes


def test_the_seed_story() -> None:
    title = "Russia warns citizens against travelling to US, saying relations are on the brink of rupture"
    found = coding.code(Text(title, lang="en", date="2024-12-11"))
    event = next(e for e in found.events if (e.actor, e.target) == ("RU", "US"))
    assert event.severity == 3
    assert event.act.startswith("ADVISE")
    assert event.confidence > 0.5
    assert [span.text for span in event.evidence if span.text in ("Russia", "US")] == [
        "Russia",
        "US",
    ]


def test_leaders_count_for_their_years() -> None:
    title = "Obama meets Merkel"
    assert coding.code(Text(title, lang="en", date="2015-06-01")).countries == ("US", "DE")
    assert coding.code(Text(title, lang="en", date="2024-06-01")).countries == ()


def test_explain_gives_reasons() -> None:
    found = coding.explain(
        Text("Since Russia's invasion Kyiv's opera plays in a cellar", lang="en")
    )
    assert all("below" in rejected.why for rejected in found.rejected)
    assert found.countries == ("RU", "UA")


def test_advice_in_a_governments_notice_is_its_own() -> None:
    from advisories.coding.decide import own_advice
    from advisories.model import Event

    def advice(actor: str, target: str, act: str = "ADVISE.warn") -> Event:
        return Event(actor, target, act, "verbal_conflict", 3, -4.0, 0.9, "", ())

    events = advice("RU", "US"), advice("US", "RU"), advice("US", "RU", "COERCE.detain")
    kept, left = own_advice("RU", events, ())
    assert kept == (events[0], events[2])
    assert [(r.actor, r.target, r.act) for r in left] == [("US", "RU", "ADVISE.warn")]
    assert own_advice("", events, ()) == (events, ())
