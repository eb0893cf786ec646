"""A menu's order for a guest at the desk: a time, for how many, dishes with their choices."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE
from functions.pages.base.rendering import done
from functions.pages.inbox import screen
from functions.pages.inbox.screen import ForGuest, MenuForm
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.stays import found
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said
from functions.pages.portal.menu_draft import MenuDraft

router = APIRouter(
    prefix="/app/inbox/guests/{booking_id}/menus/{menu_slug}",
    route_class=ConsoleRoute,
    include_in_schema=False,
)


@router.get("")
async def blank(
    request: Request, desk: Member, booking_id: UUID, menu_slug: str, order: str = ""
) -> Response:
    """The menu, nothing chosen; or with an order that is to be changed."""
    context = await menu(desk, booking_id, menu_slug)
    changed = next((one for one in context["menus"][0]["orders"] if one["request_id"] == order), None)
    draft = MenuDraft.of_order(changed) if changed else MenuDraft.fresh(context["people"])
    return await shown(request, desk, booking_id, context, draft)


@router.post("")
async def order(request: Request, desk: Member, booking_id: UUID, menu_slug: str) -> Response:
    """Order in the guest's stead, or change what stands; or see it with one more line, or with its total."""
    context = await menu(desk, booking_id, menu_slug)
    form = await request.form()
    draft = MenuDraft.entered(form)
    if form.get("another") or form.get("sum"):
        return await shown(request, desk, booking_id, context, draft)
    if draft.gone(context["menus"][0]):
        return await shown(request, desk, booking_id, context, draft, Refusal(409, "choice_gone"))
    try:
        made = await sent(desk, booking_id, draft, context["menus"][0])
    except Refusal as problem:
        if problem.status not in ANSWERABLE:
            raise
        context = await menu(desk, booking_id, menu_slug)
        return await shown(request, desk, booking_id, context, draft.after(problem), problem)
    sight = Sight.of(request.query_params)
    return done(request, sight.address(f"/app/inbox/requests/{made['id']}"))


async def sent(desk: Desk, booking_id: UUID, draft: MenuDraft, found: Row) -> Row:
    """The request of what was ordered or changed, once however often the form is sent."""
    body = draft.body(found)
    if draft.order:
        answer = await desk.reader.call(
            "change_menu_order", p_request_id=draft.order, p_order=body, p_idempotency_key=draft.key
        )
    else:
        body["on_behalf_of"] = str(booking_id)
        answer = await desk.reader.call("submit_menu_order", p_order=body, p_idempotency_key=draft.key)
    made: Row = answer["body"]["request"]
    return made


async def menu(desk: Desk, booking_id: UUID, menu_slug: str) -> Row:
    """What can be ordered for this stay, of the one menu that is meant."""
    context: Row = await desk.reader.get("menu_context", p_booking_id=str(booking_id))
    context["menus"] = [one for one in context["menus"] if one["slug"] == menu_slug]
    if not context["menus"]:
        raise Refusal(404, "menu_unknown")
    return context


async def shown(
    request: Request,
    desk: Desk,
    booking_id: UUID,
    context: Row,
    draft: MenuDraft,
    problem: Refusal | None = None,
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
