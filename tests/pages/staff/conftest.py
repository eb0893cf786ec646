"""A housekeeper with a badge and the password that her manager gave her."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser

from tests.pages.browser import Screen, screen
from tests.passwords import FORGET, was_given
from tests.stack import Stack
from tests.world import HOUSEKEEPER, MANAGER, World

FIRST, OWN = "abcd-efgh-jkmn-pqrs", "seven grey herons waiting"


@pytest.fixture
def phone(stack: Stack, chromium: Browser) -> Iterator[Callable[..., Screen]]:
    """`phone()`: a phone of its own that has scanned nothing yet."""
    with ExitStack() as screens:
        yield lambda **device: screens.enter_context(screen(chromium, **device))


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The house behind the pages; the housekeeper has her first password again."""
    with stack.connect() as conn:
        conn.execute("delete from app.limits")
        conn.execute("delete from identity.login_locks")
        world = World(conn)
        was_given(world, HOUSEKEEPER, FIRST)
        yield world
        conn.execute(FORGET, (HOUSEKEEPER,))


@pytest.fixture
def badge(stack: Stack, world: World) -> dict[str, Any]:
    """The housekeeper's personal QR code."""
    tenant, member = world.rows(
        "select m.tenant_id::text, m.id::text from identity.memberships m"
        " join identity.users u on u.id = m.user_id where u.email = %s",
        HOUSEKEEPER,
    )[0]
    answer = httpx2.post(
        f"{stack.url}/functions/v1/qr-generate",
        json={"hotelId": tenant, "purpose": "STAFF_ACCESS", "staffId": member},
        headers={"Authorization": f"Bearer {stack.token(MANAGER)}"},
    )
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made
