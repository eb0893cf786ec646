"""A guest is erased while somebody books for them: one of the two is refused, whoever comes first."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests import races
from tests.desk import MANAGER, RECEPTION, Desk, open_lodge, slug
from tests.house import Database


@pytest.fixture
def desk(database: Database, db: "psycopg.Connection[tuple[Any, ...]]") -> Desk:
    """A Lodge whose one guest has left."""
    return open_lodge(database, db, "LERA")


def guest_who_left(desk: Desk) -> str:
    """A guest of a stay that was called off."""
    booking = desk.confirmed(0, 2, room="L1", guest="Ada Byron")
    desk.cancel(booking)
    return str(booking["guest_id"])


def erase(desk: Desk, guest: str) -> races.Act:
    return lambda conn: desk.call("erase_guest", MANAGER, conn, p_guest_id=guest)


def book(desk: Desk, guest: str) -> races.Act:
    booking = {
        "property_code": desk.code,
        "room_type_code": f"{desk.code}LOFT",
        "guest_id": guest,
        "check_in": desk.day(5).isoformat(),
        "check_out": desk.day(6).isoformat(),
    }
    return lambda conn: desk.call("create_booking", RECEPTION, conn, p_booking=Jsonb(booking))


def names(desk: Desk, guest: str) -> set[str]:
    rows = desk.db.execute("select guest_name from public.bookings where guest_id = %s", (guest,)).fetchall()
    return {row[0] for row in rows}


def test_the_booking_that_comes_second_is_refused(desk: Desk) -> None:
    guest = guest_who_left(desk)
    erased, booked = desk.at_once(erase(desk, guest), book(desk, guest))
    assert erased["guest_id"] == guest
    assert slug(booked) == "guest_is_erased"
    assert names(desk, guest) == {"Erased guest"}


def test_the_erasure_that_comes_second_is_refused(desk: Desk) -> None:
    guest = guest_who_left(desk)
    booked, erased = desk.at_once(book(desk, guest), erase(desk, guest))
    assert booked["guest_id"] == guest
    assert slug(erased) == "guest_has_a_stay"
    assert names(desk, guest) == {"Ada Byron"}


def test_two_erasures_of_one_guest_are_one(desk: Desk) -> None:
    guest = guest_who_left(desk)
    first, second = desk.at_once(erase(desk, guest), erase(desk, guest))
    assert first == second


def test_all_together_never_leave_a_name_behind(desk: Desk) -> None:
    guest = guest_who_left(desk)
    outcomes = desk.all_at_once([erase(desk, guest), *[book(desk, guest)] * 3])
    refused = [one for one in outcomes if isinstance(one, psycopg.Error)]
    assert {slug(one) for one in refused} in ({"guest_is_erased"}, {"guest_has_a_stay"})
    assert len(names(desk, guest)) == 1
