"""Full text: any language, newest first, hits marked, nothing injected."""

from collections.abc import Callable

import pytest

from .conftest import Ask, Told, news

Rows = Callable[..., list[dict[str, object]]]


def test_all_words_newest_first(rows: Rows) -> None:
    found = rows("search", "russia", "united")
    assert [r["date"] for r in found] == sorted((r["date"] for r in found), reverse=True)
    assert all("united" in str(r["title"]).lower() for r in found)


def test_hits_are_marked(rows: Rows) -> None:
    (row,) = rows("search", "expels diplomats")
    assert row["snippet"] == "Russia «expels» two British «diplomats» from Moscow"


@pytest.mark.parametrize("words", ["断绝", "外交关系", "美国"])
def test_scripts_without_spaces_are_found_inside_a_run(rows: Rows, words: str) -> None:
    (row,) = rows("search", words)
    assert f"«{words}»" in str(row["snippet"])


def test_a_phrase_and_a_beginning(rows: Rows) -> None:
    assert len(rows("search", '"British diplomats"')) == 1
    assert not rows("search", '"diplomats British"')
    assert len(rows("search", "diplom*")) == 1


def test_accents_and_case_make_no_difference(own: Told, rows: Rows) -> None:
    own.tell(
        (
            "wire-a",
            "2024-12-01T06:00:00Z",
            [news("México expulsa al embajador", "2024-12-01T05:00:00Z")],
        )
    )
    (row,) = rows("search", "MEXICO", db=own.path)
    assert row["snippet"] == "«México» expulsa al embajador"


def test_pair_and_days_narrow(rows: Rows) -> None:
    assert {r["title"] for r in rows("search", "russia*", "--pair", "RU-GB")} == {
        "Russia expels two British diplomats from Moscow"
    }
    assert all(
        "2024-12-08" <= str(r["date"]) < "2024-12-09"
        for r in rows("search", "russia", "--since", "2024-12-08", "--until", "2024-12-08")
    )


def test_one_row_an_item_however_often_it_changed(own: Told, rows: Rows) -> None:
    for n, text in enumerate(("one", "two", "three")):
        own.tell(
            (
                "wire-a",
                f"2024-12-0{n + 1}T06:00:00Z",
                [news("Sanctions on Russia", "2024-12-01T05:00:00Z", summary=text)],
            )
        )
    assert len(rows("search", "sanctions", db=own.path)) == 1


@pytest.mark.parametrize(
    "words", ['"', '"; DROP TABLE search', "a OR b", "title:x", "NEAR(a b)", "*", "(", "x*y"]
)
def test_no_query_breaks_it(ask: Ask, words: str) -> None:
    code, out, err = ask("search", words, "--json")
    assert code in (0, 2)
    assert "Traceback" not in err
    assert out in ("", "[]\n")


def test_nothing_says_so(ask: Ask) -> None:
    code, out, err = ask("search", "zebra", "--json")
    assert (code, out) == (0, "[]\n")
    assert "zebra" in err
