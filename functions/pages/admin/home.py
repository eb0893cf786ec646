"""The office's first page: what is set up, what is not, and where everything is."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.admin.visitor import AdminRoute, Manager, SignedIn
from functions.pages.base.languages import known
from functions.pages.base.rendering import done

router = APIRouter(route_class=AdminRoute)


@router.get("/admin")
async def home(office: Manager) -> Response:
    """What there is so far; each number leads to where it is changed."""
    reads = office.reader
    state, notices, alerts, rooms = await asyncio.gather(
        reads.row("onboarding"),
        reads.rows("my_notices", order="at.desc"),
        reads.rows("alerts", resolved_at="is.null", order="raised_at.desc", limit="5"),
        reads.rows("rooms", is_active="is.true", select="property_id,status"),
    )
    properties = [
        {**each, "rooms": sum(room["property_id"] == each["id"] for room in rooms)}
        for each in office.properties
    ]
    return office.page("admin/home.html", state=state, notices=notices, alerts=alerts, properties=properties)


@router.post("/admin/alerts/{alert_id}/resolve")
async def resolve_alert(office: Manager, alert_id: UUID) -> Response:
    """Somebody has seen to it."""
    await office.reader.call("resolve_alert", p_alert_id=str(alert_id))
    return done(office.request, "/admin")


@router.post("/admin/notices")
async def dismiss(office: SignedIn) -> Response:
    """The manager has read what they were told."""
    await office.reader.call("dismiss_notices")
    return done(office.request, "/admin")


@router.post("/admin/language")
async def choose_language(request: Request, office: SignedIn) -> Response:
    """The language that the manager reads in, from here on."""
    form = await request.form()
    language = known(str(form.get("language") or ""))
    if language:
        await office.reader.call("set_language", p_language=language)
    following = str(form.get("next") or "")
    return done(request, following if following.startswith("/admin") else "/admin")
