"""Every change of a room's axes is logged, by whatever hand."""

from typing import Any

from tests.desk import Desk


def logged(desk: Desk, number: str) -> list[tuple[Any, ...]]:
    """Axis, before and after, in order."""
    return desk.db.execute(
        "select axis, previous_status, new_status from public.room_status_log where room_id = %s order by id",
        (desk.rooms[number],),
    ).fetchall()


def test_a_command_leaves_a_trace_with_its_actor(desk: Desk) -> None:
    desk.in_house(0, 1, room="L1")

    assert logged(desk, "L1") == [("occupancy", "vacant", "occupied")]
    name = (
        "select m.display_name from public.room_status_log as l"
        " join identity.memberships as m on m.id = l.changed_by where l.room_id = %s"
    )
    assert desk.one(name, desk.rooms["L1"]) == "Mohsin"


def test_so_does_a_hand_and_only_for_what_changed(desk: Desk) -> None:
    desk.mark("L1", cleanliness="dirty")
    desk.mark("L1", cleanliness="dirty", service_status="do_not_disturb")

    assert logged(desk, "L1") == [
        ("cleanliness", "clean", "dirty"),
        ("service_status", "none", "do_not_disturb"),
    ]
