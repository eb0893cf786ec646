"""Guests of the demo, each at a screen of their own, on a whole running copy."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from functions.cli.links import links
from tests.pages.browser import screen
from tests.pages.portal.guest import Guest
from tests.stack import Stack
from tests.world import World

Visit = Callable[..., Guest]
CAST = {
    "pre_checkin": "Okafor",
    "arrival_day": "Alvarez",
    "in_house": "Marutani",
    "departure_day": "Haddad",
    "post_checkout": "Lindqvist",
}


@pytest.fixture
def visit(stack: Stack, chromium: Browser) -> Iterator[Visit]:
    """`visit(state="in_house", tenant="hamsun", scripts=True, …)`: a guest opens the link on a new device."""
    with ExitStack() as screens:

        def open_link(state: str = "in_house", tenant: str = "hamsun", **device: Any) -> Guest:
            name = CAST[state] if tenant == "hamsun" else ""
            link = next(
                each
                for each in links(stack.settings)
                if each.state == state and each.tenant == tenant and each.guest.endswith(name)
            )
            shown = screens.enter_context(screen(chromium, **device))
            guest = Guest(shown, stack.url, link.guest)
            guest.page.goto(link.url)
            return guest

        yield open_link


@pytest.fixture
def guest(visit: Visit) -> Guest:
    """Marutani in G06, on a phone that was never seen before."""
    return visit()


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The rest of the house, acting on the database behind the page."""
    with stack.connect() as conn:
        yield World(conn)
