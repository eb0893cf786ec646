"""Documents that go with a mail: a message names one by `{"kind", "id"}`, whoever makes that kind renders it.

A kind's renderer is named as `module:function` and imported when a mail first asks for it: what draws a PDF
is large, and most workers' messages have none. It reads through the worker's own connection, as `service`.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, Protocol
from uuid import UUID

import psycopg

from functions.notify.messages import Message

RENDERERS: Final[dict[str, str]] = {
    "folio_pdf": "functions.folio.attachment:folio_attachment",
    "receipt_pdf": "functions.folio.attachment:receipt_attachment",
}


@dataclass(frozen=True)
class Attachment:
    """A file as it arrives: its name, its media type (`application/pdf`), its bytes."""

    name: str
    media_type: str
    content: bytes


class Renderer(Protocol):
    """Makes one kind of document, in the reader's language. Raises LookupError where there is none."""

    def __call__(
        self, connection: "psycopg.Connection[Any]", tenant_id: UUID, document_id: UUID, language: str
    ) -> Attachment: ...


def attachments_of(message: Message, service_url: str) -> list[Attachment]:
    """What goes with a message; most have nothing. Raises LookupError for what cannot be had any more."""
    wanted = message.variables.get("attach")
    if not wanted:
        return []
    render = renderer(str(wanted["kind"]))
    with psycopg.connect(
        service_url, application_name="staybase attachment", connect_timeout=5
    ) as connection:
        return [render(connection, message.tenant_id, UUID(str(wanted["id"])), message.language)]


@cache
def renderer(kind: str) -> Renderer:
    """Who makes documents of a kind."""
    module, _, function = RENDERERS[kind].partition(":")
    found: Renderer = getattr(import_module(module), function)
    return found
