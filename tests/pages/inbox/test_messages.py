"""What the desk reads of messages: true whatever became of them, and a way to send again."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.pages.browser import PHONE
from tests.pages.inbox.conftest import Asks, SignIn
from tests.pages.inbox.desk import Member
from tests.world import MANAGER, World, wait_for

AILING = """
update public.notification_log set state = %s, error_code = %s, send_after = 'infinity' where id = %s
"""
ALERT = """
select app.raise_alert(tenant_id, property_id, 'notification_dead', 'high', 'A message could not be sent.',
                       jsonb_build_object('notification_id', id), 'notification:' || id)
from public.notification_log where id = %s
"""


@pytest.fixture
def message(asks: Asks, world: World) -> tuple[str, str]:
    """A request and its acknowledgement, which has arrived."""
    request_id = asks("housekeeping", items=[{"sku": "towel", "quantity": 1}], note=uuid4().hex)
    query = (
        "select id::text from public.notification_log where request_id = %s and channel = 'whatsapp'"
        " and state = 'read'"
    )
    wait_for(lambda: world.value(query, request_id) is not None, "the acknowledgement")
    return request_id, str(world.value(query, request_id))


def falls_ill(world: World, message_id: str, state: str, code: str | None) -> None:
    """As if it had never arrived, which the ledger's own rule would not let happen afterwards."""
    with world.conn.transaction():
        world.conn.execute("set local session_replication_role = replica")
        world.conn.execute(AILING, (state, code, message_id))


@pytest.mark.parametrize(
    ("state", "code", "says"),
    [
        ("dead", "guest_has_no_phone", "Not told the guest on WhatsApp: received · given up"),
        ("suppressed", "template_not_approved", "Not told the guest on WhatsApp: received · not sent"),
        ("queued", None, "Telling the guest on WhatsApp: received · waiting to be sent"),
    ],
)
def test_nothing_is_claimed_that_has_not_happened(
    sign_in: SignIn, message: tuple[str, str], world: World, state: str, code: str | None, says: str
) -> None:
    request_id, message_id = message
    falls_ill(world, message_id, state, code)
    mohsin = sign_in(scripts=False)
    mohsin.visits(request_id)
    expect(mohsin.story()).to_contain_text(says)
    if code:
        expect(mohsin.story()).not_to_contain_text(code)


def test_a_dead_message_is_sent_again(
    mohsin: Member, message: tuple[str, str], world: World, sign_in: SignIn
) -> None:
    request_id, message_id = message
    falls_ill(world, message_id, "dead", "30003")
    world.conn.execute(ALERT, (message_id,))
    manager = sign_in(MANAGER)
    manager.go()
    manager.page.locator("#rail .warned").click()
    alert = manager.page.locator(".alerts li", has_text="could not be delivered").first
    expect(alert).to_contain_text("code 30003")
    assert manager.screen.problems() == []
    mohsin.visits(request_id)
    again = mohsin.page.get_by_role("button", name="Send again")
    again.click()
    expect(mohsin.page.locator("#notice")).to_contain_text("On its way again")
    expect(mohsin.story()).to_contain_text("Told the guest on WhatsApp: received · read")
    expect(again).to_have_count(0)
    open_alerts = "select count(*) from public.alerts where dedupe_key = %s and resolved_at is null"
    assert world.value(open_alerts, f"notification:{message_id}") == 0
    assert mohsin.screen.faults == []


def test_the_desk_sees_what_a_guest_was_told_and_tells_it_again(sign_in: SignIn, world: World) -> None:
    welcome = world.value(
        "select id::text from public.notification_log where template_key = 'welcome_with_portal'"
        " and booking_id = %s and fallback_of is null",
        world.booking("Okafor"),
    )
    falls_ill(world, welcome, "dead", "63024")
    mohsin = sign_in(MANAGER, size=PHONE)
    mohsin.go(f"/app/inbox/guests/{world.booking('Okafor')}")
    told = mohsin.page.get_by_role("region", name="What the guest was told")
    expect(told).to_contain_text("given up · the number cannot be reached there")
    assert mohsin.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    mohsin.go(f"/app/inbox/guests/{world.booking('Marutani')}")
    expect(told.get_by_role("link").first).to_be_visible()
    assert mohsin.screen.problems() == []
    mohsin.go(f"/app/inbox/guests/{world.booking('Okafor')}")
    again = told.get_by_role("button", name="welcome, with")
    again.click()
    expect(again).to_have_count(0)
    state = "select state from public.notification_log where id = %s"
    wait_for(lambda: world.value(state, welcome) in ("sent", "delivered", "read"), "the welcome, again")
