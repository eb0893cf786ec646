"""The staff's flow, line by line of its checklist, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.browser import Screen, with_scripts_and_without
from tests.pages.staff.conftest import FIRST, OWN
from tests.stack import Stack
from tests.world import HOUSEKEEPER, World

Phone = Callable[..., Screen]
Badge = dict[str, Any]


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Go to work").click()


def choose(page: Page, new: str, again: str | None = None) -> None:
    page.get_by_label("Your new password").fill(new)
    page.get_by_label("Once more").fill(new if again is None else again)
    page.get_by_role("button", name="Keep it").click()


def at_work(phone: Phone, badge: Badge, **device: Any) -> Screen:
    """A phone whose member scanned the badge and chose a password."""
    shown = phone(**device)
    shown.page.goto(badge["qrUrl"])
    sign_in(shown.page, FIRST)
    choose(shown.page, OWN)
    expect(shown.page.get_by_role("heading", name="Waiting for your team")).to_be_visible()
    return shown


@with_scripts_and_without
def test_staff_can_scan_qr_code(phone: Phone, badge: Badge, stack: Stack, scripts: bool) -> None:
    shown = phone(scripts=scripts)
    shown.page.goto(badge["qrUrl"])
    assert shown.page.url == f"{stack.url}/staff/access"
    expect(shown.page.get_by_role("heading", level=1)).to_contain_text("Sana")
    assert not {one.get("name") for one in shown.context.cookies()} & {"staybase_staff", "staybase_admin"}
    if scripts:
        assert shown.problems() == []
        assert shown.faults == []


def test_staff_prompted_for_password_on_first_access(phone: Phone, badge: Badge, stack: Stack) -> None:
    shown = phone()
    shown.page.goto(badge["qrUrl"])
    sign_in(shown.page, FIRST)
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Choose your password")
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for path in ("/staff/console", "/staff/tickets"):
        shown.page.goto(stack.url + path)
        assert shown.page.url == f"{stack.url}/staff/password"
    choose(shown.page, OWN, "something else entirely")
    expect(shown.page.get_by_role("alert")).to_contain_text("The two are not the same.")
    choose(shown.page, "password1234")
    expect(shown.page.get_by_role("alert")).to_contain_text("too easy to guess")
    choose(shown.page, OWN)
    assert shown.page.url == f"{stack.url}/staff/console"


def test_staff_can_login_with_password(phone: Phone, badge: Badge, stack: Stack) -> None:
    shown = at_work(phone, badge)
    shown.page.get_by_role("button", name="Sign out", exact=True).click()
    assert shown.page.url == f"{stack.url}/staff/access"
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Scan your badge")
    shown.page.goto(badge["qrUrl"])
    sign_in(shown.page, "not this one at all")
    expect(shown.page.get_by_role("alert")).to_contain_text("That does not fit.")
    sign_in(shown.page, OWN)
    assert shown.page.url == f"{stack.url}/staff/console"
    assert shown.problems() == []


def test_staff_can_access_staff_routes(phone: Phone, badge: Badge, stack: Stack) -> None:
    shown = at_work(phone, badge)
    for path, there in (("/staff", "/staff/console"), ("/staff/tickets", "/app/inbox")):
        shown.page.goto(stack.url + path)
        assert shown.page.url == stack.url + there
    answer = shown.page.goto(f"{stack.url}/staff/nowhere")
    assert answer is not None
    assert answer.status == 404


def test_what_waits_for_the_team_leads_to_the_inbox(
    phone: Phone, badge: Badge, stack: Stack, world: World
) -> None:
    with world.guest("Marutani"):
        world.submit(
            {"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 1}]},
            f"staff:{badge['token']}",
        )
    page = at_work(phone, badge).page
    # of many that wait the page shows the first
    link = page.locator("a[href^='/app/inbox/requests/']").first
    leads_to = link.get_attribute("href")
    link.click()
    assert page.url == f"{stack.url}{leads_to}"
    expect(page.get_by_role("heading", level=2)).to_be_visible()


def test_staff_without_the_capability_see_no_tickets(
    phone: Phone, badge: Badge, stack: Stack, world: World
) -> None:
    shown = at_work(phone, badge)
    taken = world.rows(
        "delete from identity.role_permissions where permission = 'hotel:requests:read'"
        " and role_id in (select id from identity.roles where key = 'STAFF') returning tenant_id, role_id"
    )
    try:
        answer = shown.page.goto(f"{stack.url}/staff/tickets")
        assert answer is not None
        assert answer.status == 403
        shown.page.goto(f"{stack.url}/staff/console")
        expect(shown.page.locator("main")).to_contain_text("Your role sees no requests.")
    finally:
        for tenant, role in taken:
            world.conn.execute(
                "insert into identity.role_permissions values (%s, %s, 'hotel:requests:read')", (tenant, role)
            )


@pytest.mark.parametrize("path", ["/admin", "/admin/qr-codes", "/guest/services", "/portal/requests"])
def test_staff_cannot_access_admin_or_guest_routes(
    phone: Phone, badge: Badge, stack: Stack, path: str
) -> None:
    shown = at_work(phone, badge)
    answer = shown.page.goto(stack.url + path)
    assert answer is not None
    assert answer.status in (401, 403, 404) or shown.page.url == f"{stack.url}/guest/access"


def test_staff_ai_chat_includes_staff_id_context(
    phone: Phone, badge: Badge, stack: Stack, world: World
) -> None:
    shown = at_work(phone, badge)
    cookies = {str(one.get("name")): str(one.get("value")) for one in shown.context.cookies()}
    answer = shown.page.request.post(
        f"{stack.url}/rest/v1/rpc/caller_context",
        headers={"Authorization": f"Bearer {cookies['staybase_staff_access']}"},
        data={},
    )
    member = world.value(
        "select m.id::text from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        HOUSEKEEPER,
    )
    assert (answer.json()["role"], answer.json()["staff_id"]) == ("staff", member)


@pytest.mark.parametrize(
    "path", ["/staff", "/staff/console", "/staff/password", "/staff/tickets", "/staff/chat"]
)
def test_middleware_enforces_route_boundaries(phone: Phone, stack: Stack, path: str) -> None:
    shown = phone(language="es")
    shown.page.goto(stack.url + path)
    assert shown.page.url == f"{stack.url}/staff/access"
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Escanee su tarjeta")
    assert shown.problems() == []


def test_admin_cannot_access_staff_or_guest_routes(phone: Phone, stack: Stack) -> None:
    shown = phone()
    shown.sign_in(stack.url, "manager@hamsun.example")
    for path, door in (("/staff/console", "/staff/access"), ("/guest/services", "/guest/access")):
        shown.page.goto(stack.url + path)
        assert shown.page.url == stack.url + door


def test_by_e_mail_where_the_house_allows_it(phone: Phone, stack: Stack, world: World) -> None:
    page = phone().page

    def try_it() -> None:
        page.goto(f"{stack.url}/staff/access")
        page.get_by_text("By e-mail instead").click()
        page.get_by_label("E-mail address").fill(HOUSEKEEPER)
        page.get_by_label("Your password").fill(FIRST)
        page.get_by_role("button", name="Sign in").click()

    world.conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select id, 'staff_signs_in_by_email', 'false' from public.tenants where slug = 'hamsun'"
    )
    try_it()
    expect(page.get_by_role("alert")).to_contain_text("That does not fit.")
    world.conn.execute("delete from public.app_settings where key = 'staff_signs_in_by_email'")
    try_it()
    assert page.url == f"{stack.url}/staff/password"


def test_a_revoked_badge_opens_nothing(phone: Phone, badge: Badge, world: World) -> None:
    world.conn.execute("update identity.qr_tokens set revoked_at = now() where purpose = 'STAFF_ACCESS'")
    shown = phone()
    shown.page.goto(badge["qrUrl"])
    expect(shown.page.get_by_role("alert")).to_contain_text("This badge opens nothing any more.")


def test_somebody_elses_turn(phone: Phone, badge: Badge) -> None:
    shown = phone()
    shown.page.goto(badge["qrUrl"])
    shown.page.get_by_role("button", name="This is not me").click()
    expect(shown.page.get_by_role("heading", level=1)).to_have_text("Scan your badge")
