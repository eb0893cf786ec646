"""The managers' way in and out, and where old addresses lead."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size, screen
from tests.passwords import has_chosen, was_given
from tests.stack import Stack
from tests.world import World

PASSWORD = "copper meadow lantern"
GIVEN = "k7wq-m3xe-r9tb-hz4n"
HOTELS = {"hamsun": "Hamsun", "alpine": "Alpine"}


@pytest.fixture
def manager(world: World) -> Iterator[str]:
    """Somebody who manages two hotels, with one password; their e-mail address."""
    email = f"rosa-{uuid4().hex[:8]}@example.com"
    hashed = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    user = world.value("insert into identity.users (email) values (%s) returning id", email)
    for slug in HOTELS:
        world.rows(
            "with m as (insert into identity.memberships (tenant_id, user_id, display_name, session_type)"
            " select id, %s, 'Rosa', 'admin' from public.tenants where slug = %s returning tenant_id, id)"
            " insert into identity.membership_roles (tenant_id, membership_id, role_id)"
            " select m.tenant_id, m.id, r.id from m join identity.roles r on r.tenant_id = m.tenant_id"
            " and r.key = 'MANAGER' returning role_id",
            *(user, slug),
        )
    has_chosen(world, email, hashed)
    yield email
    world.conn.execute("update identity.memberships set is_active = false where user_id = %s", (user,))


def say(page: Page, email: str, password: str) -> None:
    """Fills the sign-in."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)


def test_who_works_for_two_hotels_chooses_one(visit: Visit, stack: Stack, manager: str, world: World) -> None:
    page = visit("/admin/staff", None).page
    expect(page).to_have_url(f"{stack.url}/admin/login?next=/admin/staff")
    say(page, manager, PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which hotel?")
    name = world.value("select hotel_name from public.tenants where slug = 'alpine'")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=name).click()
    expect(page).to_have_url(f"{stack.url}/admin/staff")
    expect(page.locator(".brand")).to_contain_text(name)
    expect(page.get_by_text("Mohsin")).to_have_count(0)


def test_signing_out_ends_the_session(visit: Visit, stack: Stack) -> None:
    shown = visit("/admin")
    kept = shown.context.cookies()
    shown.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(shown.page).to_have_url(f"{stack.url}/admin/login")
    assert shown.context.cookies() == []
    shown.context.add_cookies(kept)  # type: ignore[arg-type]
    shown.page.goto(f"{stack.url}/admin")
    expect(shown.page).to_have_url(f"{stack.url}/admin/login")


def test_a_wrong_password_and_an_unknown_account_are_told_alike(visit: Visit, manager: str) -> None:
    page = visit("/admin/login", None).page
    told = []
    for email in (manager, "nobody@example.com"):
        say(page, email, "not the one")
        page.get_by_role("button", name="Sign in").click()
        told.append(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("E-mail")).to_have_value(email)
        expect(page.get_by_label("Password")).to_have_value("")
    assert told[0] == told[1] == "E-mail or password are not right."


def test_staff_do_not_come_in_by_the_managers_door(visit: Visit, manager: str, world: World) -> None:
    world.conn.execute(
        "update identity.memberships m set session_type = 'staff' from identity.users u"
        " where u.id = m.user_id and u.email = %s",
        (manager,),
    )
    page = visit("/admin/login", None).page
    say(page, manager, PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("E-mail or password are not right.")


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("", "/admin"),
        ("/admin/staff", "/admin/staff"),
        ("https://elsewhere.example", "/admin"),
        ("//elsewhere.example", "/admin"),
    ],
)
def test_the_way_on_stays_in_the_house(visit: Visit, stack: Stack, asked: str, led: str) -> None:
    page = visit(f"/admin/login?next={asked}").page
    expect(page).to_have_url(f"{stack.url}{led}")


def test_a_password_given_for_once_is_changed_first(
    visit: Visit, stack: Stack, manager: str, world: World
) -> None:
    was_given(world, manager, GIVEN)
    world.conn.execute(
        "update identity.memberships m set is_active = false from identity.users u, public.tenants t"
        " where u.id = m.user_id and u.email = %s and t.id = m.tenant_id and t.slug = 'alpine'",
        (manager,),
    )
    shown = visit("/admin/login", None)
    page = shown.page
    say(page, manager, GIVEN.upper())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your password")
    page.goto(f"{stack.url}/admin/staff")
    expect(page).to_have_url(f"{stack.url}/admin/password")
    assert shown.problems() == []
    for password, words in (("password1234", "too easy"), (GIVEN, "This is the password you have.")):
        page.get_by_label("New password").fill(password)
        page.get_by_role("button", name="Keep this password").click()
        expect(page.get_by_role("alert")).to_contain_text(words)
    page.get_by_label("New password").fill("amber quarry window")
    page.get_by_role("button", name="Keep this password").click()
    expect(page).to_have_url(f"{stack.url}/admin")
    page.goto(f"{stack.url}/admin/password")
    page.get_by_label("The password until now").fill("guess")
    page.get_by_label("New password").fill("linen harbour violet")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("alert")).to_contain_text("The password until now is not right.")


@pytest.mark.parametrize("path", ["/staff/console", "/staff/password", "/guest/identify", "/platform"])
def test_a_manager_has_no_way_into_the_other_parts(visit: Visit, stack: Stack, path: str) -> None:
    page = visit("/admin").page
    answer = page.goto(f"{stack.url}{path}")
    assert answer is not None
    was_let_in = answer.status == 200 and page.url == f"{stack.url}{path}"
    assert not was_let_in, (answer.status, page.url)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/register", "/admin/register"),
        ("/owner-login", "/admin/login"),
        ("/onboarding", "/admin/onboarding"),
        ("/dashboard", "/admin"),
        ("/dashboard/staff", "/admin/staff"),
        ("/dashboard/qr-codes", "/admin/qr-codes"),
        ("/dashboard/qr-codes/", "/admin/qr-codes"),
        ("/dashboard/", "/admin"),
        ("/dashboard/settings", "/admin/settings"),
        ("/dashboard/billing", "/admin"),
        ("/dashboard/guests/17", "/admin"),
        ("/dashboard/analytics", "/admin"),
        ("/dashboard/knowledge-base", "/admin"),
        ("/dashboard/language", "/admin"),
        ("/register/", "/admin/register"),
        ("/onboarding/", "/admin/onboarding"),
        ("/admin/dashboard", "/admin"),
    ],
)
def test_old_addresses_lead_to_the_new_ones(visit: Visit, stack: Stack, old: str, new: str) -> None:
    answer = visit("/403", None).page.request.get(f"{stack.url}{old}", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (303, new)


def test_an_old_address_does_not_lead_elsewhere(visit: Visit, stack: Stack) -> None:
    answer = visit("/403", None).page.request.get(
        f"{stack.url}/dashboard//elsewhere.example", max_redirects=0
    )
    assert answer.headers["location"] == "/admin"


@each_size
def test_the_door_is_fit_for_everyone(stack: Stack, chromium: Browser, size: tuple[int, int]) -> None:
    for scripts in (True, False):
        with screen(chromium, size=size, scripts=scripts) as shown:
            shown.page.goto(f"{stack.url}/admin/login")
            if scripts:
                assert shown.problems() == []
            expect(shown.page.get_by_role("button", name="Sign in")).to_be_visible()
            shown.page.get_by_role("button", name="Español").click()
            expect(shown.page.get_by_role("button", name="Iniciar sesión")).to_be_visible()


def test_a_password_given_for_once_is_over_after_a_while(visit: Visit, manager: str, world: World) -> None:
    was_given(world, manager)
    world.conn.execute("update identity.passwords set one_time_until = now() where password_hash is null")
    page = visit("/admin/login", None).page
    say(page, manager, "abcd-efgh-jkmn-pqrs")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text(
        "The password you were given is over. Ask your manager for a new one."
    )
