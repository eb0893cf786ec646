"""ask_for_feedback: a day after a guest has left the house asks how it was, once."""

from typing import Any

import pytest

from tests.world import World

LEFT = "update public.bookings set checked_out_at = app.now() - %s::interval where id = %s"
ASKED = (
    "select count(*) from public.notification_log where event_key = 'feedback_request' and booking_id = %s"
)


def run(world: World, booking: Any) -> None:
    world.conn.execute("select app.set_caller(tenant_id) from public.bookings where id = %s", (booking,))
    world.conn.execute(
        "select app.ask_for_feedback(r) from public.bookings b cross join lateral ("
        " select (jsonb_populate_record(null::app.job_runs, jsonb_build_object("
        " 'tenant_id', b.tenant_id, 'property_id', b.property_id))).*) as r where b.id = %s",
        (booking,),
    )


@pytest.mark.shows("notification/checkout_whatsapp", "template/feedback_request")
def test_a_day_later_and_once(undone: World) -> None:
    booking = undone.booking("Lindqvist")
    undone.conn.execute(LEFT, ("23 hours 59 minutes", booking))
    run(undone, booking)
    assert undone.value(ASKED, booking) == 0
    undone.conn.execute(LEFT, ("24 hours", booking))
    run(undone, booking)
    run(undone, booking)
    assert undone.value(ASKED, booking) == 1


def test_not_after_a_long_outage_nor_whoever_has_told(undone: World) -> None:
    booking = undone.booking("Lindqvist")
    undone.conn.execute(LEFT, ("4 days", booking))
    run(undone, booking)
    assert undone.value(ASKED, booking) == 0
    undone.conn.execute(LEFT, ("25 hours", booking))
    with undone.guest("Lindqvist"):
        undone.value("select api.portal_leave_feedback(5)")
    run(undone, booking)
    assert undone.value(ASKED, booking) == 0


def test_a_house_that_takes_none_asks_nobody(undone: World) -> None:
    booking = undone.booking("Lindqvist")
    undone.conn.execute("update portal.feature_windows set is_open = false where feature = 'feedback'")
    undone.conn.execute(LEFT, ("25 hours", booking))
    run(undone, booking)
    assert undone.value(ASKED, booking) == 0
