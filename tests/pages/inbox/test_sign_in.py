"""Who may come in, and how everyone else is told."""

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.browser import PHONE, screen
from tests.pages.inbox.conftest import SignIn
from tests.pages.inbox.desk import Member
from tests.stack import Stack
from tests.world import World


def test_a_stranger_is_told_how_to_sign_in(stack: Stack, chromium: Browser) -> None:
    with screen(chromium, size=PHONE) as shown:
        answer = shown.page.goto(f"{stack.url}/app/inbox")
        assert answer is not None
        assert answer.status == 401
        assert shown.problems() == []
        shown.page.get_by_role("link", name="Reception").click()
        expect(shown.page.locator("#rail")).to_be_visible()


def test_a_guest_is_not_let_in(stack: Stack, chromium: Browser) -> None:
    with screen(chromium) as shown:
        shown.page.goto(stack.link().url)
        answer = shown.page.goto(f"{stack.url}/app/inbox")
        assert answer is not None
        assert answer.status == 401


def test_an_ended_session_keeps_what_was_typed(mohsin: Member, towels: str, world: World) -> None:
    mohsin.opens(towels)
    mohsin.page.locator("#comment").fill("Half a thought")
    world.rows(
        "update identity.sessions as s set ended_at = clock_timestamp(), ended_because = 'signed_out'"
        " from identity.memberships as m where m.tenant_id = s.tenant_id and m.id = s.membership_id"
        " and m.display_name = 'Mohsin' returning s.id"
    )
    mohsin.page.get_by_role("button", name="Note", exact=True).click()
    expect(mohsin.page.locator("#notice")).to_contain_text("Your sign-in has ended.")
    expect(mohsin.page.locator("#comment")).to_have_value("Half a thought")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_elsewhere_does_nothing(sign_in: SignIn, towels: str, world: World, site: str) -> None:
    mohsin = sign_in()
    answer = mohsin.page.request.post(
        f"{mohsin.home}/app/inbox/requests/{towels}/actions/acknowledge",
        form={"expected_status": "new"},
        headers={"Sec-Fetch-Site": site, "Origin": "https://elsewhere.example"},
    )
    assert answer.status == 403
    assert world.value("select status from portal.requests where id = %s", towels) == "new"
