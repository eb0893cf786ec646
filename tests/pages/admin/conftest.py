"""Managers of the cast, each at a screen of their own, on a whole running copy."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.pages.browser import DESK, Screen, screen
from tests.stack import Stack
from tests.world import OWNER, World

Visit = Callable[..., Screen]


@pytest.fixture
def visit(stack: Stack, chromium: Browser) -> Iterator[Visit]:
    """`visit("/admin/staff", email, size=PHONE)`: somebody signs in on a new device and opens a page."""
    with ExitStack() as screens:

        def at_a_screen(path: str, email: str | None = OWNER, **device: Any) -> Screen:
            shown = screens.enter_context(screen(chromium, **{"size": DESK} | device))
            if email:
                shown.sign_in(stack.url, email)
            shown.page.goto(f"{stack.url}{path}")
            return shown

        yield at_a_screen


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The rest of the house, acting on the database behind the page."""
    with stack.connect() as conn:
        yield World(conn)
