"""The rooms' step: kinds of room with their rates, rooms by pattern, or by a list, line by line."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from functions.pages.admin.forms import text
from functions.pages.admin.onboarding import address, known, page
from functions.pages.admin.room_lines import read_lines, text_of
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.admin.words import wrong_lines
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done

router = APIRouter(route_class=AdminRoute)


@router.post("/admin/onboarding/rooms/kinds")
async def save_kind(request: Request, office: Manager) -> Response:
    """A kind of room and its rate a night."""
    form = await request.form()
    given = {"p_code": text(form, "kind"), "p_name": text(form, "kind_name")}
    price = text(form, "price").replace(" ", "")
    price = price.replace(",", ".") if "." not in price else price.replace(",", "")
    return await tried(office, form, "save_room_type", p_price=price or None, **given)


@router.post("/admin/onboarding/rooms/add")
async def add(request: Request, office: Manager) -> Response:
    """A row of rooms of one kind."""
    form = await request.form()
    given = {"p_room_type_code": text(form, "of_kind"), "p_pattern": text(form, "pattern")}
    return await tried(office, form, "add_rooms", p_floor=text(form, "floor") or None, **given)


@router.post("/admin/onboarding/rooms/remove")
async def remove(request: Request, office: Manager) -> Response:
    """A room that was never there, or is no longer."""
    form = await request.form()
    return await tried(office, form, "remove_room", p_room_number=text(form, "room"))


@router.post("/admin/onboarding/rooms/list")
async def bring_list(request: Request, office: Manager) -> Response:
    """Rooms from a pasted list or a file; with a wrong line nothing is added."""
    form = await request.form()
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    pasted = text_of(content) if content else text(form, "list")
    property_code = text(form, "property")
    try:
        answer = await office.reader.call(
            "import_rooms", p_property_code=property_code, p_lines=read_lines(pasted)
        )
    except Refusal as refusal:
        return await page(office, "rooms", property_code, typed={"list": pasted}, refused=known(refusal))
    if answer["wrong"]:
        wrong = wrong_lines(answer["wrong"], office.language)
        return await page(office, "rooms", property_code, typed={"list": pasted}, wrong=wrong)
    return done(office.request, address("rooms", property_code))


async def tried(office: Office, form: FormData, command: str, **given: Any) -> Response:
    """The step again: with what is there now, or with what was typed and why it was not taken."""
    property_code = text(form, "property")
    try:
        await office.reader.call(command, p_property_code=property_code, **given)
    except Refusal as refusal:
        return await page(office, "rooms", property_code, typed=form, refused=known(refusal))
    return done(office.request, address("rooms", property_code))
