"""app.send_message by send-whatsapp, send-email and send-slack: a row once, for the secret key alone."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.functions.server import SECRET_KEY, House

WITH_KEY = {"authorization": f"Bearer {SECRET_KEY}"}
CHANNELS = ("whatsapp", "email", "slack")


def message(house: House, channel: str, **different: Any) -> dict[str, Any]:
    """A message of the tenant hamsun that may be sent."""
    guest = house.guest("Marutani").session
    said: dict[str, Any] = {"tenant_id": guest["tenant_id"]}
    if channel == "slack":
        said |= {"property_code": "FSL", "team": "reception", "text": "The lift works again."}
    else:
        said |= {
            "booking_id": guest["booking_id"],
            "template": "booking_confirmation" if channel == "email" else "feedback_request",
            "variables": {"nights": 3},
        }
    return {name: value for name, value in (said | different).items() if value is not None}


def send(
    house: House,
    channel: str,
    body: dict[str, Any],
    key: str | None = None,
    headers: dict[str, str] = WITH_KEY,
) -> httpx2.Response:
    return httpx2.post(
        f"{house.url}/functions/v1/send-{channel}",
        json=body,
        headers={"idempotency-key": key or uuid.uuid4().hex, **headers},
    )


@pytest.mark.parametrize(
    "channel", [pytest.param(each, marks=pytest.mark.shows(f"function/send-{each}")) for each in CHANNELS]
)
def test_it_is_queued(house: House, channel: str) -> None:
    answer = send(house, channel, message(house, channel))
    assert answer.status_code == 201, answer.text
    queued = answer.json()["notification"]
    assert (queued["channel"], queued["state"]) == (channel, "queued")
    assert house.ask("select state from public.notification_log where id = %s", queued["id"]) == "queued"


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_same_key_is_one_message(house: House, channel: str) -> None:
    key, body = uuid.uuid4().hex, message(house, channel)
    first, again = send(house, channel, body, key), send(house, channel, body, key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert again.json() == first.json()
    assert send(house, channel, body | {"variables": {}, "text": "Other"}, key).status_code == 422


def test_twenty_at_once_are_one_message(house: House) -> None:
    key, body, start = uuid.uuid4().hex, message(house, "slack"), threading.Barrier(20)

    def go(_number: int) -> int:
        start.wait(20)
        return send(house, "slack", body, key).status_code

    with ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(go, range(20))) == {201: 1, 200: 19}


@pytest.mark.parametrize("channel", CHANNELS)
def test_nobody_else_may(house: House, channel: str) -> None:
    body = message(house, channel)
    owner = house.member("owner@hamsun.example").post(f"/functions/v1/send-{channel}", body, "a key")
    assert (owner.status_code, owner.json()["details"]) == (403, "secret_key_needed")
    for wrong in ({"authorization": "Bearer sb_secret_wrong"}, {"apikey": "sb_secret_wrong"}):
        assert send(house, channel, body, headers=wrong).status_code == 401
    assert send(house, channel, body, headers={}).status_code == 401
    assert send(house, channel, body, headers={"apikey": SECRET_KEY}).status_code == 201


@pytest.mark.parametrize(
    ("channel", "different", "slug"),
    [
        ("whatsapp", {"tenant_id": str(uuid.uuid4())}, "tenant_not_found"),
        ("whatsapp", {"tenant_id": "hamsun"}, "tenant_not_found"),
        ("whatsapp", {"booking_id": str(uuid.uuid4())}, "booking_not_found"),
        ("whatsapp", {"booking_id": "7"}, "booking_not_found"),
        ("whatsapp", {"request_id": str(uuid.uuid4())}, "request_not_found"),
        ("whatsapp", {"template": "nothing"}, "template_unknown"),
        ("whatsapp", {"template": "booking_confirmation"}, "template_unknown"),
        ("whatsapp", {"variables": [1]}, "message_not_usable"),
        ("whatsapp", {"variables": {"check_in": "someday"}}, "message_not_usable"),
        ("slack", {"property_code": "XXX"}, "property_not_found"),
        ("slack", {"team": "nobody"}, "team_unknown"),
        ("slack", {"text": "  "}, "message_not_usable"),
        ("slack", {"text": "x" * 2001}, "message_not_usable"),
        ("slack", {"booking_id": str(uuid.uuid4())}, "booking_not_found"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    house: House, channel: str, different: dict[str, Any], slug: str
) -> None:
    answer = send(house, channel, message(house, channel, **different))
    assert answer.json()["details"] == slug
    assert answer.status_code in (404, 422)


def test_a_guest_without_an_address_gets_no_mail(house: House) -> None:
    booking = house.guest("Haddad").session["booking_id"]
    answer = send(house, "email", message(house, "email", booking_id=booking))
    assert (answer.status_code, answer.json()["details"]) == (409, "guest_has_no_address")


def test_another_hotels_booking_is_none(house: House) -> None:
    stranger = house.ask("select id::text from public.tenants where slug = 'alpine'")
    answer = send(house, "whatsapp", message(house, "whatsapp", tenant_id=stranger))
    assert (answer.status_code, answer.json()["details"]) == (404, "booking_not_found")
