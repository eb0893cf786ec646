"""Files that guests send: fetched within bounds, kept by what they are, removed when forgotten."""

import base64
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from obstore.exceptions import GenericError

from functions.notify.media import LARGEST, Media, NotReached, Refused, is_the_providers, kind_of
from functions.notify.settings import WorkerSettings
from functions.shared.files import FileMissing, Files, files_of
from tests.notify.ledger import Ledger
from tests.notify.writing import Guest, quiet_guest
from tests.sandbox.running import ACCOUNT, TOKEN, RunningSandbox

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PHONE = "+12025550101"
HOTEL = "+12025550180"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return files_of({"STAYBASE_HOME": str(tmp_path)})


@pytest.fixture
def media(ledger: Ledger, sandbox: RunningSandbox, files: Files) -> Media:
    return Media(settings(ledger.database.service_url, sandbox.url), files)


def settings(service_url: str, twilio: str, token: str = TOKEN) -> WorkerSettings:
    return WorkerSettings(
        service_url=service_url,
        public_url="https://stay.example",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=token,
        twilio_api_url=twilio,
        whatsapp_from=HOTEL,
        slack_bot_token="",
        slack_api_url="",
    )


def sent(sandbox: RunningSandbox, content: bytes, kind: str = "image/png") -> str:
    """A file that a guest sent; its address at the provider."""
    given = {"name": "it", "content_type": kind, "content": base64.b64encode(content).decode()}
    written = {"from": PHONE, "to": HOTEL, "body": "", "media": [given]}
    answer = sandbox.control.post("/sandbox/inbound", json=written).json()
    return f"{sandbox.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/{answer['provider_id']}/Media/0"


def arrived(ledger: Ledger, *urls: str) -> Guest:
    guest = quiet_guest(ledger)
    guest.writes("Look", media=[{"url": url, "type": "image/png"} for url in urls])
    return guest


def attachments(ledger: Ledger) -> list[tuple[Any, ...]]:
    return ledger.conn.execute(
        "select state, content_type, bytes, reason from portal.request_attachments order by number"
    ).fetchall()


def test_a_picture_is_kept_by_what_it_is(
    ledger: Ledger, sandbox: RunningSandbox, media: Media, files: Files
) -> None:
    arrived(ledger, sent(sandbox, PNG, "text/html"))
    with ledger.database.connect(ledger.database.service_url) as service:
        assert media.work(service) == 1
    assert attachments(ledger) == [("kept", "image/png", len(PNG), None)]
    row = ledger.conn.execute("select tenant_id, id from portal.request_attachments").fetchone()
    assert row is not None
    assert files.get(row[0], row[1]) == PNG


def test_what_is_not_taken_says_why(ledger: Ledger, sandbox: RunningSandbox, media: Media) -> None:
    arrived(
        ledger,
        sent(sandbox, b"<script>alert(1)</script>"),
        sent(sandbox, PNG)[:-1] + "7",
        "https://evil.example/x.png",
    )
    with ledger.database.connect(ledger.database.service_url) as service:
        media.work(service)
    assert [(row[0], row[3]) for row in attachments(ledger)] == [
        ("refused", "type_not_taken"),
        ("refused", "not_found"),
        ("refused", "not_the_providers"),
    ]


def test_nobody_there_is_asked_later(ledger: Ledger, files: Files) -> None:
    nowhere = "http://127.0.0.1:9"
    arrived(ledger, f"{nowhere}/2010-04-01/x")
    media = Media(settings(ledger.database.service_url, nowhere), files)
    with ledger.database.connect(ledger.database.service_url) as service:
        assert media.work(service) == 1
    assert attachments(ledger)[0][0] == "waiting"
    assert ledger.value("select app.awaits_media()") is False
    due = "select next_try_at > clock_timestamp() + interval '1 minute' from portal.request_attachments"
    assert ledger.value(due) is True


def test_a_file_that_cannot_be_kept_holds_up_no_other(
    ledger: Ledger, sandbox: RunningSandbox, media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived(ledger, sent(sandbox, PNG), sent(sandbox, PNG))
    keep, full = Files.put, [GenericError("No space left on device")]

    def put(files: Files, tenant_id: UUID, file_id: UUID, content: bytes) -> None:
        if full:
            raise full.pop()
        keep(files, tenant_id, file_id, content)

    monkeypatch.setattr(Files, "put", put)
    with ledger.database.connect(ledger.database.service_url) as service:
        assert media.work(service) == 2
    assert sorted(row[0] for row in attachments(ledger)) == ["kept", "waiting"]


def test_it_is_fetched_with_our_credentials_alone(sandbox: RunningSandbox, files: Files) -> None:
    url = sent(sandbox, PNG)
    with pytest.raises(NotReached):
        Media(settings("", sandbox.url, "wrong"), files).fetch(url)


def test_too_large_is_too_large(sandbox: RunningSandbox, files: Files) -> None:
    url = sent(sandbox, PNG + bytes(LARGEST))
    with pytest.raises(Refused, match="too_large"):
        Media(settings("", sandbox.url), files).fetch(url)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF0000WEBPVP8", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"0000ftypisom", "video/mp4"),
    ],
)
def test_the_first_bytes_say_what_it_is(start: bytes, kind: str) -> None:
    assert kind_of(start) == kind


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg xmlns=", b"PK\x03\x04", b"#!/bin/sh"])
def test_what_nobody_opens_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        kind_of(content)


@pytest.mark.parametrize(
    ("url", "whose"),
    [
        ("https://api.twilio.com/x", True),
        ("https://mcs.us1.twilio.com/x", True),
        ("https://media.s3.amazonaws.com/x", True),
        ("http://media.s3.amazonaws.com/x", False),
        ("https://twilio.com.evil.example/x", False),
        ("https://mcs.us1.twilio.com:8443/x", False),
        ("http://127.0.0.1:5432/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_a_redirect_leads_only_to_the_providers_own(url: str, whose: bool) -> None:
    assert is_the_providers(url, "api.twilio.com") is (whose or url.startswith("https://api.twilio.com"))


def test_forgotten_with_the_request_its_file_is_removed(
    ledger: Ledger, sandbox: RunningSandbox, media: Media, files: Files
) -> None:
    guest = arrived(ledger, sent(sandbox, PNG))
    with ledger.database.connect(ledger.database.service_url) as service:
        media.work(service)
        request: UUID = ledger.value("select request_id from portal.request_attachments")
        with guest.world.owner():
            ledger.conn.execute("select app.set_caller(%s)", (ledger.tenant,))
            ledger.conn.execute("select app.blank_requests(array[%s]::uuid[])", (request,))
        media.work(service)
    assert attachments(ledger)[0][0] == "gone"
    row = ledger.conn.execute("select tenant_id, id from portal.request_attachments").fetchone()
    assert row is not None
    with pytest.raises(FileMissing):
        files.get(row[0], row[1])
    files.remove(row[0], row[1])
