"""The bill, and the receipt of a payment, as files that go with a mail."""

from typing import Any, LiteralString
from uuid import UUID

import psycopg

from functions.notify.attachments import Attachment
from functions.pages.paper import Document, file_name, folio_pdf, receipt_pdf


def folio_attachment(
    connection: "psycopg.Connection[Any]", tenant_id: UUID, document_id: UUID, language: str
) -> Attachment:
    """A folio of the tenant as PDF. Raises LookupError where there is none."""
    document = _asked(
        connection, "select app.folio_document_for(%s, %s, %s)", (tenant_id, document_id, language)
    )
    if document is None:
        raise LookupError("there is no such folio")
    return Attachment(file_name(document), "application/pdf", folio_pdf(document))


def receipt_attachment(
    connection: "psycopg.Connection[Any]", tenant_id: UUID, document_id: UUID, language: str
) -> Attachment:
    """The receipt of a payment of the tenant as PDF. Raises LookupError where there is none."""
    document = _asked(
        connection, "select app.receipt_document_for(%s, %s, %s)", (tenant_id, document_id, language)
    )
    pdf = receipt_pdf(document, str(document_id)) if document else None
    if document is None or pdf is None:
        raise LookupError("there is no such payment")
    return Attachment(file_name(document, str(document_id)), "application/pdf", pdf)


def _asked(
    connection: "psycopg.Connection[Any]", question: LiteralString, values: tuple[UUID, UUID, str]
) -> Document | None:
    with connection.transaction():
        row = connection.execute(question, values).fetchone()
    return row[0] if row else None
