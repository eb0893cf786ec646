"""folio-pdf: a bill, or the receipt for a payment of it, for whoever may see the folio."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.paper import on_paper
from functions.shared.callers import BearerCaller
from functions.shared.db import run_command
from functions.shared.errors import refusals

router = APIRouter(tags=["folio"])


@router.get(
    "/functions/v1/folio-pdf",
    responses={
        **refusals(401, 403, 404, 422, 503),
        200: {"content": {"application/pdf": {}}, "description": "The bill, or the receipt"},
    },
    response_class=Response,
)
async def folio_as_pdf(
    request: Request, caller: BearerCaller, folio_id: UUID | None = None, payment_id: UUID | None = None
) -> Response:
    """The bill in the caller's language. A guest names none and gets the own; with a payment its receipt."""
    answer = await run_command(request, caller, "select api.folio_document(%s)", (folio_id,))
    return await on_paper(answer.row[0], str(payment_id) if payment_id else None)
