"""offered_change and booking_change_offer: what can be had, for how much, and what there is instead."""

from datetime import time
from typing import Any

import pytest

from tests.desk import HOUSEKEEPER, MANAGER, RECEPTION, Desk, refused, slug
from tests.stay_changes import act, approve, granted, of_booking, offer, tax_changes_of_stay, wish

NOON = "12:00"
ASKED = "select count(*) from portal.requests where booking_id = %s and type_slug = 'booking_action'"


@pytest.mark.shows("subflow/booking_action_charge")
def test_a_late_check_out_costs_half_a_night(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    answer = offer(desk, booking, "late_checkout", check_out_time="15:30")
    assert answer == {
        "is_available": True,
        "amount": 5000,
        "currency": "PKR",
        "inputs": {"check_out_time": "15:30"},
    }


def test_what_it_costs_and_until_when_are_the_propertys(desk: Desk) -> None:
    desk.set("late_checkout:percent", 30)
    desk.set("late_checkout:until_hour", 16)
    booking = desk.in_house(0, 2)
    assert offer(desk, booking, "late_checkout")["amount"] == 3000
    assert offer(desk, booking, "late_checkout")["inputs"] == {"check_out_time": "16:00"}
    late = offer(desk, booking, "late_checkout", check_out_time="17:00")
    assert (late["slug"], late["hint"]) == ("hour_not_offered", "Between 12:00 and 16:00.")


@pytest.mark.parametrize("hour", ["11:00", NOON, "23:59"])
def test_other_hours_are_not_offered(desk: Desk, hour: str) -> None:
    booking = desk.in_house(0, 2)
    assert offer(desk, booking, "late_checkout", check_out_time=hour)["slug"] == "hour_not_offered"


def test_what_is_agreed_is_not_sold_twice(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    granted(desk, booking, "late_checkout", check_out_time="15:00")
    assert offer(desk, booking, "late_checkout", check_out_time="15:00")["slug"] == "hour_not_offered"
    assert offer(desk, booking, "late_checkout", check_out_time="16:00")["is_available"]


def test_a_later_hour_costs_what_was_not_agreed_yet(desk: Desk) -> None:
    tax_changes_of_stay(desk)
    booking = desk.in_house(0, 2)
    first = granted(desk, booking, "late_checkout", "3500", check_out_time="14:00")
    assert offer(desk, booking, "late_checkout", check_out_time="15:00")["amount"] == 1500
    act(desk, first, "complete", RECEPTION)
    assert offer(desk, booking, "late_checkout", check_out_time="15:00")["amount"] == 1500
    second = granted(desk, booking, "late_checkout", "1500", check_out_time="16:00")
    assert offer(desk, booking, "late_checkout", check_out_time="17:00")["amount"] == 0
    act(desk, second, "cancel", RECEPTION, reason="not needed")
    assert of_booking(desk, booking, "agreed_check_out_time") == time(14)
    assert offer(desk, booking, "late_checkout", check_out_time="15:00")["amount"] == 1500


def test_of_two_wishes_that_wait_the_hour_is_charged_once(desk: Desk) -> None:
    desk.db.execute(
        "insert into notify.teams (tenant_id, property_id, key, label, icon, slack_channel)"
        " select tenant_id, %s, key, label, icon, '#decide' from notify.teams"
        " where tenant_id = %s and key = 'approvals' limit 1",
        (desk.property_id, desk.tenant_id),
    )
    booking = desk.in_house(0, 2)
    first = wish(desk, booking, "late_checkout", check_out_time="14:00")
    second = wish(desk, booking, "late_checkout", check_out_time="16:00")
    approve(desk, first, "5000")
    [(actions,)] = desk.seen("select api.request_actions(%s)", second, by=MANAGER)
    [asked] = [action["requires"] for action in actions if action["key"] == "approve"]
    assert asked["amount"]["value"] == 0
    card = (
        "select variables from public.notification_log where request_id = %s and event_key = 'card_renewed'"
    )
    [approval] = [one for one in desk.one(card, second)["actions"] if one["key"] == "approve"]
    assert [given["value"] for given in approval["inputs"]] == ["0"]


def test_an_hour_that_fell_with_its_day_is_paid_anew(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    granted(desk, booking, "late_checkout", "5000", check_out_time="14:00")
    granted(desk, booking, "extend_stay", "10000", check_out=3)
    assert offer(desk, booking, "late_checkout", check_out_time="14:00")["amount"] == 5000


def test_two_wishes_for_an_hour_are_granted_once(desk: Desk) -> None:
    booking = desk.in_house(0, 2)
    first, second = (wish(desk, booking, "late_checkout", check_out_time="15:00") for _ in range(2))
    approve(desk, first)
    with refused("hour_not_offered"):
        approve(desk, second)


def test_an_hour_that_has_passed_is_not_offered(desk: Desk) -> None:
    booking = desk.in_house(0, 1)
    desk.wait_days(2)
    assert offer(desk, booking, "late_checkout")["slug"] == "hour_not_offered"


def test_the_next_guest_has_the_room(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(2, 3, room="L1")
    answer = offer(desk, booking, "late_checkout")
    assert (answer["is_available"], answer["slug"]) == (False, "room_is_not_double_booked")
    assert "L2" in answer["hint"]


def test_nor_may_the_house_be_full_that_night(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(2, 3)
    desk.confirmed(2, 3)
    assert offer(desk, booking, "late_checkout")["slug"] == "room_type_is_not_oversold"


def test_a_day_use_is_a_guest_too(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(2, 2, room="L1")
    assert offer(desk, booking, "late_checkout")["slug"] == "room_is_not_double_booked"


def test_who_comes_sooner_needs_the_night_before(desk: Desk) -> None:
    booking = desk.confirmed(2, 4, room="L1")
    free = offer(desk, booking, "early_checkin", check_in_time="09:00")
    assert (free["amount"], free["inputs"]) == (5000, {"check_in_time": "09:00"})
    desk.confirmed(1, 2, room="L1")
    assert offer(desk, booking, "early_checkin")["slug"] == "room_is_not_double_booked"
    assert offer(desk, desk.in_house(0, 1, room="L2"), "early_checkin")["slug"] == "guest_is_in_house"


def test_each_night_more_is_paid_for(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    assert offer(desk, booking, "extend_stay", check_out=5)["amount"] == 30000
    desk.confirmed(4, 6, room="L1")
    assert offer(desk, booking, "extend_stay", check_out=4)["amount"] == 20000
    assert offer(desk, booking, "extend_stay", check_out=5)["slug"] == "room_is_not_double_booked"
    for day in (1, 2):
        assert offer(desk, booking, "extend_stay", check_out=day)["slug"] == "date_not_offered"


def test_a_shorter_stay_costs_nothing_by_itself(desk: Desk) -> None:
    booking = desk.in_house(0, 3)
    assert offer(desk, booking, "shorten_stay", check_out=1)["amount"] == 0
    assert offer(desk, booking, "shorten_stay", check_out=4)["slug"] == "date_not_offered"
    desk.wait_days(2)
    assert offer(desk, booking, "shorten_stay", check_out=1)["slug"] == "stay_is_over"


def test_another_room_costs_what_it_is_worth_more(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="C1", room_type="CABIN")
    better = offer(desk, booking, "room_change", room_type=desk.code + "LOFT", because="a drip")
    assert (better["amount"], better["inputs"]["room_type"]) == (8000, desk.code + "LOFT")
    alone = offer(desk, booking, "room_change", because="a drip")
    assert alone["slug"] == "room_type_is_not_oversold"
    assert "L1, L2" in alone["hint"]


def test_an_occasion_is_within_the_stay(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    assert offer(desk, booking, "special_occasion", occasion="birthday", date=2)["amount"] == 0
    late = offer(desk, booking, "special_occasion", occasion="birthday", date=4)
    assert late["slug"] == "date_not_offered"


@pytest.mark.parametrize(
    ("subtype", "inputs", "is_refused"),
    [
        ("extend_stay", {}, "input_missing"),
        ("extend_stay", {"check_out": "tomorrow"}, "input_invalid"),
        ("extend_stay", {"check_out": "2026-02-30"}, "input_invalid"),
        ("late_checkout", {"check_out_time": "25:00"}, "input_invalid"),
        ("late_checkout", {"check_out_time": "3 pm"}, "input_invalid"),
        ("late_checkout", {"check_out": "2026-05-01"}, "input_unknown"),
        ("room_change", {"because": "a drip", "room_type": "PALACE"}, "input_invalid"),
        ("special_occasion", {"occasion": "coup", "date": "2026-05-01"}, "input_invalid"),
        ("honeymoon", {}, "subtype_unknown"),
    ],
)
def test_what_makes_no_sense_is_named(
    desk: Desk, subtype: str, inputs: dict[str, Any], is_refused: str
) -> None:
    booking = desk.confirmed(0, 2)
    with refused(is_refused, 422):
        offer(desk, booking, subtype, **inputs)


def test_a_change_says_which_it_is(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    with refused("subtype_unknown", 422):
        wish(desk, booking, None)  # type: ignore[arg-type]


def test_who_may_not_write_requests_is_told_nothing(desk: Desk) -> None:
    booking = desk.confirmed(0, 2)
    desk.db.execute(
        "delete from identity.role_permissions where permission = 'hotel:requests:write'"
        " and role_id in (select id from identity.roles where key = 'STAFF')"
    )
    with refused("permission_missing", 403):
        offer(desk, booking, "late_checkout", by=HOUSEKEEPER)


def test_another_hotels_stay_is_not_found(desk: Desk) -> None:
    with refused("booking_not_found", 404):
        offer(desk, {"id": "0190a000-0000-7000-8000-000000000001"}, "late_checkout")


def test_what_cannot_be_had_is_not_even_asked_for(desk: Desk) -> None:
    booking = desk.in_house(0, 2, room="L1")
    desk.confirmed(2, 3, room="L1")
    with refused("room_is_not_double_booked") as answer:
        wish(desk, booking, "late_checkout", check_out_time="15:00")
    assert slug(answer.value) == "room_is_not_double_booked"
    assert desk.one(ASKED, booking["id"]) == 0
