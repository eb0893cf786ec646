"""Permissions: the matrix, which rule decides, and the roles of the house."""

import pytest
from playwright.sync_api import Page, expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.roles import create, give, role_id
from tests.stack import Stack
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, World


@pytest.fixture(autouse=True)
def as_given(world: World) -> None:
    """Every test begins with the roles that hotels are given."""
    world.conn.execute(
        "delete from identity.membership_roles where role_id in"
        " (select id from identity.roles where not is_default)"
    )
    world.conn.execute("delete from identity.roles where not is_default and key <> 'TRAINEE'")
    world.conn.execute("update identity.roles set reference_digest = '\\x00' where is_default")
    world.conn.execute("select app.copy_reference(id) from public.tenants")
    give(world, MANAGER, HOUSEKEEPER, "STAFF")


def cell(page: Page, row_name: str, role: str, matrix: str = "Role by command") -> str:
    """yes or no, for a row and a column of a matrix."""
    table = page.get_by_role("region", name=matrix)
    heads = table.locator("thead th").all_inner_texts()
    row = table.get_by_role("row").filter(has=page.get_by_text(row_name, exact=True))
    return row.locator("td").nth(heads.index(role) - 1).inner_text().strip()


def test_the_matrix_says_who_may_call_what(visit: Visit) -> None:
    page = visit("/admin/access").page
    assert {
        (command, role): cell(page, command, role)
        for command in ("check_in_guest", "reverse_charge", "portal_submit_request")
        for role in ("Owner", "Reception", "Staff", "Assistant", "Kiosk")
    } == {
        ("check_in_guest", "Owner"): "yes",
        ("check_in_guest", "Reception"): "yes",
        ("check_in_guest", "Staff"): "no",
        ("check_in_guest", "Assistant"): "no",
        ("check_in_guest", "Kiosk"): "no",
        ("reverse_charge", "Owner"): "yes",
        ("reverse_charge", "Reception"): "no",
        ("reverse_charge", "Staff"): "no",
        ("reverse_charge", "Assistant"): "no",
        ("reverse_charge", "Kiosk"): "no",
        ("portal_submit_request", "Owner"): "yes",
        ("portal_submit_request", "Reception"): "yes",
        ("portal_submit_request", "Staff"): "yes",
        ("portal_submit_request", "Assistant"): "yes",
        ("portal_submit_request", "Kiosk"): "no",
    }


def test_the_matrix_says_who_may_read_what(visit: Visit) -> None:
    page = visit("/admin/access").page
    roles = ("Owner", "Reception", "Staff", "Assistant", "Kiosk")
    assert {
        name: [cell(page, name, role, "Role by list") for role in roles]
        for name in ("audit_log", "charges", "requests", "kiosks", "me")
    } == {
        "audit_log": ["yes", "no", "no", "no", "no"],
        "charges": ["yes", "yes", "no", "no", "no"],
        "requests": ["yes", "yes", "yes", "yes", "no"],
        "kiosks": ["yes", "yes", "no", "no", "yes"],
        "me": ["yes", "yes", "yes", "yes", "no"],
    }


def test_every_list_of_members_has_its_row(visit: Visit, world: World) -> None:
    page = visit("/admin/access").page
    table = page.get_by_role("region", name="Role by list")
    lists = {
        row[0]
        for row in world.rows(
            "select list from app.read_rights() where session_types && '{staff,admin,kiosk}'"
        )
    }
    assert set(table.locator("tbody th[scope=row] code").all_inner_texts()) == lists
    expect(table.get_by_role("rowheader", name="See bookings or see guests")).to_contain_text(
        "hotel:bookings:read"
    )


def test_every_command_of_members_has_its_row(visit: Visit, world: World) -> None:
    page = visit("/admin/access").page
    shown = set(page.locator("tbody th[scope=row] code").all_inner_texts())
    commands = {
        row[0]
        for row in world.rows(
            "select command from app.command_rights() where session_types && '{staff,admin,kiosk}'"
        )
    }
    assert commands <= shown


def test_approvals_stand_apart(visit: Visit) -> None:
    page = visit("/admin/access").page
    table = page.get_by_role("region", name="What asks for more than everyday work")
    expect(table.get_by_role("row").filter(has_text="Change of stay: Approve")).to_contain_text(
        "hotel:requests:approve"
    )


def test_which_rule_decides(visit: Visit) -> None:
    page = visit("/admin/access", MANAGER).page
    page.get_by_label("What do you want to do?").fill("reverse_charge")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("You may. What decides: Permission")
    expect(page.locator("main").get_by_role("status")).to_contain_text("by the role Manager")
    page.get_by_label("What do you want to do?").fill("portal_confirm_identity")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text(
        "You may not. What decides: Kind of session"
    )


@pytest.mark.parametrize(("action", "thing"), [("fly", ""), ("move_room", "nonsense"), ("<b>", "")])
def test_what_is_not_known_is_said(visit: Visit, action: str, thing: str) -> None:
    page = visit("/admin/access").page
    page.get_by_label("What do you want to do?").fill(action)
    page.get_by_label("To what?").fill(thing)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("There is nothing of this name.")


def test_a_role_of_the_house_s_own_comes_and_goes(visit: Visit) -> None:
    page = visit("/admin/access").page
    page.get_by_role("link", name="A role of your own").click()
    page.get_by_label("Name in English").fill("Night porter")
    page.get_by_label("Name in Spanish").fill("Portero de noche")
    page.get_by_label("Short key").fill("night_porter")
    page.get_by_label("Reverse a posted charge").check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night porter")
    page.goto(page.url.partition("/roles")[0])
    assert cell(page, "reverse_charge", "Night porter") == "yes"
    page.get_by_role("link", name="See Night porter").click()
    page.get_by_role("button", name="Delete this role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Permissions")
    expect(page.get_by_role("link", name="See Night porter")).to_have_count(0)


def test_what_cannot_be_is_said_and_what_was_typed_stays(visit: Visit) -> None:
    page = visit("/admin/access/roles/new").page
    page.get_by_label("Name in English").fill("Second owner")
    page.get_by_label("Short key").fill("OWNER")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("alert")).to_have_text("There is a role with this key already.")
    expect(page.get_by_label("Name in English")).to_have_value("Second owner")


def test_an_edited_default_shows_how_it_differs_and_goes_back(visit: Visit, world: World) -> None:
    page = visit(f"/admin/access/roles/{role_id(world, 'STAFF')}").page
    page.get_by_label("See menus and their orders.").uncheck()
    page.get_by_label("Make and revoke QR codes.").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Only here: Make and revoke QR codes")).to_be_visible()
    expect(page.get_by_text("Only there: See menus and their orders")).to_be_visible()
    page.get_by_role("button", name="Back to the default").click()
    expect(page.get_by_label("See menus and their orders.")).to_be_checked()
    expect(page.get_by_text("Only here")).to_have_count(0)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("OWNER", "An owner's role always carries everything."),
        ("MANAGER", "This role is one of yours; somebody else who holds as much can change it."),
    ],
)
def test_nobody_edits_the_owner_s_or_their_own(visit: Visit, world: World, key: str, why: str) -> None:
    page = visit(f"/admin/access/roles/{role_id(world, key)}", MANAGER).page
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)


def test_a_role_that_somebody_has_is_not_deleted(visit: Visit, world: World) -> None:
    role = create(world, MANAGER)["id"]
    give(world, MANAGER, HOUSEKEEPER, "STAFF", "NIGHT_PORTER")
    page = visit(f"/admin/access/roles/{role}").page
    page.get_by_role("button", name="Delete this role").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody still has this role.")


def test_another_hotels_role_is_not_there(visit: Visit, world: World, stack: Stack) -> None:
    answer = visit("/admin").page.goto(f"{stack.url}/admin/access/roles/{role_id(world, 'STAFF', 'alpine')}")
    assert answer is not None
    assert answer.status == 404


def test_it_speaks_spanish(visit: Visit, world: World) -> None:
    world.conn.execute("update identity.memberships set language = 'es' where display_name = 'Tariq'")
    page = visit("/admin/access?action=move_room", MANAGER).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Permisos")
    expect(page.locator("main").get_by_role("status")).to_contain_text("Puede. Lo que decide: Permiso")
    expect(page.locator("main").get_by_role("status")).to_contain_text("lo tiene por el rol Dirección")
    expect(page.get_by_role("rowheader", name="Modificar las reservas")).to_be_visible()
    expect(page.get_by_role("region", name="Roles por lista")).to_contain_text("muestra más con")
    world.conn.execute("update identity.memberships set language = 'en' where display_name = 'Tariq'")


@each_size
@pytest.mark.parametrize("path", ["/admin/access?action=move_room", "/admin/access/roles/new", "role"])
def test_it_is_fit_for_everyone(visit: Visit, world: World, size: tuple[int, int], path: str) -> None:
    shown = visit(path if path != "role" else f"/admin/access/roles/{role_id(world, 'STAFF')}", size=size)
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shown.faults == []


def test_staff_have_no_way_in(visit: Visit, stack: Stack) -> None:
    answer = visit("/app/inbox", RECEPTION).page.goto(f"{stack.url}/admin/access")
    assert answer is not None
    assert answer.status == 403
