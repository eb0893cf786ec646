"""A mail taken apart as a reader's program does it."""

import email
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP

from functions.sandbox.messages import Message, microseconds

REQUIRED = ("From", "To", "Date", "Message-ID", "Subject")
LEDGER_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>@\s]+>", re.IGNORECASE)


class NotAMail(Exception):
    """Content that no reader's program could show; says why."""


@dataclass(frozen=True)
class File:
    """An attachment."""

    name: str
    media_type: str
    content: bytes


def kept(content: bytes, sender: str, recipient: str) -> tuple[Message, list[File]]:
    """A mail as the store keeps it, with its attachments. Raises NotAMail."""
    try:
        mail = email.message_from_bytes(content, policy=SMTP)
        assert isinstance(mail, EmailMessage)
        missing = [name for name in REQUIRED if not str(mail[name] or "").strip()]
        if missing or mail.defects:
            raise NotAMail(f"Headers are missing or broken: {', '.join(missing) or 'unreadable'}")
        text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
        files = [
            File(part.get_filename() or "file", part.get_content_type(), as_bytes(part.get_content()))
            for part in mail.iter_attachments()
        ]
        body = (text or page or mail).get_content()
        shown = page.get_content() if page else None
    except (LookupError, MessageError, UnicodeError, ValueError, AttributeError) as error:
        raise NotAMail(f"The mail cannot be read: {type(error).__name__}") from None
    known = LEDGER_ID.fullmatch(str(mail["Message-ID"]))
    message = Message(
        provider_id=str(mail["Message-ID"]),
        channel="email",
        recipient=recipient.lower(),
        sender=sender.lower(),
        body=as_text(body).replace("\r\n", "\n").strip(),
        at=microseconds(),
        status="accepted",
        notification_id=known[1].lower() if known else None,
        detail={
            "subject": str(mail["Subject"]),
            "from": str(mail["From"]),
            "language": str(mail["Content-Language"] or ""),
            "html": shown,
            "attachments": [
                {"name": file.name, "type": file.media_type, "size": len(file.content)} for file in files
            ],
        },
    )
    return message, files


def as_bytes(content: object) -> bytes:
    return content if isinstance(content, bytes) else str(content).encode()


def as_text(content: object) -> str:
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
