"""move_room: a guest, or a booking to come, gets another room."""

from tests.desk import HOUSEKEEPER, STRANGER, Desk, refused, slug


def test_the_stay_splits_today(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    desk.wait_days()
    booking = desk.move(booking, "L2", "the air conditioning is broken")

    assert booking["room_number"] == "L2"
    assert desk.segments(booking) == [("L1", 0, 1), ("L2", 1, 4)]
    assert desk.room("L1") == {"occupancy": "vacant", "cleanliness": "dirty", "service_status": "none"}
    assert desk.room("L2")["occupancy"] == "occupied"
    assert desk.sold() == {0: 1, 1: 1, 2: 1, 3: 1}
    assert desk.events(booking)[-1] == "booking.room_changed"


def test_the_reason_is_kept_with_the_segment_and_not_in_the_event(desk: Desk) -> None:
    booking = desk.move(desk.in_house(0, 2, room="L1"), "L2", " snoring next door ")

    moved = "select moved_because from public.stays where booking_id = %s and released_at is null"
    assert desk.one(moved, booking["id"]) == "snoring next door"
    assert desk.one("select count(*) from public.event_log where payload::text like '%%snoring%%'") == 0


def test_a_warning_is_for_staff_and_not_in_the_guests_event(desk: Desk) -> None:
    desk.set("check_in_requires_ready_room", False)
    booking = desk.in_house(0, 2, room="L1")
    desk.mark("L2", cleanliness="dirty")
    moved = desk.move(booking, "L2")

    assert (moved["warnings"], desk.warnings("L2")) == (["room_not_ready"], ["room_not_ready"])
    assert "warnings" not in desk.last_payload(booking)


def test_on_the_day_of_arrival_the_new_room_replaces_the_old(desk: Desk) -> None:
    booking = desk.move(desk.in_house(0, 2, room="L1"), "L2")

    assert desk.segments(booking) == [("L2", 0, 2)]
    assert desk.segments(booking, released=True) == [("L1", 0, 2)]


def test_a_second_move_on_the_same_day_replaces_the_first(desk: Desk) -> None:
    booking = desk.in_house(0, 3, room="L1")
    desk.wait_days()
    desk.move(booking, "L2")
    desk.move(booking, "C1")

    assert desk.segments(booking) == [("L1", 0, 1), ("C1", 1, 3)]
    assert (desk.sold(), desk.sold("CABIN")) == ({0: 1}, {1: 1, 2: 1})


def test_back_on_the_same_day_is_as_if_nothing_had_been(desk: Desk) -> None:
    booking = desk.in_house(0, 3, room="L1")
    desk.wait_days()
    desk.move(booking, "L2")
    desk.mark("L1", cleanliness="clean")
    desk.move(booking, "L1")

    assert desk.segments(booking) == [("L1", 0, 3)]


def test_a_day_use_moves_too(desk: Desk) -> None:
    booking = desk.move(desk.in_house(0, 0, room="L1"), "L2")

    assert desk.segments(booking) == [("L2", 0, 0)]


def test_before_arrival_the_whole_stay_moves(desk: Desk) -> None:
    booking = desk.move(desk.confirmed(1, 3, room="L1"), "L2")

    assert desk.segments(booking) == [("L2", 1, 3)]
    assert desk.room("L2")["occupancy"] == "vacant"


def test_a_booking_without_a_room_gets_one(desk: Desk) -> None:
    booking = desk.move(desk.confirmed(1, 3), "L2", "high floor")

    assert desk.segments(booking) == [("L2", 1, 3)]
    assert desk.sold() == {1: 1, 2: 1}


def test_open_requests_follow_but_a_repair_stays_with_its_room(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    towels, repair = (
        desk.ask(booking, "housekeeping", "towels"),
        desk.ask(booking, "maintenance", "ac_heating"),
    )

    desk.move(booking, "L2")

    room_of = (
        "select r.room_number from portal.requests as q join public.rooms as r on r.id = q.room_id"
        " where q.id = %s"
    )
    assert (desk.one(room_of, towels), desk.one(room_of, repair)) == ("L2", "L1")


def test_the_teams_cards_name_the_new_room(desk: Desk) -> None:
    desk.db.execute("update notify.teams set slack_channel = '#lodge' where slack_channel is null")
    booking = desk.in_house(0, 2, room="L1")
    begun, waiting = desk.ask(booking, "housekeeping", "towels"), desk.ask(booking, "concierge", "other")
    desk.call("portal_update_request_status", HOUSEKEEPER, p_request_id=begun, p_action="acknowledge")
    desk.move(booking, "L2")
    desk.move(booking, "C1")

    cards = (
        "select array_agg(array[n.event_key, n.variables ->> 'room_number', n.variables ->> 'moved_from',"
        " case n.event_key when 'card_renewed' then n.variables ->> 'actor' end]"
        " order by n.event_key, n.variables ->> 'room_number', n.variables ->> 'moved_from' nulls first)"
        " from public.notification_log as n"
        " where n.channel = 'slack' and n.state = 'queued' and n.request_id = %s"
    )
    assert desk.one(cards, waiting) == [
        ["card_renewed", "C1", None, None],
        ["request_received", "L1", None, None],
    ]
    assert desk.one(cards, begun) == [
        ["card_renewed", "C1", None, "Sana"],
        ["card_renewed", "C1", "L1", "Sana"],
        ["request_moved", "C1", "L2", None],
        ["request_moved", "L2", "L1", None],
        ["request_received", "L1", None, None],
    ]


def test_twice_is_once(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    one, two = desk.move(booking, "L2"), desk.move(booking, "L2")

    assert one["room_number"] == two["room_number"] == "L2"
    assert desk.events(booking).count("booking.room_changed") == 1


def test_refuses_to_move_without_a_reason(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("reason_missing", 422):
        desk.move(booking, "L2", None)


def test_refuses_to_move_nowhere(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("field_missing", 422):
        desk.call("move_room", p_booking_id=booking["id"], p_room_id=None, p_reason="noise")


def test_refuses_a_draft(desk: Desk) -> None:
    booking = desk.book()
    with refused("booking_not_confirmed"):
        desk.move(booking, "L2")


def test_refuses_a_guest_who_has_left(desk: Desk) -> None:
    booking = desk.in_house(0, 0)
    desk.check_out(booking)
    with refused("booking_checked_out"):
        desk.move(booking, "L2")


def test_refuses_on_the_departure_day(desk: Desk) -> None:
    booking = desk.in_house(0, 1)
    desk.wait_days()
    with refused("stay_is_over") as caught:
        desk.move(booking, "L2")
    assert "change_stay_dates" in (caught.value.diag.message_hint or "")


def test_refuses_a_room_that_is_not_ready(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.mark("L2", cleanliness="dirty")
    with refused("room_not_ready"):
        desk.move(booking, "L2")


def test_refuses_an_occupied_room(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.in_house(0, 2, room="L2")
    with refused("room_not_vacant"):
        desk.move(booking, "L2")


def test_refuses_a_room_promised_to_someone_else(desk: Desk) -> None:
    booking = desk.in_house(0, 3, room="L1")
    desk.confirmed(2, 4, room="L2")
    with refused("room_is_not_double_booked") as caught:
        desk.move(booking, "L2")
    assert "Cabin C1" in (caught.value.diag.message_hint or "")


def test_refuses_the_last_room_of_a_type_promised_to_someone_else(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(1, 2, room_type="CABIN")
    with refused("room_type_is_not_oversold"):
        desk.move(booking, "C1")


def test_refuses_the_wrong_role(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("permission_missing", 403):
        desk.move(booking, "L2", by=HOUSEKEEPER)


def test_does_not_find_another_hotels_booking(desk: Desk) -> None:
    booking = desk.in_house()
    with refused("booking_not_found", 404):
        desk.move(booking, "L2", by=STRANGER)


def test_of_two_at_once_for_one_room_one_gets_it(desk: Desk) -> None:
    one, two = desk.in_house(0, 2, room="L1"), desk.in_house(0, 2, room="L2")

    won, lost = desk.at_once(lambda c: desk.move(one, "C1", conn=c), lambda c: desk.move(two, "C1", conn=c))

    assert won["room_number"] == "C1"
    assert slug(lost) == "room_not_vacant"
