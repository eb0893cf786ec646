"""A guest writes on WhatsApp, with a picture; the desk sees it, and answers where the guest is."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import expect

from tests.pages.inbox.conftest import SignIn
from tests.stack import Stack
from tests.world import RECEPTION, World, wait_for

PICTURE = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
).decode()
PHONE_OF = "select phone from public.guests where last_name = %s and erased_at is null"
WRITTEN = (
    "select r.id::text from portal.requests r join public.guests g on g.id = r.guest_id"
    " where g.last_name = %s and r.source = 'whatsapp' and r.phase <> 'closed'"
    " order by r.created_at desc limit 1"
)
TOLD = "select count(*) from public.notification_log where request_id = %s and event_key = %s and state = %s"
OPEN = (
    "select array_agg(r.id) from portal.requests r join public.guests g on g.id = r.guest_id"
    " where g.last_name = %s and r.phase <> 'closed'"
)


@pytest.fixture
def haddad(world: World) -> Iterator[str]:
    """A guest's phone, with nothing open, so that words open a request; afterwards it is closed."""

    def close_all() -> None:
        for request in world.value(OPEN, "Haddad") or []:
            with world.member(RECEPTION) as reception:
                reception.act(request, "cancel", None, {"reason": "tidied up"})

    close_all()
    yield str(world.value(PHONE_OF, "Haddad"))
    close_all()


def writes(stack: Stack, phone: str, body: str, *media: dict[str, str]) -> dict[str, Any]:
    asked = {"from": phone, "body": body, "media": list(media)}
    answer = httpx2.post(f"{stack.url}/sandbox/inbound", json=asked, timeout=30, trust_env=False)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_desk_sees_a_picture_and_answers_by_whatsapp(
    stack: Stack, sign_in: SignIn, world: World, haddad: str
) -> None:
    picture = {"name": "tap.png", "content_type": "image/png", "content": PICTURE}
    assert writes(stack, haddad, "The tap drips 🚰", picture)["heard"] == 200
    wait_for(lambda: world.value(WRITTEN, "Haddad") is not None, "the request")
    request = str(world.value(WRITTEN, "Haddad"))
    mohsin = sign_in()
    mohsin.visits(request)
    expect(mohsin.story()).to_contain_text("The tap drips 🚰")
    expect(mohsin.page.locator("#reach")).to_contain_text("Goes out by WhatsApp too, until")
    kept = "select count(*) from portal.request_attachments where request_id = %s and state = 'kept'"
    wait_for(lambda: world.value(kept, request) == 1, "the picture")
    mohsin.page.reload()
    expect(mohsin.story().locator(".shot img")).to_have_js_property("naturalWidth", 1)

    mohsin.page.locator("#comment").fill("Bilal is on his way.")
    mohsin.page.get_by_role("button", name="Send to guest").click()
    wait_for(lambda: world.value(TOLD, request, "reply", "read") == 1, "the answer")
    assert mohsin.screen.violations() == []

    # a day later only the portal is left, and a template that asks the guest to look
    world.conn.execute(
        "update notify.inbound_messages set received_at = received_at - interval '1 day' where address = %s",
        (haddad,),
    )
    mohsin.page.reload()
    expect(mohsin.page.locator("#reach")).to_contain_text("what you send stands on the portal")
    mohsin.page.get_by_role("button", name="Ask the guest to look").click()
    wait_for(lambda: world.value(TOLD, request, "message_waiting", "read") == 1, "the template")
