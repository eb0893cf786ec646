"""QR codes: made for a room, a poster, a colleague or a guest, printed at once, revoked in a tap."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import segno
from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from functions.identity.qr_codes import shown
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE, in_its_own_words
from functions.pages.base.rendering import done

MOST_SHOWN: Final = "200"
PAGE: Final = "/admin/qr-codes"

router = APIRouter(route_class=AdminRoute)


@dataclass(frozen=True, slots=True)
class Printed:
    """A code as it goes on paper: the picture, and what is written under it."""

    picture: Markup
    purpose: str
    property_name: str
    room: str
    person: str
    expires_at: str | None


@router.get(PAGE)
async def codes(office: Manager) -> Response:
    """The form, and the codes that open something."""
    return await page(office)


@router.post(PAGE)
async def make(request: Request, office: Manager) -> Response:
    """Makes what was asked for and shows it, ready to be printed, this once."""
    form = await request.form()
    try:
        printed = [await made(office, asked) for asked in await asked_for(office, form)]
    except Refusal as refusal:
        if refusal.status not in (*ANSWERABLE, 429):
            raise
        return await page(office, refusal, form)
    return office.page("admin/qr_sheet.html", printed=printed)


@router.post("/admin/qr-codes/{code_id}/revoke")
async def revoke(office: Manager, code_id: UUID) -> Response:
    """The code opens nothing any more."""
    await office.reader.call("revoke_qr_code", p_qr_id=str(code_id))
    return done(office.request, PAGE)


async def asked_for(office: Office, form: FormData) -> list[Row]:
    """What the form asks for: one code, or one for every room of a property."""
    purpose, label = said(form, "purpose"), said(form, "label")
    asked: Row = {"purpose": purpose, **({"label": label} if label else {})}
    if purpose == "STAFF_ACCESS":
        return [{**asked, "membership_id": said(form, "member")}]
    if purpose == "LOGIN":
        guest_id, _, room_id = said(form, "guest").partition(" ")
        return [{**asked, "guest_id": guest_id, "room_id": room_id}]
    asked["property_id"] = said(form, "property")
    if form.get("every_room"):
        rooms = await office.reader.rows(
            "rooms", property_id=f"eq.{asked['property_id']}", is_active="is.true", order="room_number"
        )
        return [{**asked, "room_number": room["room_number"]} for room in rooms]
    room = said(form, "room")
    return [{**asked, **({"room_number": room} if room else {})}]


async def made(office: Office, asked: Row) -> Printed:
    """A new code, drawn. Nobody can draw it again."""
    code = await office.reader.call("make_qr_code", p_code=asked)
    row = await office.reader.row("qr_codes", id=f"eq.{code['id']}")
    assert row is not None
    names = {each["code"]: str(each["name"]) for each in office.properties}
    told = shown(code)
    return Printed(
        drawn(told.qrUrl),
        str(code["purpose"]),
        names.get(row["property_code"], str(office.me["tenant_name"])),
        str(row["room_number"] or ""),
        str(row["member_name"] or ""),
        told.expiresAt.isoformat() if told.expiresAt else None,
    )


def drawn(address: str) -> Markup:
    """The QR code of an address as inline SVG: nothing to fetch, sharp on paper, a square a module."""
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=4))
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return Markup(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges">'
        '<path stroke="none" fill="#fff" d="M0 0h{0}v{0}h-{0}z"/>'
        '<path stroke="none" fill="#000" d="{1}"/></svg>'
    ).format(len(rows), dark)


async def page(office: Office, refusal: Refusal | None = None, typed: FormData | None = None) -> Response:
    """The page; above it what was wrong with what was asked for."""
    reads = office.reader
    open_codes, members, stays = await asyncio.gather(
        reads.rows("qr_codes", state="eq.open", order="created_at.desc", limit=MOST_SHOWN),
        reads.rows("members", order="name"),
        reads.rows("bookings", checkin_status="eq.CHECKED_IN", order="room_number"),
    )
    return office.page(
        "admin/qr_codes.html",
        status=refusal.status if refusal else 200,
        codes=open_codes,
        members=[one for one in members if one["session_type"] == "staff"],
        stays=stays,
        typed=typed or {},
        refused=in_its_own_words(refusal, office.language) if refusal else None,
    )


def said(form: FormData, name: str) -> str:
    """A field as it was typed."""
    value: Any = form.get(name)
    return str(value or "").strip()
