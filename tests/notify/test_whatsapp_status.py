"""POST /functions/v1/whatsapp-status/{tenant_id}/{notification_id}: Twilio's word, and nobody else's."""

import uuid
from urllib.parse import urlencode
from uuid import UUID

import httpx2
import pytest

from functions.sandbox.callbacks import sign
from tests.functions.server import House
from tests.notify.conftest import PUBLIC_URL
from tests.notify.ledger import Ledger
from tests.sandbox.running import ACCOUNT, TOKEN


class Callback:
    """One callback of a message; `post` signs and sends it."""

    def __init__(self, house: House, notes: Ledger) -> None:
        self.house, self.notes = house, notes
        self.sid = "SM" + uuid.uuid4().hex
        self.notification: UUID = notes.sent(self.sid)
        self.path = f"/functions/v1/whatsapp-status/{notes.tenant}/{self.notification}"

    def fields(self, status: str, **different: str) -> dict[str, str]:
        return {
            "AccountSid": ACCOUNT,
            "ApiVersion": "2010-04-01",
            "From": "whatsapp:+12025550180",
            "To": "whatsapp:+12025550101",
            "MessageSid": self.sid,
            "MessageStatus": status,
            "SmsSid": self.sid,
            "SmsStatus": status,
            "ChannelPrefix": "whatsapp",
        } | different

    def post(
        self,
        fields: dict[str, str],
        *,
        path: str | None = None,
        token: str = TOKEN,
        signature: str | bytes | None = None,
        body: bytes | None = None,
    ) -> httpx2.Response:
        path = path or self.path
        given = sign(token, PUBLIC_URL + path, fields) if signature is None else signature
        named = given if isinstance(given, bytes) else given.encode()
        return self.house.client.post(
            path,
            content=urlencode(fields).encode() if body is None else body,
            headers={b"X-Twilio-Signature": named, b"Content-Type": b"application/x-www-form-urlencoded"},
        )

    @property
    def state(self) -> str:
        return self.notes.state(self.notification)


@pytest.fixture
def callback(house: House, notes: Ledger) -> Callback:
    return Callback(house, notes)


def test_a_signed_callback_is_taken(callback: Callback) -> None:
    assert callback.post(callback.fields("delivered")).status_code == 204
    assert callback.state == "delivered"


ONCE = """
create sequence public.collisions;
grant usage on sequence public.collisions to service;
create function public.collide() returns trigger language plpgsql as $$
begin
  if nextval('public.collisions') = 1 then
    raise exception 'could not serialize' using errcode = '{}';
  end if;
  return new;
end
$$;
create trigger collides before update on public.notification_log
  for each row execute function public.collide();
"""
APART = """
drop trigger collides on public.notification_log;
drop function public.collide;
drop sequence public.collisions;
"""


@pytest.mark.parametrize("collision", ["40001", "40P01"])
def test_a_collision_with_the_worker_is_tried_once_more(callback: Callback, collision: str) -> None:
    callback.notes.conn.execute(ONCE.format(collision).encode())
    try:
        answer = callback.post(callback.fields("delivered"))
    finally:
        callback.notes.conn.execute(APART)
    assert (answer.status_code, callback.state) == (204, "delivered")


def test_a_replay_changes_nothing(callback: Callback) -> None:
    fields = callback.fields("read")
    assert callback.post(fields).status_code == 204
    before = callback.notes.row(callback.notification)
    assert callback.post(fields).status_code == 204
    after = callback.notes.row(callback.notification)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_a_failure_keeps_its_code(callback: Callback) -> None:
    assert callback.post(callback.fields("undelivered", ErrorCode="63024")).status_code == 204
    row = callback.notes.row(callback.notification)
    assert (row["state"], row["error_code"]) == ("failed", "63024")


def test_a_field_that_twilio_adds_one_day_is_no_reason_to_refuse(callback: Callback) -> None:
    assert callback.post(callback.fields("delivered", NewThing="1")).status_code == 204


@pytest.mark.parametrize("signature", ["", "x", "a,b", "ünïcödé".encode("latin-1"), "=" * 4000])
def test_a_wrong_signature_is_refused(callback: Callback, signature: str | bytes) -> None:
    answer = callback.post(callback.fields("read"), signature=signature)
    assert (answer.status_code, answer.json()["details"]) == (401, "signature_invalid")
    assert callback.state == "sent"


def test_another_accounts_signature_is_refused(callback: Callback) -> None:
    assert callback.post(callback.fields("read"), token="another token").status_code == 401


def test_a_callback_cannot_be_sent_to_another_message(
    callback: Callback, house: House, notes: Ledger
) -> None:
    other = Callback(house, notes)
    fields = callback.fields("read")
    signature = sign(TOKEN, PUBLIC_URL + callback.path, fields)
    assert callback.post(fields, path=other.path, signature=signature).status_code == 401
    assert other.state == "sent"


@pytest.mark.parametrize(
    "different",
    [
        {"MessageStatus": "arrived"},
        {"MessageSid": "SM1"},
        {"AccountSid": "AC" + "f" * 32},
        {"To": "somebody"},
        {"ErrorCode": "many"},
        {"message status": "read"},
    ],
    ids=str,
)
def test_a_field_without_its_form_is_refused_although_signed(
    callback: Callback, different: dict[str, str]
) -> None:
    assert callback.post(callback.fields("read", **different)).status_code == 401
    assert callback.state == "sent"


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus", "AccountSid", "To", "From"])
def test_a_missing_field_is_refused(callback: Callback, missing: str) -> None:
    fields = callback.fields("read")
    del fields[missing]
    assert callback.post(fields).status_code == 401


def test_names_and_values_cannot_be_shifted(callback: Callback) -> None:
    fields = callback.fields("sent", Zz="MessageStatusread")
    signature = sign(TOKEN, PUBLIC_URL + callback.path, fields)
    shifted = {name: value for name, value in fields.items() if name != "Zz"} | {"ZzMessageStatus": "read"}
    callback.post(shifted, signature=signature)
    assert callback.state == "sent"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"a",
        b"=&=&=",
        b"MessageSid=1&MessageSid=2",
        b"%ff%fe=%00",
        b"{}",
        b"x=1&" * 90 + b"y=2",
    ],
    ids=str,
)
def test_a_malformed_body_is_refused(callback: Callback, body: bytes) -> None:
    assert callback.post(callback.fields("read"), body=body).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/functions/v1/whatsapp-status/x/y",
        "/functions/v1/whatsapp-status/00000000-0000-0000-0000-000000000000/%00",
        "/functions/v1/whatsapp-status/{00000000-0000-0000-0000-00000000000}/x",
    ],
)
def test_an_address_that_we_never_gave_is_refused(callback: Callback, path: str) -> None:
    assert callback.post(callback.fields("read"), path=path).status_code == 401


def test_a_message_that_does_not_exist_is_not_found(callback: Callback) -> None:
    path = f"/functions/v1/whatsapp-status/{callback.notes.tenant}/{uuid.uuid4()}"
    assert callback.post(callback.fields("read"), path=path).status_code == 404
