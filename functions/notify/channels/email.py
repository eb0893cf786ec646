"""Mail by SMTP, which every vendor speaks. What has left cannot be looked up: a human decides then."""

import re
import smtplib
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage

import psycopg

from functions.notify import wording
from functions.notify.attachments import attachments_of
from functions.notify.letter import letter
from functions.notify.messages import (
    Accepted,
    Failed,
    LookupFailed,
    Message,
    Outcome,
    Unauthorized,
    Unknown,
)
from functions.notify.settings import WorkerSettings

NO_SUCH_MAILBOX = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1)\b")
"""A recipient that is not there: unknown, no such domain, moved, switched off (RFC 3463)."""
OURS = {454, 530, 534, 535, 538}  # replies about our login, whoever the mail is for
WHOLE = 25.0
"""Seconds for one mail from connect to answer; less than half of the channel's lease."""


class Refused(Exception):
    """A server's definite no, before it had the mail."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Email:
    """Sends mails, each over a connection of its own: an old one may have died unnoticed."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._public_url = settings.public_url
        self._service_url = settings.service_url
        self._server = settings.mail
        self._timeout = settings.provider_timeout
        self._trust = ssl.create_default_context()

    def send(self, message: Message) -> Outcome:
        """One mail. Until the text is under way each failure is definite; after it only an answer is."""
        if not self._server.host or not (message.sender or self._server.sender):
            return Unauthorized("not_configured", "No mail server is set: SMTP_HOST and SMTP_FROM.")
        try:
            mail = self._letter(message)
        except LookupError as error:
            return Failed("attachment_missing", type(error).__name__, is_final=True)
        except psycopg.Error as error:
            return Failed("attachment_not_read", type(error).__name__)
        except ValueError as error:
            return Failed("address_not_usable", type(error).__name__, is_final=True)
        until = time.monotonic() + WHOLE
        try:
            smtp = self._connected(until)
        except Refused as refused:
            return refused.outcome
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            return Failed("not_reached", type(error).__name__)
        try:
            return self._given(smtp, mail, until)
        finally:
            smtp.close()

    def look_up(self, message: Message, attempted_at: datetime) -> list[str]:
        """No mail server says what it once took."""
        raise LookupFailed("mail cannot be looked up")

    def _letter(self, message: Message) -> EmailMessage:
        address = message.sender or self._server.sender
        name = wording.SPACES.sub(" ", str(message.variables.get("property_name") or "")).strip()
        sender = Address(name, addr_spec=address)
        attachments = attachments_of(message, self._service_url)
        return letter(message, self._public_url, sender, attachments, datetime.now(UTC))

    def _connected(self, until: float) -> smtplib.SMTP:
        """A session that may give mail. Raises Refused where our login is not taken."""
        server = self._server
        wait = min(self._timeout, max(until - time.monotonic(), 0.1))
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=wait, context=self._trust)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=wait)
        try:
            if server.security == "starttls":
                smtp.starttls(context=self._trust)
            if server.user:
                smtp.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            smtp.close()
            raise Refused(Unauthorized(str(error.smtp_code), said(error.smtp_error))) from None
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _given(self, smtp: smtplib.SMTP, mail: EmailMessage, until: float) -> Outcome:
        """Sender, recipient, text; and what the server made of each."""
        sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
        steps: dict[str, Callable[[], tuple[int, bytes]]] = {
            "sender": lambda: smtp.mail(sender),
            "recipient": lambda: smtp.rcpt(recipient),
            "text": lambda: smtp.docmd("DATA"),
        }
        try:
            smtp.ehlo_or_helo_if_needed()
            for step, take in steps.items():
                self._hurry(smtp, until)
                code, words = take()
                if code not in (250, 251, 354):
                    return self._no(step, code, words)
        except (OSError, smtplib.SMTPException) as error:
            return Failed("connection_lost", type(error).__name__)
        try:
            self._hurry(smtp, until)
            smtp.send(stuffed(mail.as_bytes()) + b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Unknown("no_answer", type(error).__name__)
        return Accepted(str(mail["Message-ID"])) if 200 <= code < 300 else self._no("text", code, words)

    def _hurry(self, smtp: smtplib.SMTP, until: float) -> None:
        """What is left of the whole time is also the longest wait for the next answer."""
        if smtp.sock is not None:
            smtp.sock.settimeout(min(self._timeout, max(until - time.monotonic(), 0.1)))

    def _no(self, step: str, code: int, words: bytes) -> Outcome:
        """4xx asks to come again (greylisting does), 5xx of recipient or text is for good.

        A mailbox that is not there is known only where the server says so now: what comes back later
        comes to the sender's mailbox.
        """
        if code in OURS:
            return Unauthorized(str(code), said(words))
        if step == "recipient" and code >= 500 and NO_SUCH_MAILBOX.match(said(words)):
            return Failed("no_such_mailbox", f"{code} {said(words)}", is_final=True)
        return Failed(str(code), f"{step}: {said(words)}", is_final=code >= 500 and step != "sender")


def stuffed(text: bytes) -> bytes:
    """The mail as it travels: a line that begins with a dot gets another before it."""
    lines = text if text.endswith(b"\r\n") else text + b"\r\n"
    return (b"." + lines if lines.startswith(b".") else lines).replace(b"\r\n.", b"\r\n..")


def said(words: bytes | str) -> str:
    """A server's words as text; they may repeat the recipient's address."""
    return (words.decode("utf-8", "replace") if isinstance(words, bytes) else words)[:200]
