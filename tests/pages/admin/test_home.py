"""The office's first page, its frame, and who is let in."""

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import DESK, PHONE
from tests.stack import Stack
from tests.world import MANAGER, RECEPTION, World


def test_what_is_set_up_is_counted(visit: Visit) -> None:
    page = visit("/admin").page
    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you, Nadia")
    expect(page.get_by_role("link", name="Houses")).to_contain_text("3")
    expect(page.get_by_role("link", name="Teams in Slack")).to_contain_text("7 / 7")
    expect(page.get_by_role("listitem").filter(has_text="Hamsun FSL")).to_contain_text("28 rooms")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/admin", "/403"])
def test_it_is_fit_for_everyone(visit: Visit, size: tuple[int, int], path: str) -> None:
    shown = visit(path, size=size)
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shown.faults == []


def test_the_managers_language_is_spoken(visit: Visit, world: World) -> None:
    page = visit("/admin", MANAGER).page
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué bien verle, Tariq")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_who_is_not_signed_in_is_led_to_the_sign_in(visit: Visit, stack: Stack) -> None:
    answer = visit("/", None).page.request.get(f"{stack.url}/admin", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (303, "/admin/login")


def test_staff_have_no_way_into_the_office(visit: Visit, stack: Stack) -> None:
    page = visit("/app/inbox", RECEPTION).page
    answer = page.goto(f"{stack.url}/admin")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("This part is not open to you")
    expect(page.get_by_role("link", name="My work")).to_have_attribute("href", "/app/inbox")


def test_a_guest_has_no_way_into_the_office(visit: Visit, stack: Stack) -> None:
    page = visit("/", None).page
    page.goto(stack.link().url)
    answer = page.goto(f"{stack.url}/admin")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("link", name="My stay")).to_be_visible()


def test_what_was_noticed_is_told_once(visit: Visit, world: World) -> None:
    world.conn.execute(
        "insert into identity.notices (tenant_id, membership_id, kind)"
        " select m.tenant_id, m.id, 'refresh_reused'"
        " from identity.memberships m where m.display_name = 'Nadia'"
    )
    page = visit("/admin").page
    expect(page.get_by_role("alert")).to_contain_text("Somebody showed an old sign-in of yours again.")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("alert")).to_have_count(0)
