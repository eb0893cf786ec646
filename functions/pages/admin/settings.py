"""What a property, or the whole hotel, does its own way: each setting with what would hold otherwise."""

import asyncio
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.privacy import HOTEL, SETTINGS
from functions.pages.admin.retention import is_number
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import done, gettext

PAGE: Final = "/admin/settings"
BY_TYPE: Final = ("service_hours", "stuck_minutes")
BOOLEANS: Final = {"yes": True, "no": False}

router = APIRouter(route_class=AdminRoute)


CANNOT_BE_MEANT: Final = _("That cannot be meant here. Nothing was changed.")


@router.get(PAGE)
async def settings(request: Request, office: Manager) -> Response:
    """The settings of one property, the first unless one is named."""
    query = request.query_params
    return await page(office, query.get("property", ""), saved=query.get("saved", ""))


@router.post(PAGE)
async def change(request: Request, office: Manager) -> Response:
    """One setting of one property; an empty field is what holds otherwise."""
    form = await request.form()
    property_code, key = text(form, "property"), text(form, "key")
    code = None if property_code == HOTEL else property_code
    try:
        await office.reader.call("set_setting", p_property_code=code, p_name=key, p_value=meant(form))
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return await page(office, property_code, key=key, typed=form, refused=refusal)
    return done(request, f"{PAGE}?{urlencode({'property': property_code, 'saved': key})}")


def meant(form: FormData) -> Any:
    """What was chosen or typed: a value, none for an empty field, or the words as they are."""
    if "from" in form:
        hours = {"from": text(form, "from"), "until": text(form, "until")}
        if hours["until"] == "00:00":
            hours["until"] = "24:00"
        return hours if any(hours.values()) else None
    if "words" in form:
        return text(form, "words") or None
    typed = text(form, "value")
    if is_number(typed):
        return int(typed)
    return BOOLEANS.get(typed, typed) if typed else None


async def page(
    office: Office,
    property_code: str,
    *,
    saved: str = "",
    key: str = "",
    typed: FormData | None = None,
    refused: Refusal | None = None,
) -> Response:
    """The settings as they are; the one that was refused as it was typed."""
    if not office.may(SETTINGS):
        raise Refusal(403, "permission_missing")
    rows, properties = await asyncio.gather(
        office.reader.rows("settings", order="position"),
        office.reader.rows("properties", select="code", order="is_default.desc,code"),
    )
    codes = [each["code"] for each in properties]
    if any(row["property_code"] is None for row in rows):
        codes.append(HOTEL)
    chosen = property_code if property_code in codes else codes[0]
    code = None if chosen == HOTEL else chosen
    return office.page(
        "admin/settings.html",
        status=refused.status if refused else 200,
        properties=codes,
        property=chosen,
        groups=[
            (name, list(group))
            for name, group in groupby((shown(row) for row in rows if row["property_code"] == code), group_of)
        ],
        saved=saved,
        key=key,
        typed=typed,
        refused=said(refused, office.language) if refused else None,
    )


def group_of(row: Row) -> str:
    """What there is one of for each type of request stands together, under a heading of its own."""
    family = str(row["key"]).partition(":")[0]
    return family if family in BY_TYPE else ""


def shown(row: Row) -> Row:
    """A setting; midnight at the end of a day is written as fields for times have it."""
    value = row["value"]
    if row["kind"] == "hours" and value and value["until"] == "24:00":
        return {**row, "value": {**value, "until": "00:00"}}
    return row


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told."""
    if refusal.slug == "setting_invalid":
        return Said(gettext(language, CANNOT_BE_MEANT), "")
    return in_its_own_words(refusal, language)
