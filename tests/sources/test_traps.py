"""The traps that issuers set, one by one: each cost some collector a wrong level once."""

import json
from collections.abc import Iterator

import pytest

from advisories.errors import Damaged, ParseError
from advisories.model import Item
from advisories.sources import (
    at_bmeia,
    au_dfat,
    ca_gac,
    ch_eda,
    cn_mfa,
    de_aa,
    dk_um,
    fr_meae,
    gb_fcdo,
    hk_sb,
    jp_mofa,
    kr_mofa,
    nl_bz,
    ph_dfa,
    tw_boca,
    us_state,
)
from advisories.sources._html import fragment
from advisories.sources._names import named, where
from advisories.sources._prose import read as read_prose


def us(*titles: str, **more: str) -> bytes:
    extra = "".join(f"<{tag}>{text}</{tag}>" for tag, text in more.items())
    items = "".join(f"<item><title>{t}</title>{extra}</item>" for t in titles)
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def one(items: Iterator[Item]) -> Item:
    (item,) = list(items)
    return item


def levels(item: Item) -> tuple[int | None, int | None]:
    return item.level, item.regional_max


# United States


@pytest.mark.parametrize(
    ("title", "level", "flags"),
    [
        ("Russia - Level five: Do Not Travel", 4, ("from-words",)),
        ("Ukraine - Level 9: Do Not Travel", None, ()),
        ("Belarus - Level -1", None, ()),
        ("Mali - Level 0: Exercise Normal Precautions", None, ()),
        ("Iran - Lvl 4", None, ()),
        ("Syria", None, ()),
        ("Niger - Level 34: Reconsider Travel", None, ()),
        ("Haiti - Level : Do Not Travel", 4, ("from-words",)),
        ("Mexico - See State Summaries", None, ()),
        ("Japan - Level 1: Do Not Travel", None, ("contradictory",)),
        ("Ukr\u200baine - Level\u200d 4\u2066: Do Not Travel", 4, ()),
        ("Russia\n- Level 4:\tDo Not\r\nTravel", 4, ()),
        ("Guinea-Bissau - Level 3: Reconsider Travel", 3, ()),
    ],
)
def test_us_titles(title: str, level: int | None, flags: tuple[str, ...]) -> None:
    item = one(us_state.parse(us(title), ""))
    assert item.destination
    assert (item.level, item.flags) == (level, flags)
    assert item.level or item.unknown


@pytest.mark.parametrize(
    ("name", "codes", "why"),
    [
        ("Congo", (), "ambiguous: CD or CG"),
        ("Korea", (), "ambiguous: KR or KP"),
        ("Worldwide Caution", (), "not a destination"),
        ("Atlantis", (), "no place of this name: Atlantis"),
        ("Guinea-Bissau", ("GW",), ""),
        ("Guinea", ("GN",), ""),
        ("Georgia", ("GE",), ""),
        ("Kosovo", ("XK",), ""),
        ("Azores", ("PT-20",), ""),
        ("Namibia", ("NA",), ""),
        ("Antigua and Barbuda", ("AG",), ""),
        ("Israel, the West Bank and Gaza", ("IL", "PS"), ""),
        ("Mainland China, Hong Kong & Macau", ("CN", "HK", "MO"), ""),
        ("Bonaire/St Eustatius/Saba", ("BQ",), ""),
        ("Palestine, State of", ("PS",), ""),
        ("Côte d’Ivoire", ("CI",), ""),
        ("The Bahamas", ("BS",), ""),
    ],
)
def test_names_of_destinations(name: str, codes: tuple[str, ...], why: str) -> None:
    found = where(name)
    assert (found.codes, found.unknown) == (codes, why)


def test_a_us_tag_decides_only_between_candidates() -> None:
    body = us("Congo - Level 2: Exercise Increased Caution")
    tagged = body.replace(
        b"</title></item>", b'</title><category domain="Country-Tag">CF</category></item>'
    )
    assert one(us_state.parse(tagged, "")).destination == "CG"
    wrong = b'</title><category domain="Country-Tag">AR</category></item>'
    uae = us("United Arab Emirates - Level 2: Exercise Increased Caution")
    assert one(us_state.parse(uae.replace(b"</title></item>", wrong), "")).destination == "AE"
    unknown = us("Atlantis - Level 2: Exercise Increased Caution")
    assert one(us_state.parse(unknown.replace(b"</title></item>", wrong), "")).destination is None


def test_two_copies_of_one_us_advisory_share_a_key_and_keep_their_dates() -> None:
    title = "Rwanda - Level {}"
    new = us(title.format("3: Reconsider Travel"), pubDate="Fri, 06 Mar 2026")
    old = us(title.format("2: Exercise Increased Caution"), pubDate="Mon, 05 Jan 2026")
    other = old.split(b"<title>x</title>")[1].split(b"</channel>")[0]
    both = new.replace(b"</channel>", other + b"</channel>")
    first, second = us_state.parse(both, "")
    assert first.key == second.key == "RW"
    assert first.published
    assert second.published
    assert first.published > second.published


def test_an_impossible_us_date_is_unknown() -> None:
    for date in ("Wed, 15 Jan 2920", "Wed, 05 Jun 20242024", "Wed, 15 Dec 20202", "yesterday"):
        body = us("Peru - Level 2: Exercise Increased Caution", pubDate=date)
        assert one(us_state.parse(body, "")).published is None


def test_a_us_feed_cut_between_two_items_loses_the_last() -> None:
    body = us(*(f"{n} - Level 1: Exercise Normal Precautions" for n in ("Fiji", "Peru", "Chile")))
    cut = body[: body.rindex(b"</item>") + len(b"</item>")]
    reading = us_state.parse(cut, "")
    assert [next(reading).key, next(reading).key] == ["FJ", "PE"]
    with pytest.raises(Damaged):
        next(reading)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: b.replace(b"Do Not Travel", b"Crime & <Terrorism>"),
        lambda b: b"\n<b>Warning</b>: x\n" + b,
        lambda b: b.replace(b"Mali", b"Ma\0li"),
        lambda b: b + b,
    ],
    ids=["unescaped", "junk before", "a NUL", "two feeds"],
)
def test_a_broken_us_feed_gives_its_items_and_says_so(spoil) -> None:  # type: ignore[no-untyped-def]
    body = spoil(us("Mali - Level 4: Do Not Travel", "Fiji - Level 1: Exercise Normal Precautions"))
    seen: dict[str, int | None] = {}
    with pytest.raises(Damaged):
        for item in us_state.parse(body, ""):
            seen[item.key] = item.level
    assert seen == {"ML": 4, "FJ": 1}


# Canada


def canada(**rows: object) -> bytes:
    return json.dumps({"data": rows}).encode()


@pytest.mark.parametrize(
    ("state", "level"),
    [(0, 1), (3, 4), ("2", 3), (None, None), (True, None), (4, None), (-1, None), (2.0, None),
     ([], None)],
)  # fmt: skip
def test_ca_states(state: object, level: int | None) -> None:
    item = one(ca_gac.parse(canada(RU={"advisory-state": state}), ""))
    assert (item.destination, item.level) == ("RU", level)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 5000])
def test_ca_numbers_that_are_none(number: str) -> None:
    body = f'{{"data":{{"RU":{{"advisory-state":{number}}}}}}}'.encode()
    assert one(ca_gac.parse(body, "")).level is None


def test_one_key_twice_is_contradictory() -> None:
    body = b'{"data":{"RU":{"advisory-state":3},"RU":{"advisory-state":0}}}'
    item = one(ca_gac.parse(body, ""))
    assert (item.key, item.level, item.flags) == ("RU", None, ("contradictory",))


def test_a_flag_for_regions_is_not_a_regional_level() -> None:
    body = canada(MX={"advisory-state": 1, "has-regional-advisory": 1})
    item = one(ca_gac.parse(body, ""))
    assert levels(item) == (2, None)
    assert "regional" in item.flags


def test_a_cut_index_keeps_its_whole_rows() -> None:
    reading = ca_gac.parse(b'{"data":{"RU":{"advisory-state":3},"UA":{"adv', "")
    assert next(reading).key == "RU"
    with pytest.raises(Damaged):
        next(reading)


# United Kingdom


def britain(status: object, text: str, name: str = "Ukraine") -> bytes:
    details = {"alert_status": status, "country": {"name": name}, "parts": [{"body": text}]}
    return json.dumps({"details": details, "title": f"{name} travel advice"}).encode()


BOTH_PARTS = ["avoid_all_travel_to_parts", "avoid_all_but_essential_travel_to_parts"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p><abbr>FCDO</abbr> advises against all travel to all\u00a0other regions of Ukraine (with"
         " the exception of two).</p>", (4, None)),
        ("<p>FCDO advises against all but essential travel to the rest of Ukraine.</p>", (3, 4)),
        ("<p>FCDO advises against all but essential travel to the remainder of the country.</p>",
         (3, 4)),
        ("<p>FCDO advises against all travel to the rest of one province.</p>", (2, 4)),
        ("<p>FCDO advises against all travel to parts of Ukraine.</p>", (2, 4)),
    ],
)  # fmt: skip
def test_gb_parts_may_hide_the_rest(text: str, expected: tuple[int, int | None]) -> None:
    assert levels(one(gb_fcdo.parse(britain(BOTH_PARTS, text), ""))) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ([], (1, None)),
        (["avoid_all_but_essential_travel_to_parts"], (2, 3)),
        (["avoid_all_travel_to_whole_country"], (4, None)),
        (["avoid_all_travel_to_parts", "avoid_all_but_essential_travel_to_whole_country"], (3, 4)),
        (["something_new"], (None, None)),
        (None, (None, None)),
        ("avoid_all_travel_to_whole_country", (None, None)),
    ],
)
def test_gb_status(status: object, expected: tuple[int | None, int | None]) -> None:
    assert levels(one(gb_fcdo.parse(britain(status, "<p>Words.</p>"), ""))) == expected


# Germany


def germany(content: str = "", name: str = "Türkei", code: str = "TR", **flags: bool) -> bytes:
    row = {"countryName": name, "countryCode": code, "warning": False, **flags}
    return json.dumps({"response": {"7": row | ({"content": content} if content else {})}}).encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>Von nicht notwendigen Reisen in die Türkei wird abgeraten.</p>", (3, None)),
        ("<p>Von Reisen in die gesamte Türkei wird dringend abgeraten.</p>", (3, None)),
        ("<p>Von Reisen in den Osten der Türkei wird dringend abgeraten.</p>", (2, 3)),
        ("<p>Von Reisen nach Türkei-Ost wird abgeraten.</p>", (2, 3)),
        ("<p>Von der Teilnahme an Kundgebungen wird abgeraten.</p>", (1, None)),
        ("<p>Reisende sollten vorsichtig sein.</p>", (1, None)),
        ("<p>Von Reisen in die Türkei wird nicht mehr abgeraten.</p>", (1, None)),
    ],
)
def test_german_words_behind_no_flag(content: str, expected: tuple[int, int | None]) -> None:
    assert levels(one(de_aa.parse(germany(content), ""))) == expected


def test_a_german_partial_warning_is_no_three() -> None:
    item = one(de_aa.parse(germany(name="Japan", code="JP", partialWarning=True), ""))
    assert levels(item) == (2, 4)


# Netherlands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De kleurcode van het reisadvies voor Marokko is geel.", (2, None)),
        ("De kleurcode is rood voor het zuiden. Voor de rest van Marokko geldt kleurcode geel.", (2, 4)),
        ("De kleurcode is rood voor het zuiden. Vor de rest van Marokko geldt kleurcode geel.", (2, 4)),
        ("De kleurcode is rood voor het zuiden. Voor de\n   rest van  het land geldt kleurcode\n geel.",
         (2, 4)),
        ("De kleurcode voor Marokko is geel, en oranje voor de grensstreek.", (2, 3)),
        ("De kleurcode van het reisadvies is rood voor de grens met Mauritanië.", (None, 4)),
        ("De kleurcode voor heel Marokko is rood.", (4, None)),
        ("Let op rood licht in Marokko.", (None, None)),
    ],
)  # fmt: skip
def test_dutch_colours_in_prose(text: str, expected: tuple[int | None, int | None]) -> None:
    row = {"isocode": "MAR", "location": "Marokko", "introduction": f"<p>{text}</p>"}
    assert levels(one(nl_bz.parse(json.dumps([row]).encode(), ""))) == expected


# Australia


def test_australian_numbers_out_of_five_are_not_read() -> None:
    def feed(said: str) -> bytes:
        return (
            '<rss xmlns:ta="urn:ta"><channel><item><title>Chile</title>'
            f"<ta:warnings><ta:level>4/5</ta:level>{said}</ta:warnings></item></channel></rss>"
        ).encode()

    words = "<ta:description>Reconsider your need to travel</ta:description>"
    assert one(au_dfat.parse(feed(words), "")).level == 3
    item = one(au_dfat.parse(feed(""), ""))
    assert (item.level, item.unknown) == (None, "a number of unknown meaning: 4/5")


def test_australian_quotes_are_mended() -> None:
    row = {"title": "Fiji", "field_overall_advice_level": "Do not travel",
           "field_last_update": "While you&amp;**re away (see &amp;**Safety&amp;**)."}  # fmt: skip
    item = one(au_dfat.parse(json.dumps([row]).encode(), ""))
    assert item.summary == "While you’re away (see ’Safety’)."


# Japan


def japan(flags: dict[int, object], lead: str = "") -> bytes:
    told = "".join(f"<riskLevel{n}>{v}</riskLevel{n}>" for n, v in flags.items())
    return (
        f'<opendata lastModified="2024/12/02 08:10:15"><country><cd>0090</cd></country>{told}'
        f"<riskLead>{lead}</riskLead></opendata>"
    ).encode()


@pytest.mark.parametrize(
    ("flags", "lead", "expected"),
    [
        ({1: 0, 2: 0, 3: 0, 4: 0}, "", (1, None)),
        ({1: 1, 2: 0, 3: 0, 4: 0}, "", (2, None)),
        ({1: 1, 2: 0, 3: 1, 4: 0}, "", (None, 4)),
        ({1: 0, 2: 0, 3: 0, 4: 1}, "", (None, 4)),
        ({1: 0, 2: 0, 3: 0, 4: 1}, "●全土：レベル４：退避してください。", (4, None)),
        ({1: 1, 2: 1, 3: 0, 4: 0}, "●首都：レベル２。●その他の地域：レベル１。", (2, 3)),
        ({1: "?", 2: 0, 3: 0, 4: 0}, "", (None, None)),
    ],
)
def test_japanese_flags_are_of_any_region(
    flags: dict[int, object], lead: str, expected: tuple[int | None, int | None]
) -> None:
    item = one(jp_mofa.parse(japan(flags, lead), ""))
    assert item.destination == "TR"
    assert levels(item) == expected


def test_a_japanese_maintenance_page_is_refused() -> None:
    with pytest.raises(ParseError):
        list(jp_mofa.parse("<!DOCTYPE html><html>ただいまメンテナンス中です</html>".encode(), ""))


# The rest


def test_an_austrian_stage_may_be_of_a_part() -> None:
    rows = '{"UA":{"title":"Ukraine","security":4},"TD":{"title":"Tschad","security":4,"securityPartial":1}}'
    body = f"<html><script>var bmeiaCountrySecurityInfos = {rows};</script></html>".encode()
    assert [levels(i) for i in at_bmeia.parse(body, "")] == [(4, None), (2, 4)]


def test_hong_kong_makes_up_no_row_for_what_is_not_listed() -> None:
    row = {"countryCode": "EG", "titleEn": "Egypt", "showInIndex": 1}
    old = {"countryCode": "IE", "titleEn": "Ireland", "showInIndex": 0}
    part = {"countryCode": "TR", "titleEn": "Türkiye (south-east)", "showInIndex": 1}
    body = json.dumps({"otas": [{"level": "red", "countries": [row, old, part]}]}).encode()
    assert {i.key: levels(i) for i in hk_sb.parse(body, "")} == {"EG": (3, None), "TR": (2, 3)}


def test_taiwanese_rows_of_one_country_are_two_numbers() -> None:
    titles = ("第二級：黃色 - 以色列 - Israel", "第四級：紅色 - 以色列－黎巴嫩邊界地區 - Israel")
    assert levels(one(tw_boca.parse(us(*titles), ""))) == (2, 4)


def test_korean_rows_of_one_country_are_two_numbers() -> None:
    rows = [{"country_iso_alp2": "PH", "country_nm": "필리핀", "alarm_lvl": n, "region_ty": r}
            for n, r in ((1, "전체"), (4, "일부"))]  # fmt: skip
    assert levels(one(kr_mofa.parse(json.dumps({"data": rows}).encode(), ""))) == (2, 4)
    parts = [r | {"region_ty": "일부"} for r in rows]
    assert levels(one(kr_mofa.parse(json.dumps({"data": parts}).encode(), ""))) == (2, 4)


def test_no_danish_guidance_is_no_level() -> None:
    body = b"<html><h1>Vi har ingen rejsevejledning for Haiti</h1></html>"
    item = one(dk_um.parse(body, ""))
    assert (item.destination, item.level, item.unknown) == ("HT", None, "no guidance is published")


def test_swiss_sentences_on_parts_stay_with_the_parts() -> None:
    def page(text: str) -> bytes:
        return (
            "<html><h1>Reisehinweise für Kenia</h1><h2>Grundsätzliche Einschätzung</h2>"
            f"<p>{text}</p></html>"
        ).encode()

    part = "Von Reisen in die Grenzgebiete zu Somalia wird abgeraten."
    assert levels(one(ch_eda.parse(page(part), ""))) == (2, 4)
    whole = "Von nicht dringenden Reisen nach Kenia wird abgeraten. " + part
    assert levels(one(ch_eda.parse(page(whole), ""))) == (3, 4)


def test_french_zones_and_the_rest_of_the_country() -> None:
    zones = "<h3>Zones formellement déconseillées (rouge)</h3><p>Le sud.</p>"
    rest = "<h3>Zones en vigilance renforcée (jaune)</h3><p>Le reste du territoire.</p>"
    page = f"<html><h1>Tunisie</h1>{zones}{rest}</html>".encode()
    assert levels(one(fr_meae.parse(page, ""))) == (2, 4)


def test_chinese_titles_that_name_two_countries_are_left_to_the_coder() -> None:
    assert named("提醒赴泰国、缅甸边境的中国公民提高警惕", "zh") == ("TH", "MM", "CN")
    page = (
        "<html><li>2024-11-10<a href='a'>提醒赴泰国、缅甸边境的中国公民提高警惕</a></li></html>"
    ).encode()
    item = one(cn_mfa.parse(page, ""))
    assert (item.destination, item.level) == (None, None)


def test_a_philippine_level_lowered_to_another_is_the_other() -> None:
    page = b"<html><li><a href='a'>Libya: Alert Level 3 lowered to Alert Level 2</a></li></html>"
    assert one(ph_dfa.parse(page, "")).level_text == "Alert Level 2"


@pytest.mark.parametrize("names", [(), ("Mali",)])
def test_prose_without_a_phrase_says_nothing(names: tuple[str, ...]) -> None:
    reading = read_prose("Reisende sollten Reisen gut planen.", de_aa.SCALE, "de", names)
    assert (reading.level, reading.regional_max, reading.words, reading.phrase) == (
        None,
        None,
        "",
        "?",
    )


@pytest.mark.parametrize("broken", ["<![>", "<![no such thing>", "<!["])
def test_a_broken_marked_section_loses_nothing_before_it(broken: str) -> None:
    assert "Quiet streets" in fragment(f"<p>Quiet streets</p>{broken}").text()
