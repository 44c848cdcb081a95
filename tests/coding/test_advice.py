"""Levels, destinations and reasons out of the words of travel advice."""

import pytest

from advisories import coding
from advisories.model import Advice, Text

PROSE = [
    ("RU", "ru", "МИД рекомендует россиянам воздержаться от поездок в США, Канаду и страны ЕС",
     {"US": 3, "CA": 3, "EU": 3}),
    ("RU", "en", "Moscow urges Russians to refrain from trips to the US, Canada and, with a few "
     "exceptions, EU countries", {"US": 3, "CA": 3, "EU": 3}),
    ("CN", "zh", "提醒中国公民近期暂勿前往伊朗", {"IR": 4}),
    ("CN", "zh", "请在日本中国公民注意安全", {"JP": 2}),
    ("FR", "fr", "Il est formellement déconseillé de se rendre au Mali", {"ML": 4}),
    ("DE", "de", "Von nicht notwendigen Reisen nach Israel wird abgeraten", {"IL": 3}),
    ("ES", "es", "Se desaconseja viajar a Haití", {"HT": 3}),
    ("KR", "ko", "이란 전역에 여행 금지 발령", {"IR": 4}),
    ("JP", "ja", "ミャンマーへの不要不急の渡航は止めてください", {"MM": 3}),
    ("PL", "pl", "MSZ odradza wszelkie podróże do Iranu", {"IR": 4}),
    ("RU", "en", "Russia bars officials from leaving the country", {}),
    ("RU", "en", "Travellers from Brazil must stay in quarantine and avoid travel to Moscow", {}),
    ("US", "en", "Amnesty issues a warning against travel to Iran", {}),
    ("RU", "en", "Foreign minister visits Beijing", {}),
]  # fmt: skip
PAGES = [
    ("US", "FR", "France - Level 2: Exercise Increased Caution", "", 2, None),
    ("AU", "ER", "Eritrea", "Reconsider your need to travel to Eritrea overall.", 3, None),
    ("GB", "LA", "Laos travel advice",
     "FCDO advises against all but essential travel to Xaisomboun Province.", 2, 3),
    ("GB", "SS", "South Sudan travel advice",
     "FCDO advises against all travel to South Sudan due to the risk of violence.", 4, None),
    ("GB", "PT", "Portugal travel advice", "Take out travel insurance before you go.", 1, None),
    ("GB", "SY", "Syria travel advice", "There is armed conflict. [ADVICE] to Syria.", None, None),
    ("CA", "TK", "Tokelau - Take normal security precautions", "", 1, None),
    ("US", "SY", "Syria", "Pack a hat.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "lang", "title", "levels"), PROSE)
def test_prose(issuer: str, lang: str, title: str, levels: dict[str, int]) -> None:
    found = coding.read_advice(Text(title, lang=lang, issuer=issuer))
    assert {advice.destination: advice.level for advice in found} == levels


def test_no_issuer_no_advice() -> None:
    assert coding.read_advice(Text("Do not travel to Iran")) == ()


@pytest.mark.parametrize(("issuer", "goal", "title", "body", "level", "worst"), PAGES)
def test_pages(
    issuer: str, goal: str, title: str, body: str, level: int | None, worst: int | None
) -> None:
    found = coding.read_level(Text(title, body=body), issuer, goal)
    assert (found.level, found.regional_max) == (level, worst)
    assert bool(found.unknown) == (level is None)


def test_reasons() -> None:
    said = coding.reasons("due to crime, terrorism and the risk of wrongful detention", "en")
    assert said == ("crime", "terrorism", "wrongful-detention")
    assert coding.reasons("угроза терактов и захвата заложников", "ru") == (
        "terrorism",
        "kidnapping",
    )


@pytest.mark.parametrize(("level", "severity"), [(1, 1), (2, 2), (3, 3), (4, 3), (None, 3)])
def test_advice_as_event(level: int | None, severity: int) -> None:
    event = coding.advice_event(Advice("RU", "US", level))
    assert (event.actor, event.target, event.severity) == ("RU", "US", severity)


def test_political_reasons_weigh_more() -> None:
    plain = coding.advice_event(Advice("US", "CN", 3, reasons=("crime",)))
    political = coding.advice_event(Advice("US", "CN", 3, reasons=("wrongful-detention",)))
    assert political.score < plain.score
