"""A printed date is a plausible instant with a known zone, or unknown."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import UsageError
from advisories.months import month_of
from advisories.times import ago, day, from_iso, from_unix, iso, parse_date

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 11 Dec 2024 09:00:00 GMT", "Wed, 11 Dec 2024 12:00:00 +0300",
        "Wed, 11 Dec 2024 04:00:00 EST", "Wed, 11 Dec 2024 12:00:00 MSK",
        "2024-12-11T10:00:00+01:00", "2024-12-11T09:00:00Z", "2024-12-11 09:00:00 UTC",
        "11 Dec 2024 20:00:00 AEDT", "December 11, 2024 04:00 EST", "2024-12-11T09:00:00.123Z",
    ],
)  # fmt: skip
def test_one_instant_in_many_spellings(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2024, 12, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        # Numbers and orders
        "20241211T090000Z", "2024-346T09:00:00Z", "2024-W50-3T09:00Z", "2024/12/11 17:00:00 +0800",
        "2024-012-11T09:00:00Z", "2024-12-11 09:00:00 +00:00", "2024-12-11T12:00:00+03:00[Europe/Moscow]",
        "Wed Dec 11 12:00:00 +0300 2024", "Wed Dec 11 09:00:00 UTC 2024",
        "Wed Dec 11 2024 09:00:00 GMT+0000 (Coordinated Universal Time)",
        "Wed, 2024/12/11 04:00:00 EST", "Wed, Dec 11 2024 09:00:00 GMT", "11 Dec 2024 | 09:00 GMT",
        "Wednesday, 11-Dec-2024 09:00:00 GMT", "Wednesday, 11-Dec-24 09:00:00 GMT",
        "Wed, 11 Dec 24 09:00:00 GMT", "11th December 2024 09:00 GMT", "Wed,11 Dec 2024 09:00 Z",
        # Zones
        "Wed, 11 Dec 2024 12:00:00 GMT+3", "Wed, 11 Dec 2024 12:00:00 UTC+03:00",
        "Wed, 11 Dec 2024 12:00:00 +03", "Wed, 11 Dec 2024 09:00:00 -0000",
        "Wed, 11 Dec 2024 12:00:00 +0300 (MSK)", "Wed, 11 Dec 2024 09:00:00 Etc/GMT",
        "Wed, 11 Dec 2024 12:00:00 Europe/Moscow", "Wed, 11 Dec 2024 4:00 AM ET",
        "December 11, 2024, 4:00 a.m. EST", "Wed, 11 Dec 2024 10:00:00 MET",
        # Names of days and months in other languages
        "Mi, 11 Dez 2024 10:00:00 +0100", "Mittwoch, 11. Dezember 2024, 10:00 MEZ",
        "mer., 11 déc. 2024 10:00:00 +0100", "mercredi 11 décembre 2024 à 10:00 CET",
        "mié, 11 dic 2024 10:00:00 +0100", "miércoles, 11 de diciembre de 2024 10:00:00 CET",
        "mercoledì 11 dicembre 2024, 10:00 CET", "qua, 11 dez 2024 06:00:00 -0300",
        "quarta-feira, 11 de dezembro de 2024 06:00 BRT", "wo, 11 dec 2024 10:00:00 +0100",
        "śr., 11 gru 2024 10:00:00 +0100", "środa, 11 grudnia 2024 r. 10:00 CET",
        "Ср, 11 дек 2024 12:00:00 +0300", "11 декабря 2024 г., 12:00 MSK",
        "ср, 11 груд. 2024 11:00:00 +0200", "11 грудня 2024 р. 11:00 EET",
        "Çar, 11 Ara 2024 12:00:00 +0300", "11 Aralık 2024 Çarşamba 12:00 TRT",
        "Τετ, 11 Δεκ 2024 11:00:00 +0200", "2024. december 11. 10:00 CET",
        "2024-december-11T10:00+01:00", "الأربعاء، 11 ديسمبر 2024 12:00:00 +0300",
        "2024년 12월 11일 (수) 오후 6:00 KST", "2024-12-11 오후 06:00:00 +0900",
        "2024年12月11日 18:00 JST", "2024年12月11日(水) 18時00分 JST", "2024年12月11日 下午5:00 +0800",
    ],
)  # fmt: skip
def test_one_instant_in_the_forms_of_other_feeds_and_languages(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2024, 12, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "language", "en de fr es it pt nl pl ru uk tr el hu sv da nb cs ro bg hr ar ca id".split()
)
def test_a_word_for_a_month_is_that_month_or_nothing(language: str) -> None:
    months = Locale(language).months
    printed = [
        (number, word.split()[-1])
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, word in months[context][width].items()
    ]
    assert [(n, w) for n, w in printed if month_of(w) not in (n, 0)] == []


@pytest.mark.parametrize("language", "en de fr es it pt nl ru uk tr el hu sv bg ar".split())
def test_every_month_is_known_by_its_whole_name(language: str) -> None:
    names = Locale(language).months["format"]["wide"]
    assert {number: month_of(word) for number, word in names.items()} == {
        n: n for n in range(1, 13)
    }


@pytest.mark.parametrize("word", ["lip", "lis", "listopada", "jui", "ma", "", "lunedì", "Mittwoch"])
def test_a_word_that_names_no_month_or_two_is_none(word: str) -> None:
    assert month_of(word) == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "32 Dec 2024", "2024-13-45T99:99:99Z", "1733907600", "+2500",
        "Wed, 30 Feb 2024 09:00:00 GMT", "11/12/2024", "Wed, 11 Dec 2024 24:00:00 GMT",
        "Wed, 11 Dec 2024 09:00:00 IST", "Wed, 11 Dec 2024 09:00:00 CST", "Thu, 01 Jan 1970 00:00:00 GMT",
        "2920-01-01", "10000-01-01", "Wed, 05 Jun 20242024", "2024-12-11 09:00:00",
        "Wed, 11 Dec 2024 09:00:00 +2500", "Fri, 27 Nov 2026 09:00:00 GMT",
        # No day, or one of two days
        "2024", "2024-12", "2024-W50", "Dec 2024", "2024-13-01", "2023-366", "20241345", "11.12.2024",
        "11-12-2024", "12/11/2024 09:00 GMT", "11 listopada 2024", "11 Dec 24 09:00 GMT",
        "Tue, 24 Dec 11 09:00:00 GMT", "2567-12-11T09:00:00Z",
        # No clock, or no zone that we know
        "Wed Dec 11 09:00:00 2024", "Wed, 11 Dec 2024 13:00 PM GMT", "Wed, 11 Dec 2024 09:60 GMT",
        "Wed, 11 Dec 2024 09:00:60 GMT", "Wed, 11 Dec 2024 1:2:3:4 GMT", "2024-12-11T09:00:00",
        "Wed, 11 Dec 2024 09:00:00 A", "Wed, 11 Dec 2024 09:00 Mars/Base",
        "Wed, 11 Dec 2024 09:00:00 Etc/GMT+3", "Wed, 11 Dec 2024 09:00:00 +0000 EST",
        "2024年12月11日 09:00", "2004-05-25 오후 11:23:17",
        # An hour that the clock shows twice, one that it skips
        "Sun, 03 Nov 2024 01:30:00 ET", "Sun, 10 Mar 2024 02:30:00 America/New_York",
    ],
)  # fmt: skip
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_a_zone_may_be_the_sources_own() -> None:
    local = parse_date("Wed Dec 11 09:00:00 2024", default_zone="America/Toronto")
    assert local == datetime(2024, 12, 11, 14, tzinfo=UTC)
    assert parse_date("Wed, 11 Dec 2024 03:00:00 CST", us=True) == datetime(
        2024, 12, 11, 9, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text",
    ["Tue, 15 Sep 2026", "2026-09-15", "20260915", "2026-258", "15. September 2026",
     "15 de setembro de 2026", "15 сентября 2026", "2026年9月15日", "2026. 9. 15."],
)  # fmt: skip
def test_a_date_alone_is_midnight(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2026, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("value", ["1733907600", True, None, float("nan"), 1e30, -5])
def test_odd_unix_seconds_are_unknown(value: object) -> None:
    assert from_unix(value) is None


@given(st.text(max_size=60))
def test_any_text_is_a_plausible_instant_or_unknown(text: str) -> None:
    found = parse_date(text, now=NOW)
    assert found is None or 1990 <= found.year <= NOW.year


@given(st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 1)))
def test_the_stored_form_round_trips(naive: datetime) -> None:
    instant = naive.replace(tzinfo=UTC, microsecond=0)
    assert from_iso(iso(instant)) == instant
    assert parse_date(iso(instant), now=NOW) == instant


@pytest.mark.parametrize(
    ("text", "is_"),
    [("2024-12-11", date(2024, 12, 11)), ("2024-12", date(2024, 12, 1)), ("30d", date(2026, 10, 26)),
     ("yesterday", date(2026, 11, 24)), ("2w", date(2026, 11, 11)), ("today", date(2026, 11, 25))],
)  # fmt: skip
def test_days_as_people_write_them(text: str, is_: date) -> None:
    assert day(text, NOW) == is_


@pytest.mark.parametrize("text", ["", "soon", "2024-99-01", "-5d", "11/12/2024"])
def test_what_is_no_day_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match="30d"):
        day(text, NOW)


def test_how_long_ago() -> None:
    assert ago(datetime(2026, 11, 25, 11, 57, tzinfo=UTC), NOW) == "3 min"
    assert ago(datetime(2026, 11, 13, tzinfo=UTC), NOW) == "12 d"
    assert ago(datetime(2024, 1, 1, tzinfo=UTC), NOW) == "2 y"
