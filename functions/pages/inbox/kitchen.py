"""The kitchen's list: what is ordered from the menus for a day, time by time, and how far it is."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done, render
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said

PAGE: Final = "/app/kitchen"
NEXT: Final = {"locked": "prepare", "preparing": "deliver"}
"""The one step that the kitchen takes from a status; an order that is placed only waits for its time."""

router = APIRouter(prefix=PAGE, route_class=ConsoleRoute, include_in_schema=False)


@router.get("")
async def kitchen(request: Request, desk: Member) -> Response:
    """A day of a property; `property` is its code, `day` an ISO date, today without."""
    return await shown(request, desk)


@router.post("/{request_id}/{action}")
async def step(request: Request, desk: Member, request_id: UUID, action: str) -> Response:
    """An order one step further, if it is still where the button was made for."""
    expected = next((status for status, does in NEXT.items() if does == action), None)
    if expected is None:
        raise Refusal(404, "action_not_offered")
    try:
        await desk.reader.call(
            "portal_update_request_status",
            p_request_id=str(request_id),
            p_action=action,
            p_expected_status=expected,
            p_input={},
        )
    except Refusal as refusal:
        if refusal.status not in (403, 409, 422):
            raise
        return await shown(request, desk, refusal)
    return done(request, f"{PAGE}?{request.url.query}#o-{request_id}")


async def shown(request: Request, desk: Desk, refusal: Refusal | None = None) -> Response:
    """The list as it is now; what could not be done above it."""
    if not desk.properties or not desk.may("hotel:menus:read"):
        raise Refusal(403, "permission_missing")
    here = await property_of(desk, request.query_params.get("property", ""))
    there = f"eq.{here['id']}"
    menus = await desk.reader.rows("menus", property_id=there, order="position,slug")
    today = date.fromisoformat(menus[0]["today"]) if menus else None
    wanted_day = request.query_params.get("day", "")
    day = day_of(wanted_day, today)
    orders = await orders_of(desk, there, day) if day else []
    return render(
        request,
        "inbox/kitchen.html",
        language=desk.language,
        status=refusal.status if refusal else 200,
        desk=desk,
        property=here,
        is_served=any(menu["state"] == "active" for menu in menus),
        live=address(here["code"], wanted_day),
        day=day.isoformat() if day else None,
        days=[today.isoformat(), (today + timedelta(days=1)).isoformat()] if today else [],
        slots=slots_of(orders),
        people=sum(order["people"] for order in orders),
        address=address,
        next_step=NEXT,
        refused=said(refusal, desk.language) if refusal else None,
    )


async def property_of(desk: Desk, wanted: str) -> Row:
    """The property of that code; without one the first that serves from a menu, else the first."""
    named = [each for each in desk.properties if each["code"] == wanted]
    if named or len(desk.properties) == 1:
        return named[0] if named else desk.properties[0]
    serving = await desk.reader.rows("menus", select="property_id", state="eq.active")
    ids = {menu["property_id"] for menu in serving}
    return next((each for each in desk.properties if each["id"] in ids), desk.properties[0])


async def orders_of(desk: Desk, there: str, day: date) -> list[Row]:
    """The orders of a day that will be eaten, or have been."""
    return await desk.reader.rows(
        "menu_orders",
        property_id=there,
        served_on=f"eq.{day.isoformat()}",
        order="starts_at,meal,menu_name,room_number,number",
        **{"or": "(outcome.is.null,outcome.eq.success)"},
    )


def day_of(text: str, today: date | None) -> date | None:
    """The day that an address asks for; what is none is today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def slots_of(orders: list[Row]) -> list[dict[str, Any]]:
    """By time and menu: the orders, for how many, and how many of each dish as it was chosen."""
    slots = []
    for (starts_at, menu_name), of_it in groupby(orders, lambda one: (one["starts_at"], one["menu_name"])):
        listed = list(of_it)
        dishes: Counter[str] = Counter()
        for order in listed:
            for line in order["lines"]:
                dishes[line["name"]] += line["quantity"]
        slots.append(
            {
                "starts_at": starts_at,
                "menu_name": menu_name,
                "orders": listed,
                "people": sum(order["people"] for order in listed),
                "dishes": sorted(dishes.items(), key=lambda dish: (-dish[1], dish[0])),
            }
        )
    return slots


def address(property_code: str, day: str) -> str:
    """The list of a property for a day; without one for today, whenever that is."""
    return f"{PAGE}?{urlencode({'property': property_code} | ({'day': day} if day else {}))}"
