"""A visit that came by a code in the house and is over leads to the house's door, and says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from tests.functions.server import House
from tests.world import RECEPTION, World

DOOR = "/guest/access"
EXPIRED = f"{DOOR}?expired=true"
PATHS = ("/", "/portal/requests", "/portal/charges", "/portal/request/housekeeping", "/guest/services")
Enter = Callable[[House, httpx2.Client, str], None]

STAY = """
select b.tenant_id::text, b.guest_id::text, b.room_id::text, r.room_number
from public.bookings b join public.rooms r on r.id = b.room_id where b.id = %s
"""


@pytest.fixture(autouse=True)
def _fresh_limits(house: House) -> None:
    house.ask("with gone as (delete from app.limits returning 1) select count(*) from gone")


@contextmanager
def world_of(house: House) -> Iterator[World]:
    with house.database.connect() as conn:
        yield World(conn)


@contextmanager
def phone(house: House) -> Iterator[httpx2.Client]:
    """A browser of its own, on pages of the house's origin."""
    with httpx2.Client(base_url=house.url, headers={"Origin": house.url}, timeout=15) as client:
        yield client


def scanned(house: House, client: httpx2.Client, last_name: str, purpose: str) -> str:
    """Scans a code that reception made for the guest's room; the room's number."""
    with world_of(house) as world:
        tenant, guest, room, number = world.rows(STAY, world.booking(last_name))[0]
    body: dict[str, Any] = {"hotelId": tenant, "purpose": purpose, "roomId": room}
    if purpose == "LOGIN":
        body["guestId"] = guest
    made = house.member(RECEPTION).post("/functions/v1/qr-generate", body)
    assert made.status_code == 200, made.text
    client.get(DOOR, params={"t": made.json()["token"]})
    return str(number)


def by_login_code(house: House, client: httpx2.Client, last_name: str) -> None:
    scanned(house, client, last_name, "LOGIN")
    assert client.post(DOOR).headers["location"] == "/"


def by_room_code(house: House, client: httpx2.Client, last_name: str) -> None:
    number = scanned(house, client, last_name, "GUEST_ACCESS")
    answer = client.post("/guest/identify", data={"room": number, "last_name": last_name})
    assert answer.headers["location"] == "/", answer.text


def by_link(house: House, client: httpx2.Client, last_name: str) -> None:
    assert client.get("/", params={"c": house.code_of(last_name)}).headers["location"] == "/"


def end_visits(house: House) -> None:
    """A day has gone by."""
    house.ask(
        "with gone as (update identity.sessions set expires_at = clock_timestamp()"
        " where booking_id is not null returning 1) select count(*) from gone"
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("enter", [by_login_code, by_room_code])
def test_an_expired_visit_lands_at_the_door(house: House, enter: Enter, path: str) -> None:
    with phone(house) as client:
        enter(house, client, "Marutani")
        end_visits(house)
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("location")) == (303, EXPIRED)
        told = client.get(EXPIRED)
        assert told.status_code == 200
        assert "Your visit has ended" in told.text
        assert "staybase_visit" not in client.cookies


def test_a_visit_ended_by_check_out_lands_there_too(house: House) -> None:
    with phone(house) as one, phone(house) as another, world_of(house) as world:
        by_login_code(house, one, "Haddad")
        by_room_code(house, another, "Haddad")
        booking = world.booking("Haddad")
        with world.member(RECEPTION):
            world.value("select api.check_out_guest(%s, 'settled by the company')", booking)
        for client in (one, another):
            answer = client.get("/")
            assert (answer.status_code, answer.headers.get("location")) == (303, EXPIRED)


def test_a_visit_by_link_is_asked_for_its_code_as_ever(house: House) -> None:
    with phone(house) as client:
        by_login_code(house, client, "Marutani")
        by_link(house, client, "Marutani")
        end_visits(house)
        assert client.get("/").status_code == 200
        assert client.get("/portal/requests").status_code == 401
