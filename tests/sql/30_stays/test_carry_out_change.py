"""carry_out_change: an approval changes the stay, whole or not at all; completion charges the amount."""

from datetime import time
from typing import Any

import pytest

from tests.desk import HOUSEKEEPER, MANAGER, RECEPTION, Desk, refused, slug
from tests.stay_changes import act, approve, granted, of_booking, tax_changes_of_stay, wish


def status(desk: Desk, request: object) -> object:
    return desk.one("select status from portal.requests where id = %s", request)


def test_a_wish_waits_for_a_manager_with_its_price(desk: Desk) -> None:
    request = wish(desk, desk.in_house(0, 2), "late_checkout", check_out_time="15:00")
    assert status(desk, request) == "pending_approval"
    by = desk.one(
        "select actor_kind from portal.request_status_history"
        " where request_id = %s and action = 'request_approval'",
        request,
    )
    assert by == "system"
    [(title, actions)] = desk.seen(
        "select title, api.request_actions(id) from api.requests where id = %s", request, by=MANAGER
    )
    assert title == "Late check-out · 15:00"
    asked = {action["key"]: action["requires"] for action in actions}
    assert asked["approve"]["amount"]["value"] == 5000
    assert set(asked["reject"]) == {"reason"}


@pytest.mark.shows("subflow/booking_action_charge", "subflow/booking_action_life")
def test_approval_gives_the_hour_and_completion_the_charge(desk: Desk) -> None:
    tax_changes_of_stay(desk)
    booking = desk.in_house(0, 2)
    request = wish(desk, booking, "late_checkout", check_out_time="15:00")
    assert approve(desk, request, "4000")["status"] == "approved"
    assert of_booking(desk, booking, "agreed_check_out_time") == time(15)
    assert "booking.hours_agreed" in desk.events(booking)
    assert act(desk, request, "complete", RECEPTION)["status"] == "completed"
    charged = desk.db.execute(
        "select c.category, c.gross, c.tax_total > 0 from public.charges as c where c.request_id = %s",
        (request,),
    ).fetchall()
    assert [(category, int(gross), taxed) for category, gross, taxed in charged] == [
        ("late_checkout", 4000, True)
    ]
    told = desk.messages(booking)
    assert {"request_update", "request_done", "folio_charge_posted"} <= set(told)


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_who_comes_early_is_expected_then(desk: Desk) -> None:
    booking = desk.confirmed(2, 4, room="L1")
    granted(desk, booking, "early_checkin", check_in_time="09:30")
    assert of_booking(desk, booking, "agreed_check_in_time") == time(9, 30)


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_a_longer_stay_takes_the_nights(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    before = of_booking(desk, booking, "total_price")
    granted(desk, booking, "extend_stay", "20000", check_out=4)
    assert desk.segments(booking) == [("L1", 0, 4)]
    assert desk.sold() == {0: 1, 1: 1, 2: 1, 3: 1}
    assert of_booking(desk, booking, "total_price") == before + 20000


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_a_shorter_one_gives_them_back(desk: Desk) -> None:
    booking = desk.in_house(0, 4, room="L1")
    granted(desk, booking, "shorten_stay", check_out=1)
    assert desk.segments(booking) == [("L1", 0, 1)]
    assert desk.sold() == {0: 1}


def test_an_hour_agreed_holds_for_its_day(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    granted(desk, booking, "late_checkout")
    granted(desk, booking, "extend_stay", check_out=3)
    assert of_booking(desk, booking, "agreed_check_out_time") is None


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_another_room_takes_everything_along(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    towels = desk.ask(booking, "housekeeping", "towels")
    granted(desk, booking, "room_change", because="noise")
    assert desk.segments(booking) == [("L2", 0, 2)]
    assert desk.room("L1")["cleanliness"] == "dirty"
    assert desk.room("L2")["occupancy"] == "occupied"
    assert desk.one("select room_id::text from portal.requests where id = %s", towels) == desk.rooms["L2"]
    assert desk.one("select moved_because from public.stays where room_id = %s", desk.rooms["L2"]) == "noise"


def third_loft(desk: Desk) -> str:
    """One loft more, so that there is something to choose."""
    made = desk.one(
        "insert into public.rooms (tenant_id, property_id, room_type_id, room_number)"
        " select tenant_id, property_id, room_type_id, 'L3' from public.rooms where id = %s"
        " returning id::text",
        desk.rooms["L1"],
    )
    desk.rooms["L3"] = str(made)
    return str(made)


def choice(desk: Desk, request: object) -> dict[str, Any]:
    """The room that an approval may choose; nothing where it may choose none."""
    [(actions,)] = desk.seen("select api.request_actions(%s)", request, by=MANAGER)
    [approval] = [action for action in actions if action["key"] == "approve"]
    found: dict[str, Any] = approval["requires"].get("room_id", {})
    return found


def test_a_manager_picks_the_room(desk: Desk) -> None:
    third = third_loft(desk)
    booking = desk.in_house(0, 2, room="L1")
    request = wish(desk, booking, "room_change", because="noise")
    offered = choice(desk, request)
    assert [room["label"] for room in offered["options"]] == ["L2", "L3"]
    assert offered["value"] == desk.rooms["L2"]
    with refused("room_is_not_double_booked"):
        approve(desk, request, room_id=desk.rooms["C1"])
    with refused("input_invalid", 422):
        approve(desk, request, room_id="L3")
    approve(desk, request, room_id=third)
    assert desk.segments(booking) == [("L3", 0, 2)]
    late = wish(desk, booking, "late_checkout")
    assert choice(desk, late) == {}
    with refused("input_unknown", 422):
        approve(desk, late, room_id=third)


def test_the_room_picked_is_taken_meanwhile(desk: Desk) -> None:
    third = third_loft(desk)
    booking, other = desk.in_house(0, 2, room="L1"), desk.book(0, 2)
    request = wish(desk, booking, "room_change", because="noise")

    first, second = desk.at_once(
        lambda conn: desk.confirm(other, "L3", conn=conn),
        lambda conn: approve(desk, request, room_id=third, conn=conn),
    )
    assert first["status"] == "confirmed"
    assert slug(second) == "room_is_not_double_booked"
    assert (status(desk, request), desk.segments(booking)) == ("pending_approval", [("L1", 0, 2)])
    assert [room["label"] for room in choice(desk, request)["options"]] == ["L2"]


@pytest.mark.shows("subflow/booking_action_subtypes")
def test_an_occasion_is_noted_with_the_booking(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    granted(desk, booking, "special_occasion", occasion="anniversary", date=1)
    assert of_booking(desk, booking, "special_requests").startswith("A special occasion · Anniversary · ")


def test_housekeeping_hears_of_a_changed_stay(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    request = granted(desk, booking, "late_checkout")
    told = desk.one(
        "select count(*) from public.notification_log where request_id = %s and channel = 'slack'"
        " and variables ->> 'team' = 'housekeeping'",
        request,
    )
    assert told == 1


def test_the_room_is_gone_meanwhile(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    request = wish(desk, booking, "extend_stay", check_out=4)
    desk.confirmed(3, 5, room="L1")
    with refused("room_is_not_double_booked"):
        approve(desk, request, "20000")
    assert status(desk, request) == "pending_approval"
    assert desk.segments(booking) == [("L1", 0, 2)]
    assert "request_update" not in desk.messages(booking)


def test_a_refusal_gives_its_reason_and_changes_nothing(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    request = wish(desk, booking, "late_checkout")
    with refused("input_missing", 422):
        act(desk, request, "reject")
    assert act(desk, request, "reject", reason="A wedding party arrives")["status"] == "rejected"
    assert of_booking(desk, booking, "agreed_check_out_time") is None
    assert "request_cancelled" in desk.messages(booking)


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
@pytest.mark.parametrize(("action", "given"), [("approve", {"amount": "1"}), ("reject", {"reason": "full"})])
def test_others_do_not_decide(desk: Desk, by: str, action: str, given: dict[str, str]) -> None:
    request = wish(desk, desk.in_house(0, 2), "late_checkout")
    with refused("permission_missing", 403):
        act(desk, request, action, by, None, None, **given)


def test_two_managers_at_once_and_one_has_decided(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    request = wish(desk, booking, "late_checkout")

    first, second = desk.at_once(
        lambda conn: approve(desk, request, "4000", conn=conn, expected="pending_approval"),
        lambda conn: act(
            desk,
            request,
            "reject",
            "owner@hamsun.example",
            conn,
            "pending_approval",
            reason="full",
        ),
    )
    assert first["status"] == "approved"
    assert slug(second) == "request_moved_on"
    who = desk.one(
        "select display_name from identity.memberships as m"
        " join identity.users as u on u.id = m.user_id where u.email = %s",
        MANAGER,
    )
    assert who in str(second)
    assert of_booking(desk, booking, "agreed_check_out_time") == time(18)


def test_a_booking_and_an_approval_for_one_room(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    other = desk.book(2, 3)
    request = wish(desk, booking, "extend_stay", check_out=3)

    first, second = desk.at_once(
        lambda conn: approve(desk, request, "10000", conn=conn),
        lambda conn: desk.confirm(other, "L1", conn=conn),
    )
    assert first["status"] == "approved"
    assert slug(second) == "room_is_not_double_booked"


def test_nothing_agreed_is_missing_from_the_bill(desk: Desk) -> None:
    tax_changes_of_stay(desk)
    booking = desk.in_house(0, 0)
    request = granted(desk, booking, "special_occasion", "3000", occasion="birthday", date=0)
    with refused("folio_not_settled"):
        desk.check_out(booking)
    assert status(desk, request) == "approved"
    desk.check_out(booking, note="paid in cash at the desk")
    assert status(desk, request) == "completed"


def test_an_agreement_taken_back_gives_the_hour_back(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    request = granted(desk, booking, "late_checkout", check_out_time="15:00")
    act(desk, request, "cancel", RECEPTION, reason="flight was moved")
    assert of_booking(desk, booking, "agreed_check_out_time") is None
    granted(desk, booking, "late_checkout", check_out_time="16:00")
    other = wish(desk, booking, "late_checkout", check_out_time="17:00")
    act(desk, other, "cancel", RECEPTION, reason="not needed")
    assert of_booking(desk, booking, "agreed_check_out_time") == time(16)
