"""Standing levels: one row an issuer and destination, unknown told, two clocks, ages."""

from collections.abc import Callable

from .conftest import Ask, Told, advice

Rows = Callable[..., list[dict[str, object]]]
KEYS = (
    "issuer destination level regional_max level_text reasons published observed age_days stale ref"
).split()


def test_one_row_an_issuer_and_destination(rows: Rows) -> None:
    found = rows("levels")
    assert list(found[0])[: len(KEYS)] == KEYS
    assert {(r["issuer"], r["destination"]): r["level"] for r in found} == {
        ("US", "RU"): 4,
        ("US", "FR"): 1,
        ("US", "UA"): 4,
        ("US", "GE"): None,
        ("GB", "RU"): 4,
        ("GB", "FR"): 2,
        ("GB", "UA"): 2,
    }


def test_unknown_is_null_with_its_reason(rows: Rows) -> None:
    (row,) = rows("levels", "GE")
    assert (row["level"], row["unknown"]) == (None, "no level printed")


def test_destinations_by_name_list_and_bloc(rows: Rows) -> None:
    assert {r["destination"] for r in rows("levels", "france", "UA")} == {"FR", "UA"}
    assert {r["destination"] for r in rows("levels", "FR,UA")} == {"FR", "UA"}
    assert {r["destination"] for r in rows("levels", "EU")} == {"FR"}
    assert {r["issuer"] for r in rows("levels", "--issuer", "US")} == {"US"}


def test_disagree_is_two_levels_or_more(rows: Rows) -> None:
    assert {r["destination"] for r in rows("levels", "--disagree")} == {"UA"}


def test_as_of_gives_what_stood(rows: Rows) -> None:
    (row,) = rows("levels", "RU", "--issuer", "US", "--as-of", "2024-12-05")
    assert (row["level"], row["published"], row["age_days"]) == (3, "2024-11-01T00:00:00Z", 35)
    assert not rows("levels", "--as-of", "2024-11-30")


def test_age_and_staleness_go_by_the_clock(rows: Rows, ask: Ask) -> None:
    assert all(r["stale"] for r in rows("levels")), "ten days without an answer"
    held = rows("levels", "RU", "--issuer", "US", "--as-of", "2024-12-11")
    assert [(r["age_days"], r["stale"]) for r in held] == [(3, False)]


def test_an_unread_level_stays_as_last_known(own: Told, rows: Rows) -> None:
    own.tell(
        (
            "us-list",
            "2024-12-01T00:00:00Z",
            [advice("RU", 4, "2024-11-01"), advice("FR", 1, "2024-11-01")],
        ),
        (
            "us-list",
            "2024-12-03T00:00:00Z",
            [advice("RU", None, "2024-12-02"), advice("FR", 1, "2024-11-01")],
        ),
    )
    (row,) = rows("levels", "RU", db=own.path)
    assert row["level"] == 4
    assert str(row["unknown"]).startswith("last known level")


def test_nothing_names_the_issuers_in_the_store(ask: Ask) -> None:
    code, out, err = ask("levels", "BR", "--json")
    assert (code, out) == (0, "[]\n")
    assert "GB, US" in err
