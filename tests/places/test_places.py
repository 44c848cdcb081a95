"""Names to codes: never a guess; pairs as people write them; blocs by date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import UsageError
from advisories.places import (
    AmbiguousPlace,
    Pair,
    UnknownPlace,
    all_codes,
    find,
    from_fips,
    from_iso3,
    is_code,
    members,
    name,
    parse,
    place,
)

CODES = [c for c in all_codes() if len(c) == 2]


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("Russian Federation", "en", "RU"), ("Burma", "en", "MM"), ("The Bahamas", "en", "BS"),
        ("Côte d’Ivoire", "en", "CI"), ("Czech Republic", "en", "CZ"), ("TÜRKIYE", "en", "TR"),
        ("Guinea-Bissau", "en", "GW"), ("Equatorial Guinea", "en", "GQ"), ("Guinea", "en", "GN"),
        ("Niger", "en", "NE"), ("Nigeria", "en", "NG"), ("Dominica", "en", "DM"),
        ("Dominican Republic", "en", "DO"), ("Namibia", "en", "NA"), ("Kosovo", "en", "XK"),
        ("Congo, Republic of the", "en", "CG"), ("Congo, Democratic Republic of the", "en", "CD"),
        ("Azores", "en", "PT-20"), ("United States of America", "en", "US"),
        ("Russland", "de", "RU"), ("Oekraïne", "nl", "UA"), ("Соединенные Штаты", "ru", "US"),
        ("美国", "zh", "US"), ("以色列", "zh", "IL"), ("ロシア", "ja", "RU"), ("Franța", "ro", "FR"),
    ],
)  # fmt: skip
def test_names_of_issuers(text: str, lang: str, code: str) -> None:
    assert find(text, lang).code == code


@pytest.mark.parametrize(("text", "several"), [("Congo", {"CD", "CG"}), ("Korea", {"KP", "KR"})])
def test_a_name_that_fits_two_places_is_not_guessed(text: str, several: set[str]) -> None:
    found = find(text)
    assert found.code is None
    assert set(found.candidates) == several


@pytest.mark.parametrize("text", ["", "Atlantis", "the", "!!", "Беlarus"])
def test_unknown_names_are_unknown(text: str) -> None:
    assert find(text) == find("Atlantis")


def test_namibia_is_a_country_and_not_a_missing_value() -> None:
    assert is_code("NA")
    assert place("NA") == "NA"
    assert str(parse("NA-ZA")) == "NA-ZA"


def test_fips_is_not_iso() -> None:
    assert [from_fips(t) for t in ("GM", "RS", "CH", "AU", "UP")] == ["DE", "RU", "CN", "AT", "UA"]
    assert from_iso3("COD") == "CD"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("RU-US", "RU-US"), ("russia-usa", "RU-US"), ("ru-any", "RU-any"), ("any-RU", "RU-any"),
        ("RU-EU", "RU-EU"), ("Guinea-Bissau-US", "GW-US"), ("us-guinea-bissau", "US-GW"),
        ("Россия-США", "RU-US"), ("俄罗斯-美国", "RU-US"), ("RU", "RU-any"), ("south korea-japan", "KR-JP"),
        ("nato–russia", "XN-RU"), ("RUS-USA", "RU-US"), ("Rusland-US", "RU-US"),
    ],
)  # fmt: skip
def test_pairs_as_people_write_them(text: str, pair: str) -> None:
    assert str(parse(text)) == pair


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("RU-ZZ", UnknownPlace, "near: ZA"), ("Congo-US", AmbiguousPlace, "CD (DR Congo)"),
        ("Korea", AmbiguousPlace, "KP"), ("Guinea-FR", AmbiguousPlace, "GW"),
        ("Georgia", AmbiguousPlace, "the state of Georgia"), ("RU-RU", UsageError, "two different"),
        ("", UnknownPlace, "no country"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_says_what_is_near(
    text: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as told:
        parse(text)
    assert says in str(told.value)


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_every_pair_of_codes_round_trips(first: str, second: str) -> None:
    if first == second:
        return
    assert parse(f"{first}-{second}") == Pair(first, second)
    assert parse(str(Pair(first, second))) == Pair(first, second)


@given(st.text(max_size=40))
def test_any_text_gives_a_pair_or_a_usage_error(text: str) -> None:
    try:
        pair = parse(text)
    except UsageError:
        return
    assert is_code(pair.first)


@given(st.sampled_from(CODES))
def test_every_code_is_found_by_its_own_name(code: str) -> None:
    assert find(name(code)).code == code


def test_membership_has_dates() -> None:
    assert "GB" in members("EU", date(2019, 1, 1))
    assert "GB" not in members("EU", date(2021, 1, 1))
    assert "SE" in members("XN", date(2024, 6, 1))
    assert "SE" not in members("XN", date(2024, 1, 1))
    assert members("RU") == ()
