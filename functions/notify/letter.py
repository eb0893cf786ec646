"""A mail as it is read: the text, and the same words as plain HTML that fetches nothing."""

import re
from collections.abc import Iterable
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from functions.notify import wording
from functions.notify.attachments import Attachment
from functions.notify.messages import Message

SEVEN_BIT = SMTP.clone(cte_type="7bit")
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
PARAGRAPHS = re.compile(r"\n\s*\n")
PAGE = (
    '<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    "<title>{subject}</title></head>"
    '<body style="margin:0;background:#f6f2ea"><div style="max-width:34em;margin:0 auto;padding:2em 1.25em;'
    'background:#fffdf8;color:#231f1a;font:16px/1.55 Georgia,serif">{paragraphs}</div></body></html>'
)


def letter(
    message: Message, public_url: str, sender: Address, attachments: Iterable[Attachment], at: datetime
) -> EmailMessage:
    """The mail of a notification; its Message-ID is the ledger's id. Raises ValueError on a bad address."""
    subject = wording.SPACES.sub(" ", wording.filled(message, message.subject or "", public_url)).strip()
    subject = subject or sender.display_name or sender.domain
    text = wording.body(message, public_url)
    mail = EmailMessage(policy=SEVEN_BIT)
    mail["From"] = sender
    mail["To"] = address(message.recipient)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(message, sender)
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text + "\n")
    mail.add_alternative(html(text, subject, message.language), subtype="html")
    for attachment in attachments:
        main, _, sub = attachment.media_type.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return mail


def address(text: str) -> Address:
    """A recipient as a header holds it. Raises ValueError, where the parser also knows other errors."""
    if not text.isascii():
        raise ValueError("an address beyond ASCII")
    try:
        return Address(addr_spec=text)
    except (HeaderParseError, IndexError):
        raise ValueError("an address that cannot be read") from None


def message_id(message: Message, sender: Address) -> str:
    """The same for each try of a notification: a reader's program may know a second copy by it."""
    return f"<{message.id}@{sender.domain}>"


def html(text: str, subject: str, language: str) -> str:
    """The text's paragraphs, its links as links, from right to left where its language runs so."""
    paragraphs = (f'<p style="margin:0 0 1em">{dressed(part)}</p>' for part in PARAGRAPHS.split(text.strip()))
    return PAGE.format(
        language=escape(language),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        subject=escape(subject),
        paragraphs="".join(paragraphs),
    )


def dressed(paragraph: str) -> str:
    """A paragraph's words as HTML."""
    parts, at = [], 0
    for found in LINK.finditer(paragraph):
        url = escape(found[0])
        parts += [escape(paragraph[at : found.start()]), f'<a href="{url}" style="color:#8a4b1f">{url}</a>']
        at = found.end()
    return "".join([*parts, escape(paragraph[at:])]).replace("\n", "<br>")
