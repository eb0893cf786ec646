"""The bill as a file that goes with a mail."""

from typing import Any
from uuid import UUID

import psycopg

from functions.notify.attachments import Attachment
from functions.pages.paper import folio_pdf


def folio_attachment(
    connection: "psycopg.Connection[Any]", tenant_id: UUID, document_id: UUID, language: str
) -> Attachment:
    """A folio of the tenant as PDF. Raises LookupError where there is none."""
    with connection.transaction():
        row = connection.execute(
            "select app.folio_document_for(%s, %s, %s)", (tenant_id, document_id, language)
        ).fetchone()
    document = row[0] if row else None
    if document is None:
        raise LookupError("there is no such folio")
    name = f"folio-{document['folio']['id'][-8:].upper()}.pdf"
    return Attachment(name, "application/pdf", folio_pdf(document))
