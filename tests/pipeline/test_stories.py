"""Which reports are one story."""

from datetime import date

import pytest

from advisories.analysis.stories import Report, folded, match

DAY = date(2024, 12, 11)


def report(title: str, act: str = "SANCTION.expel", lang: str = "en", day: date = DAY) -> Report:
    return Report(folded(title), lang, act, day)


def one(
    first: str, second: str, act: str = "ASSAULT.attack", langs: str = "en en", days: int = 0
) -> bool:
    a, b = langs.split()
    later = date.fromordinal(DAY.toordinal() + days)
    held = [(7, folded(first), a, DAY.isoformat())]
    return match(report(second, act, b, later), held) == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Russia expels British diplomat over spying claims", "Russia expels British diplomat over spying claims - BBC News"),
        ("Ukraine fires US-supplied missiles into Russia for first time", "Ukraine fires US-supplied missiles into Russia for the first time"),
        ("LIVE: Israel strikes Beirut suburb", "Israel strikes Beirut suburb"),
        ("Moscow expels two Polish diplomats in tit-for-tat move", "In tit-for-tat move, Moscow expels two Polish diplomats"),
    ],
)  # fmt: skip
def test_near_duplicates_are_one_story(first: str, second: str) -> None:
    assert one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Russian missile strike on Kyiv kills four", "Russian missile strike on Odesa kills two people"),
        ("UK sanctions 30 tankers of Russia's shadow fleet", "UK sanctions Russian bank chiefs"),
        ("Israel strikes Gaza", "Israel strikes Rafah"),
    ],
)  # fmt: skip
def test_different_reports_are_two(first: str, second: str) -> None:
    assert not one(first, second)


def test_one_expulsion_in_two_languages_is_one_story() -> None:
    first, second = "Russia expels British diplomat", "Россия высылает британского дипломата"
    assert one(first, second, "SANCTION.expel", "en ru")
    assert not one(first, second, "SANCTION.expel", "en ru", days=2)
    assert not one("Russian strike on Kyiv", "Российский удар по Киеву", "ASSAULT.attack", "en ru")


def test_a_travel_warning_is_one_story_within_a_day_in_whatever_words() -> None:
    first, second = "Russia tells citizens to avoid the US", "Moscow: Americans may hunt you"
    assert one(first, second, "ADVISE.warn", "en en", days=1)
    assert not one(first, second, "ADVISE.warn", "en en", days=2)
