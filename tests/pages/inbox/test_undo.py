"""Undo: an action is taken back with a tap or a key while its moment lasts, with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.browser import PHONE
from tests.pages.inbox.conftest import SignIn
from tests.pages.inbox.desk import Member
from tests.world import World

SETTING = """
insert into public.app_settings (tenant_id, key, value)
select t.id, 'undo_seconds', %s from public.tenants as t
on conflict on constraint setting_is_stated_once do update set value = excluded.value
"""


@pytest.fixture(autouse=True)
def window(world: World) -> Iterator[None]:
    """A minute, so that a slow machine is not too late."""
    world.conn.execute(SETTING, ("60",))
    yield
    world.conn.execute(SETTING, ("0",))


def status_of(world: World, request_id: str) -> str:
    return str(world.value("select status from portal.requests where id = %s", request_id))


def test_a_key_takes_it_back_and_the_guest_hears_nothing(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.presses("Acknowledge")
    line = mohsin.page.locator("#undo")
    expect(line).to_contain_text("You can still take it back.")
    expect(line.locator(".left")).to_have_text("58 s")
    mohsin.page.keyboard.press("z")
    expect(mohsin.status()).to_have_text("New")
    expect(line).to_have_count(0)
    expect(mohsin.story()).to_contain_text("taken back")
    assert status_of(world, towels) == "new"


def test_the_line_goes_when_its_moment_is_over(mohsin: Member, towels: str, world: World) -> None:
    world.conn.execute(SETTING, ("1",))
    mohsin.opens(towels)
    mohsin.presses("Acknowledge")
    expect(mohsin.status()).to_have_text("Acknowledged")
    expect(mohsin.page.locator("#undo")).to_have_count(0)


def test_it_works_by_touch_and_without_scripts(sign_in: SignIn, towels: str, world: World) -> None:
    mohsin = sign_in(scripts=False, size=PHONE)
    mohsin.visits(towels)
    mohsin.presses("Acknowledge")
    mohsin.page.locator("#undo button").click()
    expect(mohsin.status()).to_have_text("New")
    assert status_of(world, towels) == "new"


def test_too_late_it_says_so(sign_in: SignIn, towels: str, world: World) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.visits(towels)
    mohsin.presses("Acknowledge")
    world.conn.execute(
        "update portal.request_status_history set undo_until = app.now() where request_id = %s", (towels,)
    )
    mohsin.page.locator("#undo button").click()
    expect(mohsin.page.get_by_role("alert")).to_contain_text("It is too late to undo this.")
    assert status_of(world, towels) == "acknowledged"
