"""Who sees which rows of stays: members by right and property, a guest one's own, a stranger nothing."""

from typing import Any, LiteralString

import psycopg
import pytest

from tests.desk import HOUSEKEEPER, RECEPTION, STRANGER, Booking, Desk

VIEWS: list[LiteralString] = ["bookings", "rooms", "room_types", "stays"]
TABLES = [
    "guests",
    "room_types",
    "rooms",
    "room_blocks",
    "room_type_nights",
    "room_status_log",
    "bookings",
    "stays",
]


def count(desk: Desk, view: LiteralString, by: str) -> int:
    """How many rows of a view that belong to this Lodge a member sees."""
    return len(desk.seen("select id from api." + view + " where property_id = %s", desk.property_id, by=by))


@pytest.fixture
def booking(desk: Desk) -> Booking:
    """A guest in house."""
    return desk.in_house(0, 2, room="L1")


def as_guest(
    desk: Desk, booking: Booking, query: LiteralString, level: str = "context"
) -> list[tuple[Any, ...]]:
    """Rows of a query by the guest of a booking, who for once may name the tables."""
    with desk.db.transaction() as undone:
        desk.db.execute("grant usage on schema public, portal to guest")
        desk.db.execute("select app.enter_as_guest(%s, %s, null, %s)", (desk.tenant_id, booking["id"], level))
        desk.db.execute("set local role guest")
        rows = desk.db.execute(query).fetchall()
        raise psycopg.Rollback(undone)
    return rows


@pytest.mark.parametrize("view", VIEWS)
def test_reception_sees_the_house(desk: Desk, booking: Booking, view: LiteralString) -> None:
    assert count(desk, view, RECEPTION) > 0


@pytest.mark.parametrize("view", VIEWS)
def test_the_other_hotel_sees_nothing_of_it(desk: Desk, booking: Booking, view: LiteralString) -> None:
    assert count(desk, view, STRANGER) == 0


def test_a_housekeeper_sees_rooms_and_no_bookings(desk: Desk, booking: Booking) -> None:
    seen = {view: count(desk, view, HOUSEKEEPER) for view in VIEWS}

    assert seen == {"bookings": 0, "rooms": 3, "room_types": 2, "stays": 0}


def test_a_member_of_one_property_sees_that_one(desk: Desk, booking: Booking) -> None:
    with desk.bound_to("CLF"):
        assert count(desk, "bookings", RECEPTION) == 0
        assert count(desk, "rooms", RECEPTION) == 0
        assert desk.seen("select 1 from api.guests where id = %s", booking["guest_id"]) == []
        assert desk.seen("select 1 from api.rooms where property_code = 'CLF' limit 1") == [(1,)]
    with desk.bound_to(desk.code):
        assert desk.seen("select name from api.guests where id = %s", booking["guest_id"]) == [("Noor Haq",)]


def test_the_other_hotel_sees_no_guest_of_it(desk: Desk, booking: Booking) -> None:
    assert desk.seen("select 1 from api.guests where id = %s", booking["guest_id"], by=STRANGER) == []


def test_a_guest_sees_the_own_booking_room_and_name(desk: Desk, booking: Booking) -> None:
    desk.in_house(0, 2, room="L2", guest="Aiko Sato")

    assert as_guest(desk, booking, "select guest_name from public.bookings") == [("Noor Haq",)]
    assert as_guest(desk, booking, "select first_name from public.guests") == [("Noor",)]
    assert as_guest(desk, booking, "select room_number from public.rooms") == [("L1",)]
    assert as_guest(desk, booking, "select name from public.room_types order by 1") == [
        ("Cabin",),
        ("Loft",),
    ]
    assert len(as_guest(desk, booking, "select id from public.stays")) == 1


def test_a_guest_who_must_prove_who_it_is_sees_neither_name_nor_room(desk: Desk, booking: Booking) -> None:
    assert as_guest(desk, booking, "select first_name from public.guests", "unproven") == []
    assert as_guest(desk, booking, "select room_number from public.rooms", "unproven") == []
    assert as_guest(desk, booking, "select id from public.stays", "unproven") == []


@pytest.mark.parametrize(
    "column",
    [
        "notes from public.guests",
        "id_number from public.guests",
        "idempotency_key from public.bookings",
        "moved_because from public.stays",
        "price from public.room_types",
        "code from portal.codes",
    ],
)
def test_a_guest_may_not_ask_for_what_the_house_keeps_to_itself(
    desk: Desk, booking: Booking, column: LiteralString
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_guest(desk, booking, "select " + column)


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk"])
def test_nobody_writes_past_the_commands(desk: Desk, role: str) -> None:
    for table in TABLES:
        for right in ("insert", "update", "delete", "truncate"):
            assert not desk.one("select has_table_privilege(%s, %s, %s)", role, f"public.{table}", right)
            if right in ("insert", "update"):
                assert not desk.one(
                    "select has_any_column_privilege(%s, %s, %s)", role, f"public.{table}", right
                )


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk"])
def test_nobody_reads_codes(desk: Desk, role: str) -> None:
    assert not desk.one("select has_any_column_privilege(%s, 'portal.codes', 'select')", role)


def test_a_member_gets_the_code_in_an_answer_only_with_the_right_to_read_bookings(desk: Desk) -> None:
    booking = desk.confirmed(1, 3)
    assert booking["code"]

    with desk.db.transaction() as undone:
        desk.db.execute(
            "delete from identity.role_permissions as p using identity.roles as r"
            " where r.id = p.role_id and r.key = 'RECEPTION' and p.permission = 'hotel:bookings:read'"
        )
        answer = desk.change(booking, leaves=4)
        raise psycopg.Rollback(undone)
    assert "code" not in answer
