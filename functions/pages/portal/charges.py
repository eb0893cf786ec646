"""My charges: what is on the bill with its taxes, what is paid, what is owed; and the same on paper."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.guest.door import VisitRoute
from functions.pages.paper import on_paper
from functions.pages.portal.identity import ask_who
from functions.pages.portal.stay import MyStay, Stay

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/charges")
async def charges(request: Request, stay: MyStay) -> Response:
    return closed_to(stay) or await show(stay, "portal/charges.html")


@router.get("/portal/charges/live")
async def charges_live(request: Request, stay: MyStay) -> Response:
    """The list alone, asked for again when something is posted or paid."""
    return await show(stay, "portal/_charges.html")


@router.get("/portal/charges.pdf")
async def charges_on_paper(request: Request, stay: MyStay) -> Response:
    return closed_to(stay) or await on_paper(await stay.reader.get("folio_document"))


@router.get("/portal/receipts/{payment_id}.pdf")
async def receipt(request: Request, stay: MyStay, payment_id: UUID) -> Response:
    return closed_to(stay) or await on_paper(await stay.reader.get("folio_document"), str(payment_id))


def closed_to(stay: Stay) -> Response | None:
    """Who has not said who they are is asked; None for who may see the bill."""
    if not stay.has("charges"):
        raise Refusal(404, "charges_are_closed")
    if not stay.is_identified:
        return ask_who(stay, "/portal/identity", [("next", "/portal/charges")])
    return None


async def show(stay: Stay, template: str) -> Response:
    rows, payments, bill = await asyncio.gather(
        stay.reader.rows("portal_folio", order="posted_at.desc"),
        stay.reader.rows("portal_payments", order="taken_at.desc", kind="not.in.(authorisation,release)"),
        stay.reader.row("portal_bill"),
    )
    return stay.page(template, charges=rows, payments=payments, bill=bill)
