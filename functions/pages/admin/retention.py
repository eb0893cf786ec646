"""How long a property keeps what it may forget: the days of each class, changed one property at a time."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.privacy import HOTEL, privacy_page
from functions.pages.admin.visitor import AdminRoute, Manager
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done

router = APIRouter(route_class=AdminRoute)


@router.post("/admin/privacy/retention")
async def change(request: Request, office: Manager) -> Response:
    """The days as they were typed, all of a property or none."""
    form = await request.form()
    property_code = text(form, "property")
    code = None if property_code == HOTEL else property_code
    try:
        await office.reader.call("set_retention", p_property_code=code, p_days=days(form))
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return await privacy_page(office, property_code, typed=form, refused=refusal)
    return done(request, f"/admin/privacy?{urlencode({'property': property_code, 'saved': 1})}#retention")


def days(form: FormData) -> dict[str, Any]:
    """Days by class: a number, none for what is kept, or what was typed instead of either."""
    given = {name.removeprefix("days_"): text(form, name) for name in form if name.startswith("days_")}
    return {
        name: None if f"kept_{name}" in form else int(typed) if is_number(typed) else typed
        for name, typed in given.items()
    }


def is_number(typed: str) -> bool:
    """Whether digits were typed, and not more of them than anybody means."""
    return typed.isascii() and typed.isdigit() and len(typed) < 10
