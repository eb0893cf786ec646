"""The people of the house: who there is, who is invited, what each may do, and who has left."""

from uuid import uuid4

import httpx2
from playwright.sync_api import Page, expect

from tests.manager import member_id
from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.stack import Stack
from tests.world import HOUSEKEEPER, MANAGER, OWNER, STRANGER, World


def invite(page: Page, name: str, email: str, *roles: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    for role in roles:
        page.get_by_role("checkbox", name=role, exact=True).first.check()
    page.get_by_role("button", name="Invite").click()


def log_in(stack: Stack, email: str, password: str) -> httpx2.Response:
    body = {"email": email, "password": password}
    return httpx2.post(f"{stack.url}/functions/v1/auth-login", json=body, timeout=15)


def test_somebody_is_invited_and_signs_in(visit: Visit, stack: Stack) -> None:
    page, email = visit("/admin/staff").page, f"noor-{uuid4().hex[:6]}@example.com"
    invite(page, "Noor", email)
    expect(page.get_by_role("status").first).to_contain_text("Noor may sign in.")
    answer = log_in(stack, email, page.locator(".first-password").inner_text()).json()
    assert (answer["role"], answer["must_change_password"]) == ("staff", True)
    page.goto(f"{stack.url}/admin/staff")
    expect(page.locator(".first-password")).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text=email)).not_to_contain_text("has not signed in yet")


def test_a_member_is_not_invited_again(visit: Visit) -> None:
    page = visit("/admin/staff").page
    invite(page, "Sana", HOUSEKEEPER)
    expect(page.get_by_role("alert")).to_have_text("This person is a member of the house already.")
    expect(page.get_by_label("E-mail")).to_have_value(HOUSEKEEPER)


def test_a_colleague_changes_leaves_and_comes_back(visit: Visit, stack: Stack) -> None:
    page, email = visit("/admin/staff").page, f"noor-{uuid4().hex[:6]}@example.com"
    invite(page, "Noor", email)
    first = page.locator(".first-password").inner_text()
    page.get_by_role("link", name=email).click()

    page.get_by_label("Name").fill("Noor Haq")
    page.get_by_role("checkbox", name="Kitchen").check()
    page.get_by_role("checkbox", name="Hamsun FSL").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Haq")
    expect(page.get_by_role("checkbox", name="Kitchen")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Hamsun FSL")).to_be_checked()

    roles = page.get_by_role("group", name="Roles")
    roles.get_by_label("Manager").check()
    page.get_by_role("button", name="Save roles").click()
    expect(roles.get_by_label("Manager")).to_be_checked()
    assert log_in(stack, email, first).json()["role"] == "admin"

    page.get_by_role("button", name="They leave").click()
    expect(page.get_by_text("has left")).to_be_visible()
    assert log_in(stack, email, first).status_code == 401
    page.get_by_role("button", name="They are back").click()

    page.get_by_role("button", name="Give a password for once").click()
    second = page.locator(".first-password").inner_text()
    assert (log_in(stack, email, first).status_code, log_in(stack, email, second).status_code) == (401, 200)


def test_a_manager_is_told_that_an_owner_is_not_theirs(visit: Visit, world: World) -> None:
    page = visit(f"/admin/staff/{member_id(world, OWNER)}", MANAGER).page
    page.get_by_role("button", name="Give a password for once").click()
    expect(page.get_by_role("alert")).to_have_text("Only an owner makes or unmakes an owner.")


def test_one_s_own_page_offers_no_roles(visit: Visit, world: World) -> None:
    page = visit(f"/admin/staff/{member_id(world, OWNER)}").page
    expect(page.get_by_text("This is you.")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_who_may_not_manage_staff_is_told_so(visit: Visit, stack: Stack, world: World) -> None:
    taken = world.rows(
        "delete from identity.role_permissions rp using identity.roles r, public.tenants t"
        " where r.id = rp.role_id and r.key = 'MANAGER' and t.id = r.tenant_id and t.slug = 'hamsun'"
        " and rp.permission = 'hotel:staff:write' returning rp.tenant_id, rp.role_id, rp.permission"
    )
    try:
        page = visit("/admin", MANAGER).page
        expect(page.get_by_role("link", name="Staff", exact=True)).to_have_count(0)
        answer = page.goto(f"{stack.url}/admin/staff")
        assert answer is not None
        assert answer.status == 403
    finally:
        world.rows(
            "insert into identity.role_permissions (tenant_id, role_id, permission) values (%s, %s, %s)"
            " returning role_id",
            *taken[0],
        )


def test_the_stranger_finds_nobody_of_ours(visit: Visit, stack: Stack, world: World) -> None:
    page = visit("/admin/staff", STRANGER).page
    expect(page.get_by_text("Mohsin")).to_have_count(0)
    answer = page.goto(f"{stack.url}/admin/staff/{member_id(world, HOUSEKEEPER)}")
    assert answer is not None
    assert answer.status == 404


@each_size
def test_it_is_fit_for_everyone(visit: Visit, stack: Stack, world: World, size: tuple[int, int]) -> None:
    shown = visit("/admin/staff", size=size)
    for path in ("/admin/staff", f"/admin/staff/{member_id(world, HOUSEKEEPER)}"):
        shown.page.goto(f"{stack.url}{path}")
        assert (path, shown.problems()) == (path, [])
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert shown.faults == []


def test_a_form_from_elsewhere_does_nothing(visit: Visit, stack: Stack, world: World) -> None:
    answer = visit("/admin").page.request.post(
        f"{stack.url}/admin/staff/{member_id(world, HOUSEKEEPER)}/active",
        form={"is_active": "no"},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    )
    assert answer.status == 403
    active = "select is_active from identity.memberships where id = %s"
    assert world.value(active, member_id(world, HOUSEKEEPER))
