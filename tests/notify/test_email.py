"""Mail by SMTP: what each answer of a mail server means, and how a letter looks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from functions.cli.cluster import free_port
from functions.notify import attachments
from functions.notify.attachments import Attachment
from functions.notify.channels.email import Email, stuffed
from functions.notify.messages import Accepted, Failed, LookupFailed, Message, Outcome, Unauthorized, Unknown
from functions.notify.settings import MailServer, WorkerSettings
from tests.house import Database
from tests.notify.messages import whatsapp
from tests.notify.test_channels import recently, settings
from tests.sandbox.running import MAIL_PASSWORD, MAIL_USER, RunningSandbox

GUEST = "ana@guests.example"
TEXT = "Dear {{guest_first_name}},\n\n“{{request_title}}” is <done>.\n{{portal_url}}\n\n.\nGood night."


def with_mail(sandbox: RunningSandbox, **different: Any) -> WorkerSettings:
    """A worker's settings with the sandbox's mail server."""
    server = MailServer(
        host="127.0.0.1",
        port=sandbox.mail_port,
        user=MAIL_USER,
        password=MAIL_PASSWORD,
        security="none",
        sender="stay@hotel.example",
    )
    return replace(settings(sandbox.url), mail=replace(server, **different))


def mail(**different: Any) -> Message:
    """A mail to a guest."""
    return whatsapp(
        **{
            "channel": "email",
            "recipient": GUEST,
            "sender": None,
            "subject": "“{{request_title}}” is done",
            "body": TEXT,
            **different,
        }
    )


def sent(sandbox: RunningSandbox, message: Message, **server: Any) -> Outcome:
    return Email(with_mail(sandbox, **server)).send(message)


def test_it_is_taken_and_known_by_the_ledgers_id(sandbox: RunningSandbox) -> None:
    message = mail(
        variables={"guest_first_name": "Ana", "request_title": "2 × Towels", "property_name": "Hamsun, FSL"}
    )
    outcome = sent(sandbox, message)
    [seen] = sandbox.messages()
    assert outcome == Accepted(f"<{message.id}@hotel.example>") == Accepted(seen["provider_id"])
    assert (seen["to"], seen["from"], seen["notification_id"]) == (
        GUEST,
        "stay@hotel.example",
        str(message.id),
    )
    assert seen["subject"] == "“2 × Towels” is done"
    assert seen["body"] == (
        "Dear Ana,\n\n“2 × Towels” is <done>.\nhttps://stay.example/?c=A4B7K2\n\n.\nGood night."
    )


def test_a_house_whose_name_has_two_lines_writes_too(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(variables={"property_name": "Sea\r\nBcc: eve@elsewhere.example"}))
    assert isinstance(outcome, Accepted)
    assert [seen["to"] for seen in sandbox.messages()] == [GUEST]


def test_a_hotel_with_an_address_of_its_own_writes_from_it(sandbox: RunningSandbox) -> None:
    sent(sandbox, mail(sender="desk@hamsun.example"))
    assert sandbox.messages()[0]["from"] == "desk@hamsun.example"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
def test_the_same_words_are_there_as_html(sandbox: RunningSandbox, language: str, direction: str) -> None:
    sent(sandbox, mail(language=language))
    page = html_of_the_only_mail(sandbox)
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert 'is &lt;done&gt;.<br><a href="https://stay.example/?c=A4B7K2"' in page
    assert page.count("<p ") == 3


def html_of_the_only_mail(sandbox: RunningSandbox) -> str:
    listed = sandbox.control.get("/sandbox", params={"show": "email"}).text
    address = listed.split('href="/sandbox/mail/')[1].split('"')[0]
    return sandbox.control.get(f"/sandbox/mail/{address}").text


def test_a_bad_login_is_no_fault_of_the_message(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(), password="wrong")
    assert isinstance(outcome, Unauthorized)
    assert outcome.code == "535"


def test_no_login_is_none_of_the_message_either(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(), user="")
    assert isinstance(outcome, Unauthorized)
    assert outcome.code == "530"


@pytest.mark.parametrize("missing", ["host", "sender"])
def test_without_a_mail_server_it_waits(sandbox: RunningSandbox, missing: str) -> None:
    outcome = sent(sandbox, mail(), **{missing: ""})
    assert isinstance(outcome, Unauthorized)
    assert outcome.code == "not_configured"


def test_an_unknown_recipient_is_final(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(recipient="nobody@guests.example"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("no_such_mailbox", True)


@pytest.mark.parametrize(
    ("code", "words", "means"),
    [
        (550, b"5.1.1 user unknown", "no_such_mailbox"),
        (550, b"5.2.1 mailbox disabled", "no_such_mailbox"),
        (550, b"5.7.1 relaying denied", "550"),
        (552, b"5.2.2 mailbox full", "552"),
        (450, b"4.1.1 try later", "450"),
        (550, b"no", "550"),
    ],
)
def test_only_a_mailbox_that_is_not_there_is_one(
    sandbox: RunningSandbox, code: int, words: bytes, means: str
) -> None:
    outcome = Email(with_mail(sandbox))._no("recipient", code, words)
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == (means, code >= 500)


@pytest.mark.parametrize(
    "recipient",
    [
        "ana", "ana@", "@x.example", "ana@x..example", "<ana@x.example", "(ana)@x.example",
        "ana@bücher.example", "ana@x.example\r\nBcc: all@x.example",
    ],
)  # fmt: skip
def test_what_is_no_address_never_leaves(sandbox: RunningSandbox, recipient: str) -> None:
    outcome = sent(sandbox, mail(recipient=recipient))
    assert isinstance(outcome, Failed)
    assert outcome.is_final
    assert sandbox.messages() == []


def test_greylisting_is_tried_again(sandbox: RunningSandbox) -> None:
    sandbox.switch("throttle", provider="smtp")
    outcome = sent(sandbox, mail())
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("451", False)
    assert isinstance(sent(sandbox, mail()), Accepted)


def test_a_closed_door_is_a_definite_failure(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(), port=free_port())
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("not_reached", False)


def test_a_server_that_offers_no_tls_is_given_no_password(sandbox: RunningSandbox) -> None:
    outcome = sent(sandbox, mail(), security="starttls")
    assert isinstance(outcome, Failed)
    assert sandbox.messages() == []


@pytest.mark.parametrize("action", ["hang", "accept_then_drop"])
def test_no_answer_to_the_text_leaves_the_outcome_open(sandbox: RunningSandbox, action: str) -> None:
    sandbox.switch(action, provider="smtp")
    assert isinstance(sent(sandbox, mail()), Unknown)
    assert len(sandbox.messages()) == (action == "accept_then_drop")


def test_no_look_up_is_to_be_had(sandbox: RunningSandbox) -> None:
    with pytest.raises(LookupFailed):
        Email(with_mail(sandbox)).look_up(mail(), recently())


def test_a_dot_alone_does_not_end_the_mail() -> None:
    assert stuffed(b".\r\na\r\n..b") == b"..\r\na\r\n...b\r\n"


@pytest.fixture
def receipts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A kind of document that this module makes; of the id zero there is none."""
    monkeypatch.setitem(attachments.RENDERERS, "receipt", f"{__name__}:receipt")
    yield
    attachments.renderer.cache_clear()


def receipt(connection: Any, tenant_id: UUID, document_id: UUID, language: str) -> Attachment:
    if not document_id.int:
        raise LookupError(document_id)
    [role] = connection.execute("select current_user").fetchone()
    return Attachment(f"recibo {language}.txt", "text/plain", f"{role} {document_id}".encode())


@pytest.mark.usefixtures("receipts")
def test_a_document_goes_with_the_mail(database: Database, sandbox: RunningSandbox) -> None:
    wanted = {"attach": {"kind": "receipt", "id": str(uuid4())}}
    channel = Email(replace(with_mail(sandbox), service_url=database.service_url))
    assert isinstance(channel.send(mail(language="es", variables=wanted)), Accepted)
    [file] = sandbox.messages()[0]["attachments"]
    assert (file["name"], file["type"]) == ("recibo es.txt", "text/plain")


@pytest.mark.usefixtures("receipts")
@pytest.mark.parametrize(
    "attach", [{"kind": "receipt", "id": str(UUID(int=0))}, {"kind": "novel", "id": "1"}]
)
def test_a_document_that_is_gone_ends_the_mail(
    database: Database, sandbox: RunningSandbox, attach: dict[str, str]
) -> None:
    channel = Email(replace(with_mail(sandbox), service_url=database.service_url))
    outcome = channel.send(mail(variables={"attach": attach}))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("attachment_missing", True)
    assert sandbox.messages() == []


@pytest.mark.usefixtures("receipts")
def test_a_database_that_is_away_is_asked_again(sandbox: RunningSandbox) -> None:
    away = replace(with_mail(sandbox), service_url=f"postgresql://127.0.0.1:{free_port()}/none")
    outcome = Email(away).send(mail(variables={"attach": {"kind": "receipt", "id": str(uuid4())}}))
    assert isinstance(outcome, Failed)
    assert not outcome.is_final


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"SMTP_HOST": "mail.example", "SMTP_SECURITY": "none"}, "on this machine only"),
        ({"SMTP_SECURITY": "ssl"}, "it is starttls, tls or none"),
    ],
)
def test_a_password_is_never_sent_in_the_open(environment: dict[str, str], why: str) -> None:
    with pytest.raises(SystemExit, match=why):
        MailServer.from_environment(environment)
