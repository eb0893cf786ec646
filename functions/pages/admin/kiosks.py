"""Kiosks: registered with a token that is shown once, given another in a tap, revoked in a tap."""

import asyncio
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.kiosk.registration import DeviceToken, signed
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import ANSWERABLE, Said, in_its_own_words
from functions.pages.base.rendering import done

PAGE: Final = "/admin/kiosks"

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def kiosks(office: Manager) -> Response:
    """The devices of the properties one works at."""
    return await page(office)


@router.post(PAGE)
async def register(request: Request, office: Manager) -> Response:
    """A new device and its token, this once."""
    form = await request.form()
    kiosk = {"name": str(form.get("name") or "").strip(), "property_id": str(form.get("property") or "")}
    return await with_token(office, "register_kiosk", p_kiosk=kiosk)


@router.post("/admin/kiosks/{kiosk_id}/rotate")
async def rotate(office: Manager, kiosk_id: UUID) -> Response:
    """Another token; the one before opens nothing from here on."""
    return await with_token(office, "rotate_kiosk_token", p_kiosk_id=str(kiosk_id))


@router.post("/admin/kiosks/{kiosk_id}/revoke")
async def revoke(office: Manager, kiosk_id: UUID) -> Response:
    """The device is out at once."""
    await office.reader.call("revoke_kiosk", p_kiosk_id=str(kiosk_id))
    return done(office.request, PAGE)


async def with_token(office: Office, command: str, **arguments: Any) -> Response:
    """The page with the token that a command gave, or with what it refused."""
    try:
        made = await office.reader.call(command, **arguments)
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await page(office, refusal=refusal)
    return await page(office, made=signed(made))


async def page(
    office: Office,
    *,
    made: DeviceToken | None = None,
    refusal: Refusal | None = None,
    of_origins: tuple[int, Said | None, dict[str, Any]] = (200, None, {}),
) -> Response:
    """The list, with its form for those who may register; the origins for those who may set them."""
    rows, tokens, origins = await asyncio.gather(
        office.reader.rows("kiosks", order="property_code,name"),
        office.reader.rows("kiosk_tokens"),
        office.reader.rows("origins", order="origin"),
    )
    status, origin_refused, origin_typed = of_origins
    by_id = {token["kiosk_id"]: token for token in tokens}
    return office.page(
        "admin/kiosks.html",
        status=refusal.status if refusal else status,
        kiosks=[{**row, **by_id.get(row["id"], {})} for row in rows],
        made=made,
        origins=origins,
        origin_refused=origin_refused,
        origin_typed=origin_typed,
        refused=in_its_own_words(refusal, office.language) if refusal else None,
    )
