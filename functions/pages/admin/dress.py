"""How guests see a property: its picture, drawn anew before anybody sees it, and its colour."""

import uuid
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from functions.pages.admin.forms import text
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.admin.windows import PAGE, page
from functions.pages.base.marking import marked as _
from functions.pages.base.pictures import pictures
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import done, gettext
from functions.shared.pictures import LARGEST, PictureRefused, redrawn

REFUSED: Final = {
    "picture_missing": _("Choose a picture first."),
    "picture_too_large": _("This picture is too large. Choose one of 10 MB at most."),
    "picture_too_small": _("This picture is too small to look good. Choose one at least 480 pixels wide."),
    "picture_not_readable": _("This file cannot be read as a picture. Choose a JPEG, PNG or WebP."),
    "field_invalid": _("Write the colour like #835a2c."),
}

router = APIRouter(route_class=AdminRoute)


@router.post(f"{PAGE}/picture")
async def take(request: Request, office: Manager) -> Response:
    """A new picture in the place of the old one."""
    must_set(office)
    form = await request.form()
    property_code, file = text(form, "property"), form.get("picture")
    content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
    if not content:
        return await refused(office, property_code, "picture_missing")
    try:
        drawn = await run_in_threadpool(redrawn, content)
    except PictureRefused as fault:
        return await refused(office, property_code, fault.slug)
    picture_id = uuid.uuid4()
    tenant_id = uuid.UUID(office.caller.claims["tenant_id"])
    await run_in_threadpool(pictures().put, tenant_id, picture_id, drawn)
    try:
        return await show_instead(office, property_code, picture_id)
    except Refusal:
        await run_in_threadpool(pictures().remove, tenant_id, picture_id)
        raise


@router.post(f"{PAGE}/picture/remove")
async def remove(request: Request, office: Manager) -> Response:
    """No picture."""
    form = await request.form()
    return await show_instead(office, text(form, "property"), None)


@router.post(f"{PAGE}/colour")
async def colour(request: Request, office: Manager) -> Response:
    """The property's colour; an empty field is the one of the pages themselves."""
    form = await request.form()
    property_code, typed = text(form, "property"), text(form, "colour").lower()
    if typed and not typed.startswith("#"):
        typed = f"#{typed}"
    try:
        await office.reader.call(
            "save_property", p_code=property_code, p_property={"accent_color": typed or None}
        )
    except Refusal as refusal:
        if refusal.slug != "field_invalid":
            raise
        return await refused(office, property_code, refusal.slug)
    return saved(office, property_code)


async def show_instead(office: Office, property_code: str, picture_id: uuid.UUID | None) -> Response:
    """The property shows this one; the one before is removed once nobody is sent to it any more."""
    answer = await office.reader.call(
        "set_property_picture",
        p_property_code=property_code,
        p_picture_id=str(picture_id) if picture_id else None,
    )
    if answer["was"]:
        *_path, tenant_id, name = answer["was"].split("/")
        await run_in_threadpool(pictures().remove, uuid.UUID(tenant_id), uuid.UUID(name.removesuffix(".jpg")))
    return saved(office, property_code)


def must_set(office: Office) -> None:
    """Refuses before anything large is read."""
    if not office.may("hotel:settings:write"):
        raise Refusal(403, "permission_missing")


def saved(office: Office, property_code: str) -> Response:
    return done(office.request, f"{PAGE}?{urlencode({'property': property_code, 'saved': 'dress'})}")


async def refused(office: Office, property_code: str, slug: str) -> Response:
    """The page again, with what is wrong."""
    words = Said(gettext(office.language, REFUSED[slug]), "")
    return await page(office, property_code, refused=words)
