"""Personal data of guests: in full with hotel:guests:read, masked without it, never another house's."""

from typing import Any

import pytest

from tests.roles import member_id
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, World

PERSONAL = ("id_type", "id_number", "nationality", "address", "dietary_notes", "notes")
TOWELS = {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 2}], "note": "soon"}


@pytest.fixture
def asking(undone: World) -> World:
    """A guest whose file is full, who has asked for towels; nobody else has asked for anything."""
    undone.conn.execute(
        "update public.guests set email = 'ana@guests.example', phone = '+12025550142', id_type = 'passport',"
        " id_number = 'X1234567', nationality = 'ES', address = '1 Sea Road', dietary_notes = 'no nuts',"
        " notes = 'prefers the garden' where last_name = 'Marutani'"
    )
    undone.conn.execute(
        "update public.bookings set special_requests = 'a cot', session_id = 'kiosk-7', cancel_reason = 'ill'"
    )
    with undone.guest("Marutani"):
        undone.submit(TOWELS, "towels")
    return undone


def without(world: World, right: str, email: str = RECEPTION) -> None:
    """Somebody's role loses a right."""
    world.conn.execute(
        "delete from identity.role_permissions where permission = %s and role_id in"
        " (select role_id from identity.membership_roles where membership_id = %s)",
        (right, member_id(world, email)),
    )


def file_of(world: World, last_name: str = "Marutani") -> dict[str, Any]:
    cursor = world.conn.execute("select * from api.guests where last_name = %s limit 1", (last_name,))
    row = cursor.fetchone()
    assert row is not None
    return dict(zip((column.name for column in cursor.description or []), row, strict=True))


def test_reception_reads_the_whole_file(asking: World) -> None:
    with asking.member(RECEPTION):
        guest = file_of(asking)
    assert (guest["email"], guest["phone"]) == ("ana@guests.example", "+12025550142")
    assert guest["notes"] == "prefers the garden"
    assert all(guest[column] for column in PERSONAL)


def test_a_housekeeper_finds_the_name_and_little_else(asking: World) -> None:
    with asking.member(HOUSEKEEPER):
        guest = file_of(asking)
        shown = str(asking.rows("select * from api.guests"))
    assert (guest["last_name"], guest["email"], guest["phone"]) == (
        "Marutani",
        "a•••@guests.example",
        "+12•••42",
    )
    assert not any(guest[column] for column in PERSONAL)
    assert not any(secret in shown for secret in ("X1234567", "2025550142", "Sea Road", "nuts", "garden"))


def test_a_housekeeper_meets_only_guests_who_asked_for_something(asking: World) -> None:
    asked = {
        str(row[0])
        for row in asking.rows("select distinct guest_id from portal.requests where guest_id is not null")
    }
    with asking.member(HOUSEKEEPER):
        met = {str(row[0]) for row in asking.rows("select id from api.guests")}
        names = {
            row[0] for row in asking.rows("select guest_name from api.requests where booking_id is not null")
        }
    assert met
    assert met <= asked
    assert None not in names
    assert any("Marutani" in name for name in names)


def test_by_masked_data_nobody_is_found(asking: World) -> None:
    with asking.member(HOUSEKEEPER):
        assert asking.rows("select id from api.guests where phone = '+12025550142'") == []
        assert asking.rows("select id from api.guests where id_number like 'X%%'") == []
    with asking.member(RECEPTION):
        assert asking.rows("select id from api.guests where phone = '+12025550142'") != []


def test_who_reads_bookings_without_guests_sees_the_name(asking: World) -> None:
    without(asking, "hotel:guests:read")
    with asking.member(RECEPTION):
        assert file_of(asking)["phone"] == "+12•••42"
        row = asking.rows(
            "select guest_name, special_requests, session_id, cancel_reason from api.bookings"
            " where guest_name like '%%Marutani' limit 1"
        )[0]
    assert row[0].endswith("Marutani")
    assert row[1:] == (None, None, None)
    with asking.member(MANAGER):
        assert asking.value("select special_requests from api.bookings limit 1") == "a cot"


def test_without_any_of_the_rights_there_is_no_guest(asking: World) -> None:
    for right in ("hotel:guests:read", "hotel:bookings:read", "hotel:requests:read"):
        without(asking, right)
    with asking.member(RECEPTION):
        assert asking.rows("select id from api.guests") == []


def test_bound_to_a_property_one_meets_its_guests(asking: World) -> None:
    asking.conn.execute(
        "update identity.memberships set property_ids = array(select id from public.properties"
        " where code = 'EXT') where id = %s",
        (member_id(asking, HOUSEKEEPER),),
    )
    with asking.member(HOUSEKEEPER):
        assert asking.rows("select id from api.guests where last_name = 'Marutani'") == []


def test_the_stranger_meets_nobody_of_ours(asking: World) -> None:
    with asking.member(STRANGER):
        assert asking.rows("select id from api.guests where last_name = 'Marutani'") == []


def test_messages_show_no_phone(asking: World) -> None:
    for email in (HOUSEKEEPER, MANAGER):
        with asking.member(email):
            assert "2025550142" not in str(asking.rows("select * from api.notification_log"))


def test_what_a_task_says_is_no_guest_s(asking: World) -> None:
    with asking.member(MANAGER):
        asking.submit({"type_slug": "task", "title": "Check the boiler", "property_code": "FSL"}, "task")
        assert asking.rows("select guest_name from api.requests where title = 'Check the boiler'") == [
            (None,)
        ]
