"""My charges: what is on the folio, with its taxes."""

from decimal import Decimal

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.identity import ask_who
from functions.pages.portal.stay import MyStay, Stay

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/charges")
async def charges(request: Request, stay: MyStay) -> Response:
    if not stay.has("charges"):
        raise Refusal(404, "charges_are_closed")
    if not stay.is_identified:
        return ask_who(stay, "/portal/identity", [("next", "/portal/charges")])
    return await show(stay, "portal/charges.html")


@router.get("/portal/charges/live")
async def charges_live(request: Request, stay: MyStay) -> Response:
    """The list alone, asked for again when something is posted."""
    return await show(stay, "portal/_charges.html")


async def show(stay: Stay, template: str) -> Response:
    rows = await stay.reader.rows("portal_folio", order="posted_at.desc")
    return stay.page(template, charges=rows, tax=sum(Decimal(str(row["tax_total"])) for row in rows))
