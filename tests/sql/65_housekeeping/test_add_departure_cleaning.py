"""add_departure_cleaning: a room that somebody has left is on the list, however they were checked out."""

import pytest

from tests.cleaning import Lodge
from tests.desk import RECEPTION


@pytest.mark.shows("subflow/cleaning_post_checkout")
def test_a_check_out_brings_it(lodge: Lodge) -> None:
    """tg_bookings__departure_cleaning."""
    booking = lodge.desk.in_house(0, 1, room="L1")
    lodge.morning(1)
    said = lodge.desk.messages(booking)
    lodge.desk.check_out(booking)
    assert lodge.listed() == [("post_checkout", "L1", "new", "post_checkout")]
    assert lodge.desk.messages(booking) == [*said, "checkout_summary"]


@pytest.mark.shows("trigger/post_checkout_cleaning")
def test_so_does_a_check_out_by_hand(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 1, room="L1")
    lodge.desk.db.execute(
        "update public.bookings set checkin_status = 'CHECKED_OUT', checked_out_at = app.now(),"
        " checked_out_on = check_out where id = %s",
        (booking["id"],),
    )
    assert [subtype for subtype, *_ in lodge.listed()] == ["post_checkout"]


def test_a_room_gets_no_second_while_one_is_open(lodge: Lodge) -> None:
    for _ in range(2):
        with lodge.desk.db.transaction():
            lodge.desk.db.execute("select app.set_caller(%s)", (lodge.desk.tenant_id,))
            lodge.desk.db.execute(
                "select app.add_departure_cleaning(%s, %s)", (lodge.desk.property_id, lodge.desk.rooms["L1"])
            )
    assert len(lodge.listed()) == 1


@pytest.mark.shows("subflow/cleaning_type")
def test_the_room_is_clean_when_it_is_done(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 1, room="L1")
    lodge.morning(1)
    lodge.desk.check_out(booking)
    assert lodge.desk.room("L1")["cleanliness"] == "dirty"
    lodge.act("L1", "assign", "start", "complete")
    assert lodge.desk.room("L1")["cleanliness"] == "clean"


def test_a_tap_too_many_is_taken_back(lodge: Lodge) -> None:
    """restore_room."""
    booking = lodge.desk.in_house(0, 1, room="L1")
    lodge.morning(1)
    lodge.desk.check_out(booking)
    lodge.desk.db.execute("delete from public.app_settings where key = 'undo_seconds'")
    lodge.act("L1", "assign", "start", "complete")
    request = lodge.desk.one(
        "select id from portal.requests where room_id = %s and status = 'done'", lodge.desk.rooms["L1"]
    )
    lodge.desk.call("portal_undo_action", RECEPTION, p_request_id=request)
    assert lodge.desk.room("L1")["cleanliness"] == "dirty"
    assert [status for _, _, status, _ in lodge.listed()] == ["in_progress"]


def test_it_outlives_the_stay(lodge: Lodge) -> None:
    booking = lodge.desk.in_house(0, 1, room="L1")
    lodge.morning(1)
    lodge.desk.check_out(booking)
    lodge.morning(4)
    lodge.tick()
    assert [status for _, _, status, _ in lodge.listed()] == ["new"]
