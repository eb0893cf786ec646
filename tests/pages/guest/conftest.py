"""Codes in the rooms of the demo, and phones that scan them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser

from tests.pages.browser import Screen, screen
from tests.stack import Stack
from tests.world import RECEPTION, World

Made = dict[str, Any]


@pytest.fixture
def phone(stack: Stack, chromium: Browser) -> Iterator[Callable[..., Screen]]:
    """`phone()`: a phone of its own that has scanned nothing yet."""
    with ExitStack() as screens:
        yield lambda **device: screens.enter_context(screen(chromium, **device))


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The rest of the house, acting on the database behind the page."""
    with stack.connect() as conn:
        conn.execute("delete from app.limits")
        yield World(conn)


@pytest.fixture
def made(stack: Stack, world: World) -> Callable[..., Made]:
    """`made("GUEST_ACCESS", room="G06")`: a QR code that reception made; without a purpose a login."""

    def make(purpose: str = "LOGIN", room: str = "G06", as_member: str = RECEPTION, **more: Any) -> Made:
        tenant, room_id = world.rows(
            "select r.tenant_id::text, r.id::text from public.rooms r"
            " join public.tenants t on t.id = r.tenant_id where t.slug = 'hamsun' and r.room_number = %s",
            room,
        )[0]
        body = {"hotelId": tenant, "purpose": purpose, **more}
        if purpose == "LOGIN":
            guest = world.value(
                "select guest_id::text from public.bookings where id = %s", world.booking("Marutani")
            )
            body |= {"roomId": room_id, "guestId": guest}
        elif purpose == "GUEST_ACCESS":
            body |= {"roomId": room_id}
        answer = httpx2.post(
            f"{stack.url}/functions/v1/qr-generate",
            json=body,
            headers={"Authorization": f"Bearer {stack.token(as_member)}"},
        )
        assert answer.status_code == 200, answer.text
        told: Made = answer.json()
        return told

    return make
