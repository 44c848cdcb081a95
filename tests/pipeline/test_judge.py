"""What a newly read state means: the rules against placeholders, old copies and wobbling dates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.analysis.judge import (
    CONFIRM_AFTER,
    Known,
    Pending,
    change_kind,
    confirmed,
    digest,
    judge,
    keep_known_level,
)
from advisories.model import Item

DAY = datetime(2026, 1, 10, tzinfo=UTC)


def item(level: int | None, day: int = 0, **more: object) -> Item:
    return Item(
        "BY", "Belarus", destination="BY", level=level, published=DAY + timedelta(days=day), **more
    )  # type: ignore[arg-type]


def known(level: int | None, day: int = 0, pending: Pending | None = None) -> Known:
    state = item(level, day)
    return Known(digest(state), level, state.regional_max, state.published, pending)


def test_the_first_sight_is_first() -> None:
    assert judge(item(4), None, DAY).verdict == "first"


def test_a_move_of_the_date_alone_is_a_reissue() -> None:
    assert judge(item(4, day=3), known(4), DAY).verdict == "reissued"
    assert judge(item(4), known(4), DAY).verdict == "same"


def test_an_older_date_is_an_old_copy_and_no_change() -> None:
    assert judge(item(2, day=-5), known(3), DAY).verdict == "stale"
    assert judge(item(2, day=5), known(3), DAY).verdict == "changed"


def test_a_drop_to_level_1_waits_for_a_second_look() -> None:
    first = judge(item(1, day=1), known(4), DAY)
    assert (first.verdict, first.pending) == ("pending", Pending(1, DAY))
    again = known(4, pending=first.pending)
    assert judge(item(1, day=1), again, DAY + timedelta(hours=19)).verdict == "pending"
    assert judge(item(1, day=1), again, DAY + CONFIRM_AFTER).verdict == "changed"


def test_a_placeholder_that_goes_away_leaves_no_trace() -> None:
    waiting = known(4, pending=Pending(1, DAY))
    back = judge(item(4, day=0), waiting, DAY + timedelta(days=1))
    assert (back.verdict, back.pending) == ("same", None)


@pytest.mark.parametrize(("old", "new"), [(4, 2), (3, 2), (1, 4), (2, 3)])
def test_other_moves_are_believed_at_once(old: int, new: int) -> None:
    assert judge(item(new, day=1), known(old), DAY).verdict == "changed"


def test_an_unread_level_never_replaces_a_known_one() -> None:
    kept = keep_known_level(item(None, unknown="no level printed"), known(3))
    assert kept.level == 3
    assert "unread" in kept.flags
    assert kept.unknown == "last known level; no level printed"
    assert keep_known_level(item(None), None).level is None


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [(None, 3, "first"), (2, 3, "raised"), (3, 2, "lowered"), (2, 2, "text")],
)
def test_kinds_of_change(before: int | None, after: int, kind: str) -> None:
    assert change_kind(known(before) if before else None, item(after)) == kind


def test_a_regional_change_is_a_kind_of_its_own() -> None:
    assert change_kind(known(2), item(2, regional_max=4)) == "regional"


def test_confirmed_means_that_the_sources_date_moved() -> None:
    assert confirmed("raised", known(2), item(3, day=1))
    assert not confirmed("raised", known(2), item(3))
    undated = Item("BY", "Belarus", destination="BY", level=3)
    assert not confirmed("raised", known(2), undated)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 40)), max_size=8))
def test_judging_never_raises_and_same_input_is_same(states: list[tuple[int, int]]) -> None:
    held: Known | None = None
    for level, day in states:
        state = item(level, day)
        verdict = judge(state, held, DAY)
        assert verdict == judge(state, held, DAY)
        if verdict.verdict in ("first", "changed"):
            held = Known(digest(state), state.level, None, state.published)
            assert judge(state, held, DAY).verdict == "same"
