"""The platform's own door and page: hotels, plans, kiosks' health, and nothing of a guest."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, expect

from tests.pages.browser import Screen, each_size, screen
from tests.stack import Stack
from tests.world import World

PASSWORD = "granite willow signal"
KIOSK = """
with house as (
  select p.tenant_id, p.id from public.properties as p where p.code = %s
), session as (
  insert into identity.sessions (tenant_id, session_type, expires_at)
  select tenant_id, 'kiosk', now() + interval '1 day' from house returning tenant_id, id
)
insert into kiosk.kiosks
  (tenant_id, property_id, name, api_key_digest, session_id, firmware_version, last_heartbeat_at)
select house.tenant_id, house.id, %s, sha256(%s::bytea), session.id, '2.1.0', now() - %s::interval
from house, session
returning id
"""


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The database behind the page."""
    with stack.connect() as conn:
        yield World(conn)


@pytest.fixture
def kit(world: World) -> str:
    """Somebody of the platform; their e-mail address."""
    email = f"kit-{uuid4().hex[:8]}@example.com"
    hashed = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    world.rows(
        "with u as (insert into identity.users (email, password_hash) values (%s, %s) returning id)"
        " insert into identity.platform_users (user_id, display_name)"
        " select id, 'Kit' from u returning user_id",
        *(email, hashed),
    )
    return email


def sign_in(shown: Screen, stack: Stack, email: str) -> None:
    shown.page.goto(f"{stack.url}/platform")
    expect(shown.page).to_have_url(f"{stack.url}/platform/login")
    shown.page.get_by_label("E-mail").fill(email)
    shown.page.get_by_label("Password").fill(PASSWORD)
    shown.page.get_by_role("button", name="Sign in").click()


@each_size
def test_hotels_plans_and_kiosks_are_seen(
    chromium: Browser, stack: Stack, world: World, kit: str, size: tuple[int, int]
) -> None:
    for name, silence in (("well", "1 minute"), ("silent", "1 hour")):
        world.rows(KIOSK, "FSL", f"{name} {uuid4().hex[:6]}", uuid4().hex, silence)
    with screen(chromium, size=size) as shown:
        shown.page.goto(f"{stack.url}/platform/login")
        assert shown.problems() == []
        sign_in(shown, stack, kit)
        page = shown.page
        expect(page.get_by_role("row", name="Hamsun hamsun")).to_contain_text("PRO")
        expect(page.get_by_text("healthy").first).to_be_visible()
        expect(page.get_by_text("silent", exact=True).first).to_be_visible()
        expect(page.get_by_text("Marutani")).to_have_count(0)
        assert shown.problems() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert shown.faults == []


def test_signing_out_closes_the_door(chromium: Browser, stack: Stack, kit: str) -> None:
    with screen(chromium) as shown:
        sign_in(shown, stack, kit)
        kept = shown.context.cookies()
        shown.page.get_by_role("button", name="Sign out", exact=True).click()
        expect(shown.page).to_have_url(f"{stack.url}/platform/login")
        shown.context.add_cookies(kept)  # type: ignore[arg-type]
        shown.page.goto(f"{stack.url}/platform")
        expect(shown.page).to_have_url(f"{stack.url}/platform/login")


def test_signing_out_everywhere_closes_the_other_device(chromium: Browser, stack: Stack, kit: str) -> None:
    with screen(chromium) as here, screen(chromium) as there:
        sign_in(here, stack, kit)
        sign_in(there, stack, kit)
        expect(there.page).to_have_url(f"{stack.url}/platform")
        here.page.get_by_role("button", name="Sign out everywhere").click()
        expect(here.page).to_have_url(f"{stack.url}/platform/login")
        there.page.goto(f"{stack.url}/platform")
        expect(there.page).to_have_url(f"{stack.url}/platform/login")


def test_who_was_signed_out_by_a_thief_is_told_until_they_have_read_it(
    chromium: Browser, stack: Stack, world: World, kit: str
) -> None:
    world.rows(
        "insert into identity.platform_sessions (user_id, expires_at, ended_at, ended_because)"
        " select id, now(), now(), 'refresh_reused' from identity.users where email = %s returning id",
        kit,
    )
    with screen(chromium) as shown:
        sign_in(shown, stack, kit)
        told = shown.page.get_by_role("alert", name="About your sign-in")
        expect(told).to_contain_text("Somebody showed an old sign-in of yours again.")
        assert shown.problems() == []
        told.get_by_role("button", name="I have read this").click()
        expect(told).to_have_count(0)


def test_the_platform_has_no_way_into_a_hotel(chromium: Browser, stack: Stack, kit: str) -> None:
    with screen(chromium) as shown:
        sign_in(shown, stack, kit)
        for path in ("/admin", "/app/inbox"):
            answer = shown.page.goto(f"{stack.url}{path}")
            assert answer is not None
            assert answer.status in (401, 403), path


@pytest.mark.parametrize("email", ["owner@hamsun.example", "reception@hamsun.example"])
def test_members_have_no_way_into_the_platform(chromium: Browser, stack: Stack, email: str) -> None:
    with screen(chromium) as shown:
        shown.sign_in(stack.url, email)
        answer = shown.page.goto(f"{stack.url}/platform")
        assert answer is not None
        assert answer.status == 403


def test_a_wrong_password_is_refused_in_plain_words(chromium: Browser, stack: Stack, kit: str) -> None:
    with screen(chromium) as shown:
        page = shown.page
        page.goto(f"{stack.url}/platform/login")
        page.get_by_label("E-mail").fill(kit)
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_have_text("E-mail or password are not right.")
