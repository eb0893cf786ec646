"""My charges: what is on the folio, with its taxes."""

from decimal import Decimal

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.base.routing import PageRoute
from functions.pages.portal.identity import ask_who
from functions.pages.portal.stay import MyStay

router = APIRouter(route_class=PageRoute)


@router.get("/portal/charges")
async def charges(request: Request, stay: MyStay) -> Response:
    if not stay.has("charges"):
        raise Refusal(404, "charges_are_closed")
    if not stay.is_identified:
        return ask_who(stay, "/portal/identity", [("next", "/portal/charges")])
    rows = await stay.reader.rows("portal_folio", order="posted_at.desc")
    return stay.page("portal/charges.html", charges=rows, tax=sum(Decimal(str(r["tax_total"])) for r in rows))


@router.get("/portal/charges/live")
async def charges_live(request: Request, stay: MyStay) -> Response:
    """The list alone, asked for again when something is posted."""
    rows = await stay.reader.rows("portal_folio", order="posted_at.desc")
    return stay.page(
        "portal/_charges.html", charges=rows, tax=sum(Decimal(str(r["tax_total"])) for r in rows)
    )
