"""Beds24 of each property: connected or not, which rooms mean which, and bookings that wait for a human."""

import asyncio
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE, Said, in_its_own_words
from functions.pages.base.rendering import done, gettext
from functions.shared.settings import get_settings

PAGE: Final = "/admin/beds24"
WAITING: Final = 50

router = APIRouter(route_class=AdminRoute)


PROBLEMS: Final = {
    "invite_refused": _("Beds24 refused the invite code. It is good for 15 minutes, and once: make another."),
    "token_refused": _("Beds24 lets us in no more. Connect the house anew."),
    "property_not_shown": _("The invite code does not show this property. Look at the number."),
    "property_taken": _("Another house is connected with this property already."),
    "currency_differs": _("The property at Beds24 is in another currency than this house."),
}
SENTENCES: Final = {
    "field_invalid": _("The number of the property and an invite code are needed. Nothing was changed."),
    "beds24_room_unknown": _("Its room means none of ours yet. Say which it is, above."),
    "room_is_not_double_booked": _("Its room is taken or closed on these days."),
    "room_type_is_not_oversold": _("The room type is sold out on these days."),
    "booking_in_house": _("The guest is in house already."),
    "booking_checked_out": _("The guest has stayed here and left."),
    "booking_is_a_no_show": _("The guest has not come; it is noted as a no-show here."),
    "booking_not_confirmed": _("It is not confirmed here, and Beds24 calls it a no-show."),
    "room_differs_in_house": _("Beds24 has a guest who is in house in another room."),
    "booking_cancelled_here": _("It is cancelled here, and Beds24 changes it."),
    "booking_is_confirmed_here": _("It is confirmed here, and at Beds24 no more."),
    "beds24_booking_gone": _("Beds24 no longer has it, and it is still here."),
    "database": _("Our own database refused it. Tell whoever looks after the machine."),
    "beds24_booking_unreadable": _("Beds24 describes it in a form that cannot be read."),
}


STATUSES: Final = {
    "new": _("new"),
    "request": _("request"),
    "confirmed": _("confirmed"),
    "cancelled": _("called off"),
    "black": _("closed room"),
    "inquiry": _("inquiry"),
}
ERRORS: Final = {
    "credits_gone": _("no credits left for the moment"),
    "invite_refused": _("it refused the invite code"),
    "token_refused": _("it lets us in no more"),
}
"""What went wrong last, where it has a name; any other is the answer's status, or what broke the line."""


@router.get(PAGE)
async def beds24(request: Request, office: Manager) -> Response:
    """One property, the first unless one is named."""
    return await page(office, request.query_params.get("property", ""))


@router.post(PAGE)
async def change(request: Request, office: Manager) -> Response:
    """Connects, disconnects, or says which rooms mean which."""
    form = await request.form()
    property_code, do = text(form, "property"), text(form, "do")
    number = text(form, "number")
    made: Row | None = None
    try:
        if do == "connect":
            made = await office.reader.call(
                "connect_beds24",
                p_property_code=property_code,
                p_beds24_property_id=int(number) if number.isdecimal() and len(number) < 13 else None,
                p_invite_code=text(form, "code"),
            )
        elif do == "disconnect":
            await office.reader.call("disconnect_beds24", p_property_code=property_code)
        else:
            await office.reader.call("map_beds24_rooms", p_property_code=property_code, p_rooms=mapping(form))
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await page(office, property_code, refusal=refusal, number=number)
    return (
        await page(office, property_code, made=made)
        if made
        else done(request, f"{PAGE}?property={property_code}")
    )


@router.post(PAGE + "/imports/{import_id}")
async def see_to(request: Request, office: Manager, import_id: UUID) -> Response:
    """A booking that waits is tried again, or left because somebody did what was needed."""
    form = await request.form()
    command = "leave_beds24_import" if text(form, "do") == "leave" else "retry_beds24_import"
    await office.reader.call(command, p_beds24_import_id=str(import_id))
    return done(request, f"{PAGE}?property={text(form, 'property')}#waiting")


def mapping(form: FormData) -> list[dict[str, Any]]:
    """`type:50001` names a room type, `unit:50001:2` a room of ours; what is left empty is not mapped."""
    units: dict[str, dict[str, str]] = {}
    for name, value in form.multi_items():
        kind, _colon, rest = name.partition(":")
        room, _colon, unit = rest.partition(":")
        if kind == "unit" and str(value):
            units.setdefault(room, {})[unit] = str(value)
    return [
        {
            "beds24_room_id": int(name.removeprefix("type:")),
            "room_type_code": str(value),
            "units": units.get(name.removeprefix("type:"), {}),
        }
        for name, value in form.multi_items()
        if name.startswith("type:") and name.removeprefix("type:").isdecimal() and str(value)
    ]


async def page(
    office: Office,
    code: str,
    *,
    made: Row | None = None,
    refusal: Refusal | None = None,
    number: str = "",
) -> Response:
    """The property's connection with its mapping, and what waits."""
    here = next((one for one in office.properties if one["code"] == code), office.properties[0])
    at_property = {"property_id": f"eq.{here['id']}"}
    connections, mapped, waiting, types, rooms = await asyncio.gather(
        office.reader.rows("beds24_connections", **at_property),
        office.reader.rows("beds24_rooms", **at_property),
        office.reader.rows(
            "beds24_imports",
            outcome="eq.problem",
            order="arrives_on,created_at",
            limit=str(WAITING),
            **at_property,
        ),
        office.reader.rows("room_types", order="name", **at_property),
        office.reader.rows("rooms", is_active="is.true", order="room_number", **at_property),
    )
    return office.page(
        "admin/beds24.html",
        status=refusal.status if refusal else 200,
        property=here,
        properties=office.properties,
        connection=connections[0] if connections else None,
        meaning={(row["beds24_room_id"], row["unit_id"]): row for row in mapped},
        waiting=waiting,
        types=types,
        rooms=rooms,
        made=made,
        number=number,
        problems={key: gettext(office.language, sentence) for key, sentence in PROBLEMS.items()},
        statuses={key: gettext(office.language, word) for key, word in STATUSES.items()},
        errors={key: gettext(office.language, word) for key, word in ERRORS.items()},
        sentences={key: gettext(office.language, sentence) for key, sentence in SENTENCES.items()},
        webhook=f"{get_settings().public_url.rstrip('/')}/functions/v1/beds24-webhook",
        refused=said(refusal, office.language) if refusal else None,
    )


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told."""
    sentence = SENTENCES.get(refusal.slug)
    return Said(gettext(language, sentence), "") if sentence else in_its_own_words(refusal, language)
