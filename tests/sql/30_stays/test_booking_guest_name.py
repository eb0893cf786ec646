"""booking_guest_name: the name a booking goes by."""

from psycopg.types.json import Jsonb

from tests.desk import MANAGER, Booking, Desk, refused


def guest_from_abroad(desk: Desk) -> str:
    """The id of a guest who has stayed at another property of the tenant, and nowhere else."""
    booking: Booking = desk.call(
        "create_booking",
        MANAGER,
        p_booking=Jsonb(
            {
                "property_code": "FSL",
                "room_type_code": "DELUXE",
                "guest": {"first_name": "Aiko", "last_name": "Sato"},
                "check_in": desk.day(1).isoformat(),
                "check_out": desk.day(2).isoformat(),
            }
        ),
    )
    return str(booking["guest_id"])


def test_a_guest_of_the_house_is_known_by_id(desk: Desk) -> None:
    known = desk.book()
    with desk.bound_to(desk.code):
        again = desk.book(guest_id=known["guest_id"])

    assert (again["guest_id"], again["guest_name"]) == (known["guest_id"], "Noor Haq")


def test_does_not_find_a_guest_known_only_where_the_member_does_not_work(desk: Desk) -> None:
    guest_id = guest_from_abroad(desk)
    with desk.bound_to(desk.code), refused("guest_not_found", 404):
        desk.book(guest_id=guest_id)


def test_who_works_everywhere_finds_every_guest(desk: Desk) -> None:
    booking = desk.book(guest_id=guest_from_abroad(desk))

    assert booking["guest_name"] == "Aiko Sato"
