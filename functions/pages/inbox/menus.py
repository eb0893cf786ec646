"""A menu's order for a guest at the desk: a time, for how many, dishes with their choices."""

import json
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done
from functions.pages.inbox import screen
from functions.pages.inbox.guests import ANSWERABLE
from functions.pages.inbox.screen import ForGuest, MenuForm
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.stays import found
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said
from functions.pages.portal.menu_draft import MenuDraft
from functions.shared.errors import Problem
from functions.shared.writes import write_once

router = APIRouter(
    prefix="/app/inbox/guests/{booking_id}/menus/{slug}", route_class=ConsoleRoute, include_in_schema=False
)


@router.get("")
async def blank(request: Request, desk: Member, booking_id: UUID, slug: str) -> Response:
    """The menu, nothing chosen."""
    context = await menu(desk, booking_id, slug)
    return await shown(request, desk, booking_id, context, MenuDraft.fresh(context["people"]))


@router.post("")
async def order(request: Request, desk: Member, booking_id: UUID, slug: str) -> Response:
    """Order in the guest's stead."""
    context = await menu(desk, booking_id, slug)
    draft = MenuDraft.entered(await request.form())
    body = draft.body(context["menus"][0]) | {"on_behalf_of": str(booking_id)}
    try:
        made = await write_once(request, desk.caller, "api.submit_menu_order", json.dumps(body), draft.key)
    except Problem as problem:
        if problem.status not in ANSWERABLE:
            raise
        return await shown(request, desk, booking_id, context, draft, problem)
    sight = Sight.of(request.query_params)
    return done(
        request, sight.address(f"/app/inbox/requests/{json.loads(bytes(made.body))['request']['id']}")
    )


async def menu(desk: Desk, booking_id: UUID, slug: str) -> Row:
    """What can be ordered for this stay, of the one menu that is meant."""
    context: Row = await desk.reader.get("menu_context", p_booking_id=str(booking_id))
    context["menus"] = [one for one in context["menus"] if one["slug"] == slug]
    if not context["menus"]:
        raise Refusal(404, "menu_unknown")
    return context


async def shown(
    request: Request,
    desk: Desk,
    booking_id: UUID,
    context: Row,
    draft: MenuDraft,
    problem: Problem | None = None,
) -> Response:
    """The form as far as it is filled in; what was wrong above it."""
    booking = await found(desk, booking_id)
    helping = ForGuest(
        booking=booking,
        menu=MenuForm(context["menus"][0], draft, desk.zone(booking["property_id"])),
        refused=said(problem, desk.language) if problem else None,
    )
    return await screen.whole(
        request,
        desk,
        Sight.of(request.query_params),
        helping=helping,
        status=problem.status if problem else 200,
    )
