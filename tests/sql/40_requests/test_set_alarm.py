"""set_alarm: whoever makes a wake-up call is told when it is time, and not for one that is over."""

from typing import Any

import pytest

from tests.world import RECEPTION, World

ALARMS = (
    "select n.state, n.recipient, n.send_after = r.scheduled_for, n.variables ->> 'room_number'"
    " from public.notification_log n join portal.requests r on r.id = n.request_id"
    " where n.event_key = 'request_due' and r.id = %s order by n.id"
)


HEARD = "select event_key from public.notification_log where request_id = %s and channel = 'whatsapp'"


@pytest.fixture
def call(undone: World) -> Any:
    """A guest wants to be woken at six, tomorrow."""
    at = undone.value("select ((app.now() at time zone 'Asia/Karachi')::date + 1)::text || 'T06:00'")
    with undone.guest("Marutani", "context"):
        request = {"type_slug": "wake_up_call", "scheduled_for": at}
        return undone.submit(request, "k")["body"]["request"]["id"]


def test_reception_is_told_at_its_time_in_the_house_s_zone(undone: World, call: Any) -> None:
    assert undone.rows(ALARMS, call) == [("queued", "#reception-fsl", True, "G06")]
    local = (
        "select (scheduled_for at time zone 'Asia/Karachi')::time::text from portal.requests where id = %s"
    )
    assert undone.value(local, call) == "06:00:00"


def test_nobody_is_told_of_one_that_was_taken_back(undone: World, call: Any) -> None:
    """withdraw_alarm."""
    with undone.guest("Marutani"):
        undone.act(call, "cancel")
    assert [row[0] for row in undone.rows(ALARMS, call)] == ["cancelled"]


def test_a_tap_too_many_does_not_let_a_guest_oversleep(undone: World, call: Any) -> None:
    undone.conn.execute("delete from public.app_settings where key = 'undo_seconds'")
    with undone.member(RECEPTION):
        undone.act(call, "confirm")
    with undone.member(RECEPTION):
        undone.act(call, "complete")
    with undone.member(RECEPTION):
        undone.value("select api.portal_undo_action(%s)", call)
    assert [row[0] for row in undone.rows(ALARMS, call)] == ["cancelled", "queued"]


def test_who_moves_is_woken_in_the_new_room(undone: World, call: Any) -> None:
    booking = undone.booking("Marutani")
    rooms = undone.rows(
        "select m.room_number, m.id from public.rooms as m"
        " join public.properties as p on p.tenant_id = m.tenant_id and p.id = m.property_id"
        " where p.code = 'FSL' and m.occupancy = 'vacant'"
        " and m.cleanliness in ('clean', 'inspected') order by 1"
    )
    number, room = next(
        each
        for each in rooms
        if not undone.value(
            "select count(*) from public.stays where room_id = %s and released_at is null", each[1]
        )
    )
    with undone.member(RECEPTION):
        undone.value("select api.move_room(%s, %s, 'Noise')", booking, room)
    assert [(row[0], row[3]) for row in undone.rows(ALARMS, call)] == [
        ("cancelled", "G06"),
        ("queued", number),
    ]


def test_other_requests_have_none(undone: World) -> None:
    with undone.guest("Marutani"):
        made = undone.submit({"type_slug": "concierge", "subtype": "other", "note": "x"}, "k")
    assert undone.rows(ALARMS, made["body"]["request"]["id"]) == []


def test_who_slept_through_it_is_not_told_so(undone: World, call: Any) -> None:
    """follow_action: of what did not come about a guest hears where the action says so."""
    with undone.member(RECEPTION):
        undone.act(call, "confirm")
        assert undone.act(call, "no_answer")["status"] == "no_answer"
    assert sorted(undone.rows(HEARD, call)) == [("request_received",), ("request_update",)]
