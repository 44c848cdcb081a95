"""A printed date is a plausible instant with a known zone, or unknown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import UsageError
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
        "", "yesterday", "32 Dec 2024", "2024-13-45T99:99:99Z", "1733907600", "+2500",
        "Wed, 30 Feb 2024 09:00:00 GMT", "11/12/2024", "Wed, 11 Dec 2024 24:00:00 GMT",
        "Wed, 11 Dec 2024 09:00:00 IST", "Wed, 11 Dec 2024 09:00:00 CST", "Thu, 01 Jan 1970 00:00:00 GMT",
        "2920-01-01", "10000-01-01", "Wed, 05 Jun 20242024", "2024-12-11 09:00:00",
        "Wed, 11 Dec 2024 09:00:00 +2500", "Fri, 27 Nov 2026 09:00:00 GMT",
    ],
)  # fmt: skip
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_a_zone_may_be_the_sources_own() -> None:
    local = parse_date("2024-12-11 09:00:00", default_zone="America/Toronto")
    assert local == datetime(2024, 12, 11, 14, tzinfo=UTC)
    assert parse_date("Wed, 11 Dec 2024 03:00:00 CST", us=True) == datetime(
        2024, 12, 11, 9, tzinfo=UTC
    )


def test_a_date_alone_is_midnight() -> None:
    assert parse_date("Tue, 15 Sep 2026", now=NOW) == datetime(2026, 9, 15, tzinfo=UTC)


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
