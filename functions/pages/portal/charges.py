"""My charges: the bill with its taxes, what is paid, what is owed; the same on paper or by mail."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done
from functions.pages.guest.door import VisitRoute
from functions.pages.paper import on_paper
from functions.pages.portal.identity import ask_who
from functions.pages.portal.stay import MyStay, Stay

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/charges")
async def charges(request: Request, stay: MyStay, mailed: bool = False) -> Response:
    return closed_to(stay) or await show(stay, "portal/charges.html", mailed=mailed)


@router.post("/portal/charges/mail")
async def mail(request: Request, stay: MyStay) -> Response:
    """The bill to the guest's own address; asked for twice with nothing new on it, one mail."""
    closed = closed_to(stay)
    if closed:
        return closed
    try:
        await stay.reader.call("send_folio")
    except Refusal as refusal:
        if refusal.status != 409:
            raise
        return await show(stay, "portal/charges.html", refusal=refusal)
    return done(request, "/portal/charges?mailed=true")


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


async def show(
    stay: Stay, template: str, *, mailed: bool = False, refusal: Refusal | None = None
) -> Response:
    rows, payments, bill = await asyncio.gather(
        stay.reader.rows("portal_folio", order="posted_at.desc,id.desc"),
        stay.reader.rows(
            "portal_payments", order="taken_at.desc,id.desc", kind="not.in.(authorisation,release)"
        ),
        stay.reader.row("portal_bill"),
    )
    return stay.page(
        template,
        status=refusal.status if refusal else 200,
        charges=rows,
        payments=payments,
        bill=bill,
        mailed=mailed,
        words=stay.said(refusal),
    )
