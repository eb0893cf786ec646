"""/admin/kiosks: which pages elsewhere may read our answers, in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.browser import DESK, Screen, each_size, screen
from tests.stack import Stack
from tests.world import MANAGER, World

PATH = "/admin/kiosks"
KIOSK, WIDGET = "https://kiosk.hotel.example", "https://www.hotel.example:8443"
BIND = """
update identity.memberships as m
set property_ids = array(select p.id from public.properties p
                         where p.tenant_id = m.tenant_id and p.code = any (%s))
from identity.users u where u.id = m.user_id and u.email = %s
"""
SPEAK = """
update identity.memberships as m set language = %s
from identity.users u where u.id = m.user_id and u.email = %s
"""


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The house behind the page, which knows no page elsewhere before and after."""
    with stack.connect() as conn:
        conn.execute("delete from public.tenant_origins")
        yield World(conn)
        conn.execute("delete from public.tenant_origins")


@pytest.fixture
def visit(stack: Stack, chromium: Browser, world: World) -> Iterator[Callable[..., Screen]]:
    """A manager opens the page."""
    with ExitStack() as screens:

        def at_a_screen(size: tuple[int, int] = DESK) -> Screen:
            shown = screens.enter_context(screen(chromium, size=size))
            shown.sign_in(stack.url, MANAGER)
            shown.page.goto(f"{stack.url}{PATH}")
            return shown

        yield at_a_screen


def add(page: Page, origin: str, kind: str = "Kiosk") -> None:
    page.get_by_label("Address of the page").fill(origin)
    page.get_by_label("What it is").select_option(kind)
    page.get_by_role("button", name="Add", exact=True).click()


def listed(page: Page) -> Locator:
    return page.locator("#origins li")


def stated(world: World) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in world.rows("select origin, kind from api.origins order by origin")]


def test_origins_are_added_changed_and_removed(visit: Callable[..., Screen], world: World) -> None:
    shown = visit()
    page = shown.page
    expect(page.locator("#origins")).to_contain_text("None: everything is served from here.")
    add(page, KIOSK)
    expect(listed(page)).to_have_count(1)
    add(page, WIDGET, "Widget")
    expect(listed(page)).to_have_count(2)
    assert stated(world) == [(KIOSK, "kiosk"), (WIDGET, "widget")]
    add(page, f"{KIOSK.upper()}/", "Widget")
    expect(listed(page).filter(has_text=KIOSK)).to_contain_text("Widget")
    assert stated(world) == [(KIOSK, "widget"), (WIDGET, "widget")]
    page.get_by_role("button", name=f"Remove {KIOSK}").click()
    expect(listed(page)).to_have_count(1)
    assert stated(world) == [(WIDGET, "widget")]
    assert shown.faults == []


@pytest.mark.parametrize(
    "wrong", ["http://kiosk.hotel.example", "kiosk.hotel.example", f"{KIOSK}/page", "https://*.hotel.example"]
)
def test_what_is_no_origin_is_said_and_stays_as_typed(
    visit: Callable[..., Screen], world: World, wrong: str
) -> None:
    page = visit().page
    add(page, KIOSK)
    add(page, wrong, "Widget")
    expect(page.get_by_role("alert")).to_contain_text("Write it like https://kiosk.hotel.example")
    expect(page.get_by_label("Address of the page")).to_have_value(wrong)
    expect(page.get_by_label("What it is")).to_have_value("widget")
    assert stated(world) == [(KIOSK, "kiosk")]


def test_who_works_at_one_house_is_told_whom_to_ask(visit: Callable[..., Screen], world: World) -> None:
    world.conn.execute(BIND, (["FSL"], MANAGER))
    try:
        page = visit().page
        add(page, KIOSK)
        expect(page.get_by_role("alert")).to_contain_text("Ask somebody who works at all of them.")
        assert stated(world) == []
    finally:
        world.conn.execute(BIND, ([], MANAGER))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Pages elsewhere"), ("es", "Páginas en otros sitios")]
)
@each_size
def test_it_is_fit_for_everyone(
    visit: Callable[..., Screen], world: World, size: tuple[int, int], language: str, words: str
) -> None:
    world.conn.execute(
        "insert into public.tenant_origins (tenant_id, origin, kind)"
        " select id, %s, 'kiosk' from public.tenants where slug = 'hamsun'",
        (WIDGET,),
    )
    world.conn.execute(SPEAK, (language, MANAGER))
    try:
        shown = visit(size)
        expect(shown.page.locator("#origins-title")).to_contain_text(words)
        assert shown.problems() == []
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert shown.faults == []
    finally:
        world.conn.execute(SPEAK, ("en", MANAGER))
