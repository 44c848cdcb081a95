"""The timeline: pairs from the index, stories folded, two clocks, filters, empty answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advisories.api import Store
from advisories.errors import AdvisoriesError
from advisories.places.pairs import Pair
from advisories.places.scope import parse, reaches
from advisories.store.reading.timeline import Filters, picked_events

from .conftest import THREAT, Ask, Told, advice, news

Rows = Callable[..., list[dict[str, object]]]
KEYS = (
    "ref date observed actor target kind act severity score confidence title url source"
).split()


def test_a_pair_is_both_directions_newest_first(rows: Rows) -> None:
    found = rows("show", "RU-US")
    assert {(r["actor"], r["target"]) for r in found} == {("RU", "US"), ("US", "RU")}
    assert [r["date"] for r in found] == sorted((r["date"] for r in found), reverse=True)
    assert list(found[0])[: len(KEYS)] == KEYS


def test_one_way_keeps_the_first_direction(rows: Rows) -> None:
    found = rows("show", "US-RU", "--one-way")
    assert {(r["actor"], r["target"]) for r in found} == {("US", "RU")}


def test_names_in_any_language_are_the_same_question(ask: Ask) -> None:
    asked = ["RU-US", "russia-usa", "Россия-США", "俄罗斯-美国", "ru-us", "روسيا-الولايات المتحدة"]
    assert len({ask("show", name, "--json")[1] for name in asked}) == 1


def test_a_story_is_one_row_with_its_witnesses(rows: Rows) -> None:
    told = [r for r in rows("show", "RU-US") if str(r["title"]).startswith(THREAT)]
    assert [(r["witnesses"], r["source"]) for r in told] == [(2, "wire-a")]
    every = [r for r in rows("show", "RU-US", "--all") if str(r["title"]).startswith(THREAT)]
    assert {r["source"] for r in every} == {"wire-a", "wire-b"}


def test_as_of_knows_neither_later_events_nor_later_sightings(rows: Rows) -> None:
    then = rows("show", "RU-US", "--as-of", "2024-12-08")
    assert all(str(r["observed"]) < "2024-12-09" for r in then)
    assert not [r for r in then if "sanctions" in str(r["title"])], "happened, not yet seen"
    assert [
        r for r in rows("show", "RU-US", "--as-of", "2024-12-09") if "sanctions" in str(r["title"])
    ]


def test_as_of_counts_the_witnesses_of_that_day(own: Told, rows: Rows) -> None:
    own.tell(
        ("wire-a", "2024-12-11T06:00:00Z", [news(THREAT, "2024-12-11T05:00:00Z")]),
        ("wire-b", "2024-12-12T06:00:00Z", [news(THREAT, "2024-12-11T05:30:00Z")]),
    )
    (then,) = rows("show", "RU-US", "--as-of", "2024-12-11", db=own.path)
    (now,) = rows("show", "RU-US", db=own.path)
    assert (then["witnesses"], now["witnesses"]) == (1, 2)


@pytest.mark.parametrize(
    ("options", "test"),
    [
        (["--since", "2024-12-11"], lambda r: r["date"] >= "2024-12-11"),
        (["--until", "2024-12-08"], lambda r: r["date"] < "2024-12-09"),
        (["--kind", "advisory"], lambda r: r["item_kind"] == "advisory"),
        (["--kind", "material"], lambda r: r["kind"].startswith("material")),
        (["--kind", "coop"], lambda r: r["kind"].endswith("coop")),
        (["--min-severity", "3"], lambda r: r["severity"] >= 3),
        (["--act", "ADVISE"], lambda r: r["act"].startswith("ADVISE.")),
        (["--act", "warn"], lambda r: r["act"].endswith(".warn")),
    ],
)
def test_filters_keep_what_they_name(
    rows: Rows, options: list[str], test: Callable[..., bool]
) -> None:
    whole, found = rows("show", "RU-US"), rows("show", "RU-US", *options)
    assert found == [r for r in whole if test(r)]
    assert 0 < len(found) < len(whole)


def test_confidence_is_a_threshold(rows: Rows) -> None:
    whole = rows("show", "RU-US")
    sure = sorted(float(str(r["confidence"])) for r in whole)[len(whole) // 2]
    found = rows("show", "RU-US", "--min-confidence", str(sure))
    assert found == [r for r in whole if float(str(r["confidence"])) >= sure]


def test_limit_takes_the_newest_and_reverse_turns_them(rows: Rows) -> None:
    newest = rows("show", "RU-US", "-n", "3")
    assert newest == rows("show", "RU-US")[:3]
    assert rows("show", "RU-US", "-n", "3", "--reverse") == newest[::-1]


def test_a_bloc_is_its_members_while_they_were(own: Told, rows: Rows) -> None:
    at = "2021-06-01T00:00:00Z"
    own.tell(("us-list", at, [advice("GB", 3, "2019-06-01"), advice("FR", 3, "2019-06-01")]))
    assert {r["target"] for r in rows("show", "US-EU", db=own.path)} == {"GB", "FR"}
    own.tell(
        (
            "us-list",
            "2021-06-02T00:00:00Z",
            [advice("GB", 4, "2021-06-02"), advice("FR", 4, "2021-06-02")],
        )
    )
    later = rows("show", "US-EU", "--since", "2021-01-01", db=own.path)
    assert {r["target"] for r in later} == {"FR"}


def test_a_change_of_level_says_from_what(rows: Rows) -> None:
    (row,) = [r for r in rows("show", "US-RU", "--one-way") if r["change"] == "raised"]
    assert (row["level_from"], row["level"], row["act"]) == (3, 4, "ADVISE.warn")


def test_nothing_says_what_was_looked_for_and_what_is_near(ask: Ask) -> None:
    code, out, err = ask("show", "RU-BR", "--since", "2024-12-01", "--json")
    assert (code, out) == (0, "[]\n")
    assert "nothing of RU-BR since 2024-12-01" in err
    assert "RU-US" in err


def test_a_list_of_the_configuration(tmp_path: Path, rows: Rows, ask: Ask) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[watch]\nmine = ["RU-US", "FR"]\n')
    found = rows("show", "@mine", "--config", str(config))
    assert {r["target"] for r in found} == {"RU", "US", "FR"}
    assert len({(r["ref"], r["actor"], r["target"], r["act"]) for r in found}) == len(found)
    code, _, err = ask("show", "@yours", "--config", str(config))
    assert code == 2
    assert "@mine" in err


@pytest.mark.parametrize("name", ["RU-ZZ", "Congo", "RU-Korea", "RU-RU", "nowhere at all"])
def test_a_name_that_is_none_or_two_is_refused(ask: Ask, name: str) -> None:
    code, out, err = ask("show", name)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_the_pair_index_answers_alone(store: Store) -> None:
    sql, parameters = picked_events(reaches([Pair("RU", "US")], None, None), Filters(limit=5))
    plan = [row[3] for row in store.conn.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    outer = [p for p in plan if " e " in p and "SUBQUERY" not in p]
    assert outer
    assert all("event_pair (actor=? AND target=? AND date>? AND date<?)" in p for p in outer), plan
    assert not [p for p in plan if p.startswith("SCAN e")]


def test_many_ranges_are_one_question(store: Store) -> None:
    found = list(store.timeline("EU-NATO"))
    assert all(r["date"] for r in found)
    assert len(reaches(parse("EU-NATO", {}).pairs, None, None)) > 500


def test_hostile_words_are_values(store: Store) -> None:
    with pytest.raises(AdvisoriesError):
        list(store.timeline("RU-US'; DROP TABLE event; --"))
    acts = ["x'; DROP TABLE event; --", "*", "[", "%"]
    assert list(store.timeline("RU-US", acts=acts, kinds=["*'--"])) == []
    assert list(store.timeline("RU-US"))
