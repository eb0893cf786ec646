"""The guest portal: how it looks, and which of its parts guests find open, in which state of their stay."""

import asyncio
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import Said
from functions.pages.base.rendering import done

PAGE: Final = "/admin/portal"
STATES: Final = ("pre_checkin", "arrival_day", "in_house", "departure_day", "post_checkout")

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def windows(request: Request, office: Manager) -> Response:
    """One property's portal, the first one's unless one is named."""
    query = request.query_params
    return await page(office, query.get("property", ""), saved=query.get("saved", ""))


async def page(office: Office, code: str, *, saved: str = "", refused: Said | None = None) -> Response:
    """The page as things are; what was refused, if something was."""
    if not office.may("hotel:settings:write"):
        raise Refusal(403, "permission_missing")
    here = office.property_of(code)
    rows, dress = await asyncio.gather(
        office.reader.rows("feature_windows", property_code=f"eq.{here['code']}", order="label,feature"),
        office.reader.row("properties", select="name,picture_url,accent_color", code=f"eq.{here['code']}"),
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
        "admin/windows.html",
        status=422 if refused else 200,
        property=here,
        parts=parts,
        states=STATES,
        saved=saved,
        dress=dress,
        refused=refused,
    )


@router.post(PAGE)
async def choose(request: Request, office: Manager) -> Response:
    """One part of the portal is open in exactly the chosen states."""
    form = await request.form()
    property_code, feature = text(form, "property"), text(form, "feature")
    await office.reader.call(
        "set_feature_windows",
        p_property_code=property_code,
        p_feature=feature,
        p_states=[str(state) for state in form.getlist("states")],
    )
    return done(request, f"{PAGE}?{urlencode({'property': property_code, 'saved': feature})}#{feature}")
