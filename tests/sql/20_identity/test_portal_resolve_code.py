"""portal_resolve_code: what a code stands for, as much of it as a code alone may show."""

import pytest

from tests.door import code, resolved
from tests.world import World


@pytest.mark.shows(
    "code/resolves_booking", "code/resolves_property", "code/resolves_state", "function/portal_resolve_code"
)
def test_a_code_alone_shows_no_personal_data(world: World) -> None:
    answer, _ = resolved(world, code(world))
    assert answer["state"] == "in_house"
    assert answer["guest"] == {"first_name": "Kenji", "language": "en"}
    assert answer["property"] == {"code": "FSL", "name": "Hamsun FSL", "time_zone": "Asia/Karachi"}
    assert set(answer["booking"]) == {"check_in", "check_out"}
    assert "kitchen_fnb" in answer["features"]


def test_dead_and_unknown_codes_look_alike(world: World) -> None:
    never, status = resolved(world, "ZZZZZZ")
    world.conn.execute("update app.clock set shift = interval '40 days'")
    dead, dead_status = resolved(world, code(world, "Lindqvist"))
    assert never == dead
    assert never["details"] == "portal_code_unknown"
    assert status == dead_status == "404"


def test_an_unproven_session_learns_no_more_than_its_code(world: World) -> None:
    right = code(world)
    with world.guest("Marutani", "unproven"):
        answer = world.value("select api.portal_resolve_code(%s)", right)
    assert set(answer["guest"]) == {"first_name", "language"}
    assert set(answer["booking"]) == {"check_in", "check_out"}
    assert "preferences" not in answer


@pytest.mark.shows("code/resolves_booking", "code/resolves_guest", "code/resolves_preferences")
def test_the_guests_own_session_sees_the_room_and_masked_contact_data(world: World) -> None:
    right, booking = code(world), world.booking("Marutani")
    world.conn.execute("update public.guests set dietary_notes = 'No nuts' where last_name = 'Marutani'")
    world.conn.execute(
        "update public.bookings set auto_daily_cleaning = true, cleaning_pref_time = '11:00',"
        " beds24_booking_id = 4711 where id = %s",
        (booking,),
    )
    ids = world.rows("select guest_id::text, property_id::text from public.bookings where id = %s", booking)
    for level, last_name, notes in (("context", None, None), ("identified", "Marutani", "No nuts")):
        with world.guest("Marutani", level):
            answer = world.value("select api.portal_resolve_code(%s)", right)
        stay, guest, house = answer["booking"], answer["guest"], answer["property"]
        assert (stay["id"], stay["beds24_booking_id"], stay["room"]) == (str(booking), 4711, "G06")
        assert (stay["status"], stay["checkin_status"]) == ("confirmed", "CHECKED_IN")
        assert (guest["first_name"], guest["last_name"], guest["language"]) == ("Kenji", last_name, "en")
        assert "•••" in guest["phone"]
        assert [(guest["id"], house["id"])] == ids
        assert (house["currency"], house["check_in_time"], house["check_out_time"]) == (
            "PKR",
            "14:00",
            "12:00",
        )
        assert answer["preferences"] == {
            "auto_daily_cleaning": True,
            "cleaning_pref_time": "11:00:00",
            "dietary_notes": notes,
        }


def test_another_guests_session_sees_no_more_than_the_code(world: World) -> None:
    right = code(world)
    with world.guest("Haddad"):
        answer = world.value("select api.portal_resolve_code(%s)", right)
    assert set(answer["guest"]) == {"first_name", "language"}
    assert "preferences" not in answer


def test_a_right_code_counts_no_try(world: World) -> None:
    right = code(world)
    before = world.value("select count(*) from app.limits")
    assert resolved(world, right) == resolved(world, right)
    assert world.value("select count(*) from app.limits") == before


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "service"])
def test_visitors_and_guests_ask_it(world: World, role: str) -> None:
    may = world.value("select has_function_privilege(%s, 'api.portal_resolve_code(text)', 'execute')", role)
    assert may is (role in ("anon", "guest"))
