"""cleaning_follows_move: a move leaves a room to be cleaned and takes no unbegun cleaning along."""

import pytest

from tests.cleaning import Lodge


@pytest.mark.shows("subflow/cleaning_sources")
def test_an_unbegun_cleaning_is_skipped(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1)
    lodge.tick()
    lodge.desk.move(booking, "L2")
    assert lodge.listed() == [
        ("daily_clean", "L1", "skipped", "daily_cron"),
        ("post_checkout", "L1", "new", "post_checkout"),
    ]


def test_one_that_was_begun_goes_on_in_its_room(lodge: Lodge) -> None:
    booking = lodge.stays("L1")
    lodge.morning(1)
    lodge.tick()
    lodge.act("L1", "assign", "start")
    lodge.desk.move(booking, "L2")
    assert ("daily_clean", "L1", "in_progress", "daily_cron") in lodge.listed()


def test_a_move_before_arrival_leaves_nothing_dirty(lodge: Lodge) -> None:
    lodge.desk.move(lodge.desk.confirmed(0, 2, room="L1"), "L2")
    assert lodge.listed() == []
