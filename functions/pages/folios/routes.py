"""The bills of a booking, as a page whose forms are the folio's commands."""

import asyncio
import json
from decimal import Decimal
from uuid import UUID, uuid4

from babel.numbers import format_decimal
from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import done, render
from functions.pages.folios.asked import COMMANDS, PLAIN, Form, body_of
from functions.pages.folios.words import said
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.paper import on_paper
from functions.shared.errors import Problem
from functions.shared.writes import write_once

TOLD_HERE = (400, 403, 404, 409, 422)

router = APIRouter(prefix="/app/folios", route_class=ConsoleRoute, include_in_schema=False)


@router.get("/{folio_id}.pdf")
async def folio_on_paper(desk: Member, folio_id: UUID) -> Response:
    return await on_paper(await desk.reader.get("folio_document", p_folio_id=str(folio_id)))


@router.get("/{folio_id}/receipts/{payment_id}.pdf")
async def receipt_on_paper(desk: Member, folio_id: UUID, payment_id: UUID) -> Response:
    paper = await desk.reader.get("folio_document", p_folio_id=str(folio_id))
    return await on_paper(paper, str(payment_id))


@router.get("/{either_id}")
async def bill(request: Request, desk: Member, either_id: UUID, mailed: bool = False) -> Response:
    """One bill, by its id; or a booking's first."""
    return await page(request, desk, await find(desk, str(either_id)), mailed=mailed)


@router.post("/{folio_id}/{what}")
async def act(request: Request, desk: Member, folio_id: UUID, what: str) -> Response:
    """One form of the page: back to the bill, or the page again with what was refused."""
    if what not in COMMANDS and what not in PLAIN:
        raise Refusal(404)
    folio = await find(desk, str(folio_id))
    form = {name: str(value).strip() for name, value in (await request.form()).items()}
    try:
        await carry_out(request, desk, folio, what, form)
    except (Problem, Refusal) as refused:
        if refused.status not in TOLD_HERE:
            raise
        return await page(request, desk, folio, what, form, said(refused, desk.language), refused.status)
    return done(request, f"/app/folios/{folio['id']}{'?mailed=true' if what == 'mail' else ''}")


async def carry_out(request: Request, desk: Desk, folio: Row, what: str, form: Form) -> None:
    """The command behind a form."""
    if what in COMMANDS:
        body = json.dumps(body_of(what, form, folio, desk.language))
        await write_once(request, desk.caller, COMMANDS[what], body, form.get("key", ""))
    elif what == "reverse":
        await desk.reader.call(
            "reverse_charge", p_charge_id=form.get("charge_id"), p_reason=form.get("reason")
        )
    elif what == "void":
        await desk.reader.call(
            "void_payment", p_payment_id=form.get("payment_id"), p_reason=form.get("reason")
        )
    elif what == "mail":
        await desk.reader.call("send_folio", p_folio_id=folio["id"])
    else:
        await desk.reader.call("close_folio", p_folio_id=folio["id"], p_note=form.get("note"))


async def find(desk: Desk, either_id: str) -> Row:
    """A folio by its id, else the first of a booking."""
    folio = await desk.reader.row(
        "folios", **{"or": f"(id.eq.{either_id},booking_id.eq.{either_id})"}, order="number"
    )
    if folio is None:
        raise Refusal(404, "folio_not_found")
    return folio


async def page(
    request: Request,
    desk: Desk,
    folio: Row,
    what: str = "",
    form: Form | None = None,
    refused: Said | None = None,
    status: int = 200,
    mailed: bool = False,
) -> Response:
    """The bill with everything that can be done about it; `what` is the form that is open."""
    reads = desk.reader
    bills, charges, payments, booking = await asyncio.gather(
        reads.rows("folios", booking_id=f"eq.{folio['booking_id']}", order="number"),
        reads.rows("charges", folio_id=f"eq.{folio['id']}", order="posted_at.desc,id.desc"),
        reads.rows("payments", folio_id=f"eq.{folio['id']}", order="taken_at.desc,id.desc"),
        reads.row("bookings", id=f"eq.{folio['booking_id']}"),
    )
    return render(
        request,
        "folios/bill.html",
        language=desk.language,
        status=status,
        desk=desk,
        folio=next((one for one in bills if one["id"] == folio["id"]), folio),
        bills=bills,
        charges=charges,
        reversed_ids={one["reverses_id"] for one in charges},
        payments=payments,
        booking=booking,
        key=str(uuid4()),
        opened=what,
        typed=form or {},
        plain=lambda value: format_decimal(Decimal(str(value)), locale=desk.language, group_separator=False),
        refused=refused,
        mailed=mailed,
    )
