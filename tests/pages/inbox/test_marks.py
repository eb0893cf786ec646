"""What guests said of their stays, a tap away from the inbox."""

from playwright.sync_api import expect

from tests.pages.inbox.conftest import SignIn
from tests.world import RECEPTION


def test_the_inbox_leads_to_what_guests_said(sign_in: SignIn) -> None:
    mohsin = sign_in(RECEPTION)
    mohsin.go()
    mohsin.page.locator("#rail").get_by_role("link", name="What guests said").click()
    expect(mohsin.page.get_by_role("heading", name="What guests said")).to_be_visible()
    assert mohsin.screen.problems() == []
