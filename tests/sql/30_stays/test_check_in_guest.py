"""check_in_guest: a booked guest takes the room."""

import pytest

from tests.desk import HOUSEKEEPER, STRANGER, Desk, refused, slug


@pytest.mark.shows("notification/check_in_whatsapp", "template/checkin_welcome_cleaning_opt_in")
def test_the_room_is_occupied_and_the_folio_open(desk: Desk) -> None:
    booking = desk.check_in(desk.confirmed(0, 2, room="L1"))

    assert (booking["checkin_status"], booking["state"], booking["warnings"]) == (
        "CHECKED_IN",
        "in_house",
        [],
    )
    assert booking["checked_in_at"] is not None
    assert desk.room("L1")["occupancy"] == "occupied"
    assert (
        desk.one(
            "select count(*) from public.folios where booking_id = %s and closed_at is null", booking["id"]
        )
        == 1
    )
    assert desk.events(booking)[-1] == "booking.checked_in"
    assert desk.messages(booking) == ["welcome_with_portal", "checkin_welcome_cleaning_opt_in"]


@pytest.mark.shows("notification/check_in_slack")
def test_reception_reads_in_slack_who_came(desk: Desk) -> None:
    desk.db.execute(
        "update notify.teams set slack_channel = '#reception-lodge'"
        " where key = 'reception' and property_id is null and tenant_id = %s",
        (desk.tenant_id,),
    )
    booking = desk.check_in(desk.confirmed(0, 2, room="L1"))
    desk.check_in(booking)

    told = desk.db.execute(
        "select recipient, variables ->> 'room_number', variables ->> 'guest_name', variables ->> 'actor',"
        " variables ? 'check_out', request_id from public.notification_log"
        " where booking_id = %s and channel = 'slack' and event_key = 'guest_checked_in'",
        (booking["id"],),
    ).fetchall()
    assert told == [("#reception-lodge", "L1", "Noor Haq", "Mohsin", True, None)]


def test_gives_a_room_to_a_booking_without_one(desk: Desk) -> None:
    booking = desk.check_in(desk.confirmed(0, 2), room="L2")

    assert booking["room_number"] == "L2"
    assert desk.segments(booking) == [("L2", 0, 2)]
    assert desk.sold() == {0: 1, 1: 1}


def test_gives_another_room_than_planned(desk: Desk) -> None:
    booking = desk.check_in(desk.confirmed(0, 2, room="L1"), room="C1")

    assert desk.segments(booking) == [("C1", 0, 2)]
    assert (desk.sold(), desk.sold("CABIN")) == ({}, {0: 1, 1: 1})


def test_a_late_guest_gets_a_room_that_was_taken_until_today(desk: Desk) -> None:
    early = desk.in_house(0, 1, room="L1")
    late = desk.confirmed(0, 3)
    desk.wait_days()
    desk.check_out(early)
    desk.mark("L1", cleanliness="inspected")

    desk.check_in(late, room="L1")

    assert desk.segments(late) == [("L1", 1, 3)]
    assert desk.sold() == {0: 1, 1: 1, 2: 1}


def test_arrives_after_midnight_of_the_departure_day(desk: Desk) -> None:
    booking = desk.confirmed(0, 1, room="L1")
    desk.wait_days()

    assert desk.check_in(booking)["state"] == "departure_day"


def test_what_the_guest_asked_for_before_finds_the_room(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    request = desk.ask(booking, "concierge")

    desk.check_in(booking, room="L2")

    assert str(desk.one("select room_id from portal.requests where id = %s", request)) == desk.rooms["L2"]


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    one = desk.check_in(booking)
    two = desk.check_in(booking, room="L1")

    assert one["checked_in_at"] == two["checked_in_at"]
    assert desk.events(booking).count("booking.checked_in") == 1
    assert desk.messages(booking).count("checkin_welcome_cleaning_opt_in") == 1


def test_refuses_another_room_once_in_house(desk: Desk) -> None:
    booking = desk.in_house(room="L1")
    with refused("guest_is_in_another_room"):
        desk.check_in(booking, room="L2")


def test_refuses_a_draft(desk: Desk) -> None:
    booking = desk.book()
    with refused("booking_not_confirmed"):
        desk.check_in(booking, room="L1")


def test_refuses_a_guest_who_has_left(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    desk.check_out(booking)
    with refused("booking_checked_out"):
        desk.check_in(booking)


def test_refuses_an_arrival_in_the_future(desk: Desk) -> None:
    booking = desk.confirmed(1, 2, room="L1")
    with refused("arrival_is_in_the_future"):
        desk.check_in(booking)


def test_refuses_a_stay_that_is_over(desk: Desk) -> None:
    booking = desk.confirmed(0, 1, room="L1")
    desk.wait_days(2)
    with refused("stay_is_over"):
        desk.check_in(booking)


def test_refuses_without_a_room_and_says_what_is_free(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    with refused("room_not_assigned") as caught:
        desk.check_in(booking)
    assert caught.value.diag.message_hint == "Free on these nights: Cabin C1; Loft L1, L2."


def test_refuses_a_room_that_is_still_occupied(desk: Desk) -> None:
    desk.in_house(0, 1, room="L1")
    desk.wait_days()
    next_guest = desk.confirmed(1, 2, room="L1")
    with refused("room_not_vacant"):
        desk.check_in(next_guest)


@pytest.mark.parametrize("cleanliness", ["dirty", "pickup"])
def test_refuses_a_room_that_is_not_ready(desk: Desk, cleanliness: str) -> None:
    desk.mark("L1", cleanliness=cleanliness)
    booking = desk.confirmed(0, 2, room="L1")
    with refused("room_not_ready"):
        desk.check_in(booking)


def test_a_property_may_soften_ready_to_a_warning(desk: Desk) -> None:
    desk.set("check_in_requires_ready_room", False)
    desk.mark("L1", cleanliness="dirty")
    booking = desk.check_in(desk.confirmed(0, 2, room="L1"))

    assert booking["warnings"] == ["room_not_ready"]
    assert desk.warnings("L1") == ["room_not_ready"]


def test_the_guest_does_not_hear_of_the_warning(desk: Desk) -> None:
    desk.set("check_in_requires_ready_room", False)
    desk.mark("L1", cleanliness="dirty")
    booking = desk.check_in(desk.confirmed(0, 2, room="L1"))

    assert "warnings" not in desk.last_payload(booking)


def test_a_ready_room_is_given_without_a_word(desk: Desk) -> None:
    desk.in_house(0, 2, room="L1")

    assert desk.warnings("L1") == []


def test_refuses_a_room_out_of_order(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    desk.block("L1", 0, 1)
    with refused("room_out_of_order"):
        desk.check_in(booking)


def test_a_room_out_of_service_is_still_given(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    desk.block("L1", 0, 1, kind="out_of_service")

    assert desk.check_in(booking)["checkin_status"] == "CHECKED_IN"


def test_refuses_a_room_promised_to_someone_else(desk: Desk) -> None:
    desk.confirmed(1, 2, room="L1")
    booking = desk.confirmed(0, 2)
    with refused("room_is_not_double_booked") as caught:
        desk.check_in(booking, room="L1")
    assert "Loft L2" in (caught.value.diag.message_hint or "")


def test_does_not_find_a_room_of_another_property(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    foreign = desk.one("select id from public.rooms where room_number = 'G05'")
    with refused("room_not_found", 404):
        desk.call("check_in_guest", p_booking_id=booking["id"], p_room_id=foreign)


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    with refused("permission_missing", 403):
        desk.check_in(booking, by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    with refused("booking_not_found", 404):
        desk.check_in(booking, by=STRANGER)


def test_checked_in_twice_at_once_is_one_arrival(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")

    one, two = desk.at_once(
        lambda c: desk.check_in(booking, conn=c), lambda c: desk.check_in(booking, conn=c)
    )

    assert one["checked_in_at"] == two["checked_in_at"]
    assert desk.events(booking).count("booking.checked_in") == 1


def test_of_two_at_once_for_one_room_one_gets_it(desk: Desk) -> None:
    one, two = desk.confirmed(0, 2), desk.confirmed(0, 2)

    won, lost = desk.at_once(
        lambda c: desk.check_in(one, room="L1", conn=c), lambda c: desk.check_in(two, room="L1", conn=c)
    )

    assert won["room_number"] == "L1"
    assert slug(lost) == "room_not_vacant"
