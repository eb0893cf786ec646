"""/admin/slack: a hotel shows its bot token, sees whose workspace it is, and who is not linked yet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.pages.browser import PHONE
from tests.stack import Stack
from tests.world import RECEPTION, World, wait_for

PATH = "/admin/slack"
MOHSIN = (
    "update identity.memberships set slack_user_id = %s where id ="
    " (select m.id from identity.memberships as m join identity.users as u on u.id = m.user_id"
    f" where u.email = '{RECEPTION}')"
)
STATE = (
    "select count(*) from notify.slack_access as a join public.tenants as t on t.id = a.tenant_id"
    " where t.slug = 'hamsun' and {}"
)


@pytest.fixture(autouse=True)
def as_given(world: World) -> Iterator[None]:
    """The hotel's cards leave with the installation's token before and after, and Mohsin is linked."""
    yield
    world.conn.execute("delete from notify.slack_access")
    world.conn.execute(
        "insert into notify.senders (tenant_id, channel, address)"
        " select id, 'slack', 'T0SANDBOX01' from public.tenants where slug = 'hamsun' on conflict do nothing"
    )
    world.conn.execute(MOHSIN.encode(), ("U0MOHSIN001",))


def test_a_workspace_is_connected_tested_and_parted(visit: Visit, stack: Stack, world: World) -> None:
    world.conn.execute(MOHSIN.encode(), (None,))
    page = visit(PATH, size=PHONE).page
    connection, people = page.locator("section[aria-labelledby=workspace]"), page.locator("#people")
    expect(people).to_contain_text("Mohsin")
    page.get_by_label("Bot token").fill("xoxp-of-a-person")
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("alert")).to_contain_text("begins with xoxb-")

    page.get_by_label("Bot token").fill("xoxb-sandbox-hotel")
    page.get_by_role("button", name="Connect").click()
    wait_for(lambda: world.value(STATE.format("a.matched_at is not null")) == 1, "Slack", 20)
    page.goto(f"{stack.url}{PATH}")
    expect(connection).to_contain_text("Sandbox Connected")
    expect(connection).to_contain_text("T0SANDBOX01")
    expect(people).to_contain_text("Mohsin U0MOHSIN001")
    assert "xoxb-sandbox-hotel" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    page.get_by_role("button", name="Test the connection").click()
    wait_for(lambda: world.value(STATE.format("not a.is_test_due")) == 1, "a test", 20)
    page.get_by_role("button", name="Español").click()
    page.goto(f"{stack.url}{PATH}")
    expect(connection).to_contain_text("Conectado")
    page.locator("summary", has_text="Desconectar").click()
    page.get_by_role("button", name="Sí, desconectar Slack").click()
    expect(connection).to_contain_text("Sin conectar")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_reception_keeps_out(visit: Visit) -> None:
    page = visit(PATH, RECEPTION).page
    expect(page.get_by_label("Bot token")).to_have_count(0)
