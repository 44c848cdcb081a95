"""Answers of a list, one after another, and what the store tells of them."""

import sqlite3
from collections.abc import Callable

from tests.pipeline.conftest import Tell, at

Changes = Callable[[], list[tuple[object, ...]]]


def test_a_rise_is_one_change_with_both_levels(tell: Tell, changes: Changes) -> None:
    tell(at(1), [["GE", 1, at(1)]])
    tell(at(2), [["GE", 4, at(2)]])
    tell(at(3), [["GE", 4, at(2)]])
    assert changes() == [("GE", "raised", 1, 4, 1)]


def test_a_level_that_moves_without_its_date_is_not_confirmed(tell: Tell, changes: Changes) -> None:
    tell(at(1), [["BZ", 2, at(1)]])
    tell(at(2), [["BZ", 3, at(1)]])
    assert changes() == [("BZ", "raised", 2, 3, 0)]


def test_three_four_three_is_three_observations(
    tell: Tell, changes: Changes, store: sqlite3.Connection
) -> None:
    for day, level in ((1, 3), (2, 4), (3, 3)):
        tell(at(day), [["IL", level, at(day)]])
    assert [c[1] for c in changes()] == ["raised", "lowered"]
    assert store.execute("SELECT count(*) FROM observations").fetchone() == (3,)


def test_a_one_day_placeholder_tells_nothing(tell: Tell, changes: Changes) -> None:
    tell(at(1), [["KP", 4, at(1)], ["FR", 2, at(1)]])
    tell(at(2), [["KP", 1, at(2)], ["FR", 2, at(1)]])
    tell(at(3), [["KP", 4, at(1)], ["FR", 2, at(1)]])
    assert changes() == []


def test_a_drop_that_is_seen_again_a_day_later_is_told(tell: Tell, changes: Changes) -> None:
    tell(at(1), [["DK", 2, at(1)]])
    tell(at(2), [["DK", 1, at(2)]])
    tell(at(2, 19), [["DK", 1, at(2)]])
    assert changes() == []
    tell(at(2, 20), [["DK", 1, at(2)]])
    assert changes() == [("DK", "lowered", 2, 1, 1)]


def test_an_impossible_date_is_no_date(tell: Tell, store: sqlite3.Connection) -> None:
    tell(at(1), [["BD", 2, "2920-01-01T00:00:00Z"]])
    tell(at(2), [["BD", 3, at(2)]])
    assert store.execute("SELECT level, published FROM current_levels").fetchall() == [(3, at(2))]


def test_an_unread_level_stays_as_last_known_and_is_told(
    tell: Tell, changes: Changes, store: sqlite3.Connection
) -> None:
    tell(at(1), [["GE", 3, at(1)]])
    done = tell(at(2), [["GE", None, at(2)]])
    level, unknown = store.execute("SELECT level, unknown FROM current_levels").fetchone()
    assert (level, unknown) == (3, "last known level; no level printed")
    assert "GE" in done.notes["list"][0]
    assert {c[1] for c in changes()} <= {"text"}


def test_two_hundred_restamps_are_marked_as_one_batch(
    tell: Tell, store: sqlite3.Connection
) -> None:
    codes = "AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG".split()
    tell(at(1), [[c, 2, at(1)] for c in codes])
    tell(at(2), [[c, 2, at(2)] for c in codes])
    bulk = "SELECT DISTINCT bulk FROM level_changes WHERE kind = 'reissued'"
    assert store.execute(bulk).fetchall() == [(len(codes),)]
    assert store.execute("SELECT count(*) FROM observations").fetchone() == (len(codes),)


def test_an_edit_of_the_text_is_an_observation_and_no_event(
    tell: Tell, changes: Changes, store: sqlite3.Connection
) -> None:
    tell(at(1), [["ML", 4, at(1), "Stay away."]])
    tell(at(2), [["ML", 4, at(2), "Stay away from it."]])
    assert changes() == [("ML", "text", 4, 4, 1)]
    assert store.execute("SELECT count(*) FROM timeline").fetchone() == (1,)


def test_refused_and_empty_answers_change_nothing(tell: Tell, store: sqlite3.Connection) -> None:
    tell(at(1), [["GE", 1, at(1)], ["FR", 2, at(1)]])
    before = dump(store)
    done = tell(at(2), b"<html>please wait</html>")
    assert done.refused["list"] == 1
    assert dump(store) == before
    assert store.execute("SELECT refused IS NOT NULL FROM attempt").fetchall()[-1] == (1,)


def dump(conn: sqlite3.Connection) -> list[str]:
    """Everything but the log of attempts."""
    return [line for line in conn.iterdump() if '"attempt"' not in line.split("VALUES")[0]]


class TestAbsence:
    """No longer listed: slow, few at a time, never "lifted"."""

    FULL = [[c, 2, at(1)] for c in "AF AL DZ AD AO AR AM AU AT AZ".split()]

    def test_absent_from_three_sound_answers_over_a_day(self, tell: Tell, changes: Changes) -> None:
        tell(at(1), self.FULL)
        for hour in (0, 12):
            tell(at(2, hour), self.FULL[1:])
        assert changes() == []
        tell(at(3, 1), self.FULL[1:])
        assert changes() == [("AF", "unlisted", 2, 2, 1)]

    def test_it_is_told_when_it_returns(self, tell: Tell, changes: Changes) -> None:
        tell(at(1), self.FULL)
        for day in (2, 3, 4):
            tell(at(day), self.FULL[1:])
        tell(at(5), self.FULL)
        assert [c[1] for c in changes()] == ["unlisted", "relisted"]

    def test_half_a_list_is_flagged_and_nothing_is_removed(
        self, tell: Tell, changes: Changes, store: sqlite3.Connection
    ) -> None:
        tell(at(1), self.FULL)
        for day in range(2, 6):
            done = tell(at(day), self.FULL[:5])
            assert done.partial["list"] == 1
            assert "5 of 10 items" in done.why["list"]
        assert changes() == []
        assert store.execute("SELECT count(*) FROM current_levels WHERE listed").fetchone() == (10,)
