"""The sandbox's mail server, spoken to by smtplib: what it takes, keeps, shows, and refuses."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.running import MAIL_PASSWORD, MAIL_USER, NOTIFICATION, RunningSandbox

HOUSE, GUEST = "stay@hotel.example", "ana@guests.example"


@contextmanager
def session(sandbox: RunningSandbox, password: str = MAIL_PASSWORD) -> Iterator[smtplib.SMTP]:
    """A login; the client hangs up without a word if something went wrong."""
    smtp = smtplib.SMTP("127.0.0.1", sandbox.mail_port, timeout=10)
    try:
        smtp.login(MAIL_USER, password)
        yield smtp
    finally:
        smtp.close()


def mail(**headers: str) -> EmailMessage:
    """A whole mail; a header given as "" is left out."""
    made = EmailMessage()
    given = {
        "From": f"Hamsun FSL <{HOUSE}>",
        "To": GUEST,
        "Subject": "Your stay – confirmed",
        "Date": "Fri, 24 Apr 2026 10:00:00 +0000",
        "Message-ID": f"<{NOTIFICATION}@hotel.example>",
    } | headers
    for name, value in given.items():
        if value:
            made[name] = value
    made.set_content("Dear Ana,\n\nsee https://stay.example/?c=A4B7K2\n.\nHamsun")
    made.add_alternative("<p>Dear <b>Ana</b></p>", subtype="html")
    return made


def code_of(sandbox: RunningSandbox, **how: Any) -> int:
    """The code a mail is refused with; nothing of it is kept."""
    with session(sandbox) as smtp, pytest.raises(smtplib.SMTPException) as raised:
        smtp.sendmail(HOUSE, how.get("to", GUEST), how.get("content", mail().as_bytes()))
    assert sandbox.messages() == []
    error = raised.value
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    assert isinstance(error, smtplib.SMTPResponseException)
    return error.smtp_code


def test_a_mail_is_kept_as_its_reader_sees_it(sandbox: RunningSandbox) -> None:
    sent = mail()
    sent.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="folio.pdf")
    with session(sandbox) as smtp:
        smtp.send_message(sent)
    [kept] = sandbox.messages(channel="email", to=GUEST)
    assert (kept["to"], kept["from"], kept["subject"]) == (GUEST, HOUSE, "Your stay – confirmed")
    assert kept["body"].startswith("Dear Ana,\n\nsee")
    assert kept["body"].endswith("\n.\nHamsun")
    assert kept["notification_id"] == NOTIFICATION
    assert kept["provider_id"] == f"<{NOTIFICATION}@hotel.example>"
    assert kept["attachments"] == [{"name": "folio.pdf", "type": "application/pdf", "size": 8}]


def test_the_same_mail_twice_is_kept_twice(sandbox: RunningSandbox) -> None:
    with session(sandbox) as smtp:
        for _ in range(2):
            smtp.send_message(mail())
    assert len(sandbox.messages(notification_id=NOTIFICATION)) == 2


def test_a_bad_login_is_refused(sandbox: RunningSandbox) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError) as raised, session(sandbox, "wrong"):
        pass
    assert raised.value.smtp_code == 535


def test_without_a_login_it_takes_nothing(sandbox: RunningSandbox) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.mail_port) as smtp:
        smtp.ehlo()
        assert smtp.mail(HOUSE)[0] == 530
        assert smtp.rcpt(GUEST)[0] == 503
        assert smtp.docmd("DATA")[0] == 503
        assert smtp.docmd("VRFY", GUEST)[0] == 502


@pytest.mark.parametrize("to", ["nobody@guests.example", "ana@guests.invalid"])
def test_whoever_does_not_exist_is_refused(sandbox: RunningSandbox, to: str) -> None:
    assert code_of(sandbox, to=to) == 550


@pytest.mark.parametrize("to", ["ana", "ana@", "a b@guests.example"])
def test_what_is_no_address_is_refused(sandbox: RunningSandbox, to: str) -> None:
    assert code_of(sandbox, to=to) == 501


@pytest.mark.parametrize("header", ["From", "To", "Subject", "Date", "Message-ID"])
def test_a_mail_without_its_headers_is_refused(sandbox: RunningSandbox, header: str) -> None:
    assert code_of(sandbox, content=mail(**{header: ""}).as_bytes()) == 550


def test_a_line_that_is_too_long_is_refused(sandbox: RunningSandbox) -> None:
    assert code_of(sandbox, content=mail().as_bytes() + b"x" * 1200) == 550


def test_greylisting_asks_to_come_again(sandbox: RunningSandbox) -> None:
    sandbox.switch("throttle", provider="smtp")
    assert code_of(sandbox) == 451
    with session(sandbox) as smtp:
        smtp.send_message(mail())
    assert len(sandbox.messages()) == 1


def test_a_switch_refuses_with_its_own_code(sandbox: RunningSandbox) -> None:
    sandbox.switch("fail", provider="smtp", to=GUEST, code="452")
    assert code_of(sandbox) == 452


def test_a_mail_is_none_of_twilios_messages(sandbox: RunningSandbox) -> None:
    with session(sandbox) as smtp:
        smtp.send_message(mail())
    assert sandbox.twilio().messages.list() == []


def test_the_page_shows_the_letter_and_what_came_with_it(page: Page, sandbox: RunningSandbox) -> None:
    sent = mail()
    sent.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="folio.pdf")
    with session(sandbox) as smtp:
        smtp.send_message(sent)
    page.goto(f"{sandbox.url}/sandbox?show=email")
    page.get_by_role("link", name=GUEST).first.click()
    expect(page.get_by_role("heading", name="Your stay – confirmed")).to_be_visible()
    file = page.get_by_role("link", name="folio.pdf")
    answer = page.request.get(f"{sandbox.url}{file.get_attribute('href')}")
    assert (answer.headers["content-type"], answer.body()) == ("application/pdf", b"%PDF-1.7")
    html = page.get_by_role("link", name="As HTML").get_attribute("href")
    assert page.request.get(f"{sandbox.url}{html}").text().startswith("<p>Dear <b>Ana</b>")
    assert page.request.get(f"{sandbox.url}/sandbox/mail/999999").status == 404
    assert page.request.get(f"{sandbox.url}/sandbox/mail/999999/0").status == 404
