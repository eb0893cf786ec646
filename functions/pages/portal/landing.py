"""The first page: what is under way, what can be asked for, and the quiet cards below."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter, Request, Response

from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Row
from functions.pages.base.rendering import gettext
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.menus import days_of, is_to_be_had, menu_cards
from functions.pages.portal.stay import MyStay, Stay

SHOWN_AFTER_CLOSING = timedelta(minutes=30)
MOST_READ = 50
CLOSED_SHOWN = 3

IN_HOUSE = ("in_house", "departure_day")


PAGES = {
    "menu_order": _("Meals ordered beforehand"),
    "charges": _("My charges"),
    "feedback": _("How was your stay?"),
}
"""Sub-flows with a page of their own."""

router = APIRouter(route_class=VisitRoute)


async def landing(stay: Stay) -> Response:
    kinds, requests, cleaning, menus = await asyncio.gather(
        stay.reader.rows(
            "portal_request_types", select="slug,guest_label,icon,feature,is_open,hours", order="position"
        ),
        requests_now(stay),
        cleaning_wanted(stay),
        menus_on_offer(stay),
    )
    return stay.page(
        "portal/landing.html",
        types=[kind for kind in kinds if kind["is_open"]],
        later=later(stay, kinds),
        at_other_hours=[kind for kind in kinds if stay.has(kind["feature"]) and not kind["is_open"]],
        requests=requests,
        cleaning=cleaning,
        greeting=stay.greeting(),
        **menus,
    )


def later(stay: Stay, kinds: list[Row]) -> dict[str, list[str]]:
    """What opens in a later state of the stay: by the state, the names that guests know."""
    names = {feature: [gettext(stay.language, words)] for feature, words in PAGES.items()}
    for kind in kinds:
        names.setdefault(kind["feature"], []).append(kind["guest_label"])
    found: dict[str, list[str]] = {}
    for feature, shown in names.items():
        state = stay.row["opens"].get(feature)
        if state and (state != "post_checkout" or stay.row["state"] in IN_HOUSE):
            found.setdefault(state, []).extend(shown)
    return found


async def menus_on_offer(stay: Stay) -> Row:
    """What can be ordered beforehand now, as cards; none where menus are closed."""
    if not stay.has("menu_order"):
        return {"menus": []}
    context = await stay.reader.get("menu_context")
    menus = [one for one in context["menus"] if is_to_be_had(one)]
    return {"menus": menu_cards(menus, stay.zone), **days_of(context)}


async def cleaning_wanted(stay: Stay) -> Row | None:
    """What the guest wants of cleaning; None where it cannot be arranged now."""
    return await stay.reader.row("portal_cleaning") if stay.has("cleaning_preferences") else None


@router.get("/portal/now")
async def now(request: Request, stay: MyStay) -> Response:
    """The part of the landing page that moves: asked for again at each event."""
    return stay.page("portal/_now.html", requests=await requests_now(stay))


async def requests_now(stay: Stay) -> list[Row]:
    """All open requests, newest first, and after them for a while the last ones that were closed."""
    since = (stay.now - SHOWN_AFTER_CLOSING).isoformat()
    rows = await stay.reader.rows(
        "portal_requests",
        **{"or": f"(phase.neq.closed,updated_at.gt.{since})"},
        order="created_at.desc",
        limit=str(MOST_READ),
    )
    still_open = [row for row in rows if row["phase"] != "closed"]
    closed = [row for row in rows if row["phase"] == "closed"]
    closed.sort(key=lambda row: str(row["updated_at"]), reverse=True)
    return [*still_open, *closed[:CLOSED_SHOWN]]
