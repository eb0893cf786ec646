"""mark_no_show: a guest who was expected did not come; explain_no_show says before what it costs.

take_back_no_show: the guest comes after all.
"""

from typing import Any

import pytest

from tests.desk import HOUSEKEEPER, MANAGER, STRANGER, Booking, Desk, refused, slug
from tests.races import Connection

FEES = (
    "select c.category, c.gross, c.tax_total from public.charges c join public.folios f on f.id = c.folio_id"
    " where f.booking_id = %s order by c.posted_at, c.id"
)
TAXED = (
    "insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)"
    " values (%s, %s, 'NO_SHOW', 'No-show', %s, array['no_show'])"
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The Lodge, where a no-show's fee is exempt from tax."""
    desk.db.execute(TAXED, (desk.tenant_id, desk.property_id, None))
    return desk


def explain(desk: Desk, booking: Booking) -> dict[str, Any]:
    answer: dict[str, Any] = desk.call("explain_no_show", p_booking_id=booking["id"])
    return answer


def mark(
    desk: Desk, booking: Booking, total: Any = None, conn: Connection | None = None, **how: Any
) -> Booking:
    answer: Booking = desk.call(
        "mark_no_show",
        conn=conn,
        p_booking_id=booking["id"],
        p_expected_total=None if total is None else str(total),
        **how,
    )
    return answer


def take_back(desk: Desk, booking: Booking, reason: str | None = "came late", **how: Any) -> Booking:
    answer: Booking = desk.call("take_back_no_show", p_booking_id=booking["id"], p_reason=reason, **how)
    return answer


def fees(desk: Desk, booking: Booking) -> list[tuple[Any, ...]]:
    return desk.db.execute(FEES, (booking["id"],)).fetchall()


def test_the_first_night_is_charged_unless_the_house_says_otherwise(desk: Desk) -> None:
    booking = desk.confirmed(0, 3, room="L1")
    terms = explain(desk, booking)
    assert (terms["basis"], terms["total"], terms["can_be_marked"]) == ("first_night", 10000, True)

    marked = mark(desk, booking, terms["total"])

    assert (marked["status"], marked["state"]) == ("no_show", None)
    assert marked["no_show_charge"]["gross"] == 10000
    assert fees(desk, booking) == [("no_show", 10000, 0)]
    assert desk.events(booking).count("booking.no_show") == 1
    assert not {"folio_charge_posted", "request_cancelled"} & set(desk.messages(booking))


@pytest.mark.parametrize(
    ("percent", "of_stay", "basis", "fee"),
    [(0, True, "none", 0), (50, False, "first_night", 5000), (80, True, "stay", 24000)],
)
def test_the_fee_is_a_setting_of_the_property(
    desk: Desk, percent: int, of_stay: bool, basis: str, fee: int
) -> None:
    desk.set("no_show:percent", percent)
    desk.set("no_show:of_whole_stay", of_stay)
    booking = desk.confirmed(0, 3, room="L1")
    assert (explain(desk, booking)["basis"], explain(desk, booking)["total"]) == (basis, fee)
    mark(desk, booking)
    assert [gross for _, gross, _ in fees(desk, booking)] == ([fee] if fee else [])


def test_what_is_said_before_is_what_is_answered_after(desk: Desk) -> None:
    booking = desk.confirmed(0, 3, room="L1")
    terms, marked = explain(desk, booking), mark(desk, booking)
    with desk.db.transaction():
        desk.db.execute("select app.set_caller(%s)", (desk.tenant_id,))
        told = desk.one("select app.no_show_terms(b) from public.bookings b where id = %s", booking["id"])
        charge = desk.one("select (app.no_show_charge(%s)).id::text", booking["id"])
        answer = desk.one("select app.no_show_as_json(%s)", booking["id"])
    assert terms == told | {"can_be_marked": True}
    assert charge == answer["no_show_charge"]["id"] == marked["no_show_charge"]["id"]


def test_a_day_use_costs_its_one_night(desk: Desk) -> None:
    desk.set("no_show:of_whole_stay", True)
    assert explain(desk, desk.confirmed(0, 0, room="L1"))["fee"] == 10000


def test_it_is_taxed_by_a_code_of_its_own(desk: Desk) -> None:
    desk.db.execute("update public.properties set tax_mode = 'exclusive' where id = %s", (desk.property_id,))
    desk.db.execute("update public.tax_codes set rate = 10 where code = 'NO_SHOW'")
    booking = desk.confirmed(0, 2, room="L1")
    assert (explain(desk, booking)["fee"], explain(desk, booking)["total"]) == (10000, 11000)
    mark(desk, booking, 11000)
    assert fees(desk, booking) == [("no_show", 11000, 1000)]


def test_without_a_tax_code_nothing_happens(desk: Desk) -> None:
    desk.db.execute("delete from public.tax_codes where code = 'NO_SHOW'")
    booking = desk.confirmed(0, 2, room="L1")
    with refused("tax_code_missing"):
        mark(desk, booking)
    assert desk.segments(booking) == [("L1", 0, 2)]


def test_an_amount_that_has_changed_is_shown_again(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    with refused("fee_changed"):
        mark(desk, booking, 9999)
    assert fees(desk, booking) == []


@pytest.mark.parametrize("room", ["L1", None])
def test_the_remaining_nights_are_free_again(desk: Desk, room: str | None) -> None:
    mark(desk, desk.confirmed(0, 3, room=room))
    assert desk.sold() == {}
    assert desk.segments(desk.confirmed(0, 3, room="L1")) == [("L1", 0, 3)]


@pytest.mark.parametrize("room", ["L1", None])
def test_a_house_may_keep_them_for_who_has_paid(desk: Desk, room: str | None) -> None:
    desk.set("no_show:frees_nights", False)
    booking = desk.confirmed(0, 2, room=room)
    assert not explain(desk, booking)["frees_nights"]
    mark(desk, booking)
    assert desk.sold() == {0: 1, 1: 1}
    assert desk.segments(booking) == ([("L1", 0, 2)] if room else [])


def test_two_desks_at_once_charge_one_fee(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    first, second = desk.at_once(
        lambda c: mark(desk, booking, 10000, c), lambda c: mark(desk, booking, 10000, c)
    )
    assert first == second
    assert len(fees(desk, booking)) == 1


def test_a_check_in_at_the_same_moment_comes_too_late(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    _, lost = desk.at_once(lambda c: mark(desk, booking, conn=c), lambda c: desk.check_in(booking, conn=c))
    assert slug(lost) == "booking_not_confirmed"


def test_what_a_channel_sold_the_channel_charges(desk: Desk) -> None:
    """Whoever notes it first, the desk or Beds24: there is no fee of ours."""
    booking = desk.confirmed(0, 2, room="L1", channel="Booking.com")
    desk.db.execute("update public.bookings set beds24_booking_id = 7 where id = %s", (booking["id"],))
    assert (explain(desk, booking)["basis"], explain(desk, booking)["total"]) == ("channel", 0)
    assert mark(desk, booking)["no_show_charge"] is None
    assert fees(desk, booking) == []


def test_nobody_is_missed_before_the_day_of_arrival(desk: Desk) -> None:
    booking = desk.confirmed(2, 4, room="L1")
    assert not explain(desk, booking)["can_be_marked"]
    with refused("no_show_is_early"):
        mark(desk, booking)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("in_house", "booking_in_house"),
        ("draft", "booking_not_confirmed"),
        ("cancelled", "booking_not_confirmed"),
    ],
)
def test_only_who_was_expected_can_fail_to_come(desk: Desk, state: str, wanted: str) -> None:
    booking = desk.in_house(0, 2) if state == "in_house" else desk.book(0, 2)
    if state == "cancelled":
        desk.cancel(booking)
    with refused(wanted):
        mark(desk, booking)


@pytest.mark.parametrize(
    ("by", "wanted", "status"),
    [(HOUSEKEEPER, "permission_missing", 403), (STRANGER, "booking_not_found", 404)],
)
def test_refuses_the_wrong_role_and_the_wrong_hotel(desk: Desk, by: str, wanted: str, status: int) -> None:
    booking = desk.confirmed(0, 2)
    with refused(wanted, status):
        desk.call("mark_no_show", by, p_booking_id=booking["id"])
    with refused(wanted, status):
        desk.call("explain_no_show", by, p_booking_id=booking["id"])
    with refused(wanted, status):
        take_back(desk, booking, by=by)


@pytest.mark.parametrize(("frees", "room"), [(True, "L1"), (True, None), (False, "L1"), (False, None)])
def test_taken_back_it_is_as_before_and_its_fee_is_reversed(
    desk: Desk, frees: bool, room: str | None
) -> None:
    desk.set("no_show:frees_nights", frees)
    booking = desk.confirmed(0, 2, room=room)
    mark(desk, booking)
    again = take_back(desk, booking)
    assert again == take_back(desk, booking)
    assert (again["status"], again["state"], again["no_show_charge"]) == ("confirmed", "arrival_day", None)
    assert desk.sold() == {0: 1, 1: 1}
    assert desk.segments(booking) == ([("L1", 0, 2)] if room else [])
    assert [gross for _, gross, _ in fees(desk, booking)] == [10000, -10000]
    assert desk.events(booking)[-1] == "booking.no_show_taken_back"


def test_marked_anew_it_is_charged_anew(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    mark(desk, booking)
    take_back(desk, booking)
    mark(desk, booking)
    assert [gross for _, gross, _ in fees(desk, booking)] == [10000, -10000, 10000]


def test_a_fee_that_was_let_off_is_not_let_off_twice(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    charge = mark(desk, booking)["no_show_charge"]["id"]
    desk.call("reverse_charge", MANAGER, p_charge_id=charge, p_reason="A regular")
    assert mark(desk, booking)["no_show_charge"] is None
    take_back(desk, booking)
    assert [gross for _, gross, _ in fees(desk, booking)] == [10000, -10000]


def test_a_room_that_is_taken_by_now_stays_taken(desk: Desk) -> None:
    booking = desk.confirmed(0, 2, room="L1")
    mark(desk, booking)
    desk.confirmed(0, 2, room="L1")
    with refused("room_is_not_double_booked"):
        take_back(desk, booking)
    assert len(fees(desk, booking)) == 1


@pytest.mark.parametrize("reason", [None, "  "])
def test_taking_it_back_wants_a_reason(desk: Desk, reason: str | None) -> None:
    booking = desk.confirmed(0, 2)
    mark(desk, booking)
    with refused("reason_missing", 422):
        take_back(desk, booking, reason)


def test_what_is_no_no_show_is_not_taken_back(desk: Desk) -> None:
    booking = desk.cancel(desk.confirmed(0, 2))
    with refused("booking_is_no_no_show"):
        take_back(desk, booking)


def test_a_stay_that_is_over_is_not_taken_back(desk: Desk) -> None:
    booking = desk.confirmed(0, 1)
    mark(desk, booking)
    desk.wait_days(3)
    with refused("stay_is_over"):
        take_back(desk, booking)
