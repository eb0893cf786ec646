"""POST /functions/v1/whatsapp-inbound: what guests write, whatever it is, and nobody else's word."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx2
import pytest

from functions.sandbox.callbacks import sign
from tests.functions.server import House
from tests.notify.conftest import PUBLIC_URL
from tests.notify.ledger import Ledger
from tests.notify.writing import Guest, quiet_guest
from tests.sandbox.running import ACCOUNT, TOKEN

PATH = "/functions/v1/whatsapp-inbound"


class Phone:
    """Marutani's phone, as Twilio tells of it."""

    def __init__(self, house: House, guest: Guest) -> None:
        self.house, self.guest = house, guest

    def fields(self, body: str, **different: str) -> dict[str, str]:
        return {
            "AccountSid": ACCOUNT,
            "Body": body,
            "From": f"whatsapp:{self.guest.phone}",
            "MessageSid": f"SM{uuid.uuid4().hex}",
            "NumMedia": "0",
            "ProfileName": "Marutani 🦊",
            "To": f"whatsapp:{self.guest.hotel}",
        } | different

    def post(self, fields: dict[str, str], signature: bytes | None = None) -> httpx2.Response:
        signed = sign(TOKEN, PUBLIC_URL + PATH, fields).encode() if signature is None else signature
        return self.house.client.post(
            PATH,
            content=urlencode(fields).encode(),
            headers={b"X-Twilio-Signature": signed, b"Content-Type": b"application/x-www-form-urlencoded"},
        )

    def writes(self, body: str, **different: str) -> int:
        return self.post(self.fields(body, **different)).status_code

    def kept(self) -> list[str]:
        rows = self.guest.world.rows("select body from notify.inbound_messages order by received_at, id")
        return [row[0] for row in rows]


@pytest.fixture
def phone(house: House, notes: Ledger) -> Phone:
    guest = quiet_guest(notes)
    notes.conn.execute("truncate notify.inbound_messages, portal.request_attachments, notify.suppressions")
    return Phone(house, guest)


def media(count: int) -> dict[str, str]:
    return {"NumMedia": str(count)} | {
        name: text
        for place in range(count)
        for name, text in (
            (f"MediaUrl{place}", f"https://api.twilio.com/{place}"),
            (f"MediaContentType{place}", "image/jpeg"),
        )
    }


def test_a_message_is_kept_and_answered_with_nothing(phone: Phone) -> None:
    answer = phone.post(phone.fields("Hello"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert answer.text.endswith("<Response/>")
    assert phone.kept() == ["Hello"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "🧺🧼🛁",
        "\u202eesrever",
        "مرحبا بكم",
        "a\r\nb\tc",
        "%00 &=+",
        "' or 1=1 --",
        "x" * 4096,
        "\ufeffSTOP",
    ],
)
def test_whatever_is_written_is_kept_as_it_is(phone: Phone, words: str) -> None:
    assert phone.writes(words) == 200
    assert phone.kept() == [words]


def test_a_hundred_media_are_ten_files(phone: Phone) -> None:
    assert phone.writes("", **media(100)) == 200
    count = "select count(*) filter (where state = 'waiting'), count(*) from portal.request_attachments"
    assert phone.guest.world.rows(count) == [(10, 100)]


@pytest.mark.parametrize(
    "different",
    [
        media(101),
        {"NumMedia": "2"},
        {"NumMedia": "-1"},
        {"NumMedia": "1", "MediaUrl0": "javascript:1", "MediaContentType0": "image/png"},
        {"NumMedia": "1", "MediaUrl0": "https://[", "MediaContentType0": "image/png"},
        {"Body": "a\x00b"},
        {"AccountSid": "AC" + "9" * 32},
        {"MessageSid": "SM1"},
        {"From": "whatsapp:+1' or '1"},
        {"From": "", "To": ""},
        {"to": "lower"},
    ],
    ids=lambda different: "-".join(different)[:30],
)
def test_what_twilio_would_not_send_is_not_taken_even_signed(phone: Phone, different: dict[str, str]) -> None:
    assert phone.writes("Hello", **different) == 401
    assert phone.kept() == []


@pytest.mark.parametrize("length", [300_000, 1_000_000])
def test_what_is_too_large_is_not_even_read(phone: Phone, length: int) -> None:
    assert phone.writes("x" * length) == 413
    assert phone.kept() == []


@pytest.mark.parametrize("signature", [b"", b"x", b"\xe9", b"=" * 5000], ids=["none", "x", "accent", "long"])
def test_what_is_not_signed_is_not_taken(phone: Phone, signature: bytes) -> None:
    answer = phone.post(phone.fields("Hello"), signature)
    assert (answer.status_code, answer.json()["details"]) == (401, "signature_invalid")


def test_a_number_of_no_hotel(phone: Phone) -> None:
    assert phone.writes("Hello", To="whatsapp:+12025550000") == 404
    assert phone.kept() == []


def test_the_same_a_hundred_times_at_once_is_one(phone: Phone) -> None:
    fields = phone.fields("Two pillows, please")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: phone.post(fields).status_code, range(100)))
    assert set(answers) == {200}
    assert phone.kept() == ["Two pillows, please"]
    opened = "select count(*) from portal.requests where booking_id = %s and phase = 'open'"
    assert phone.guest.ledger.value(opened, phone.guest.booking) == 1
