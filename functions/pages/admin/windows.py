"""The guest portal: which of its parts a house's guests find open, in which state of their stay."""

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.visitor import AdminRoute, Manager
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done

PAGE: Final = "/admin/portal"
STATES: Final = ("pre_checkin", "arrival_day", "in_house", "departure_day", "post_checkout")

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def windows(request: Request, office: Manager) -> Response:
    """The parts of one house's portal, the first house unless one is named."""
    if not office.may("hotel:settings:write"):
        raise Refusal(403, "permission_missing")
    query = request.query_params
    house = office.property_of(query.get("house", ""))
    rows = await office.reader.rows(
        "feature_windows", property_code=f"eq.{house['code']}", order="label,feature"
    )
    parts = {
        row["feature"]: {
            "label": row["label"],
            "open": {
                each["stay_state"] for each in rows if each["feature"] == row["feature"] and each["is_open"]
            },
        }
        for row in rows
    }
    return office.page(
        "admin/windows.html", house=house, parts=parts, states=STATES, saved=query.get("saved", "")
    )


@router.post(PAGE)
async def choose(request: Request, office: Manager) -> Response:
    """One part of the portal is open in exactly the chosen states."""
    form = await request.form()
    house, feature = text(form, "house"), text(form, "feature")
    await office.reader.call(
        "set_feature_windows",
        p_property_code=house,
        p_feature=feature,
        p_states=[str(state) for state in form.getlist("states")],
    )
    return done(request, f"{PAGE}?{urlencode({'house': house, 'saved': feature})}#{feature}")
