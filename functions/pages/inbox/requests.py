"""One request: its pane, its actions with what they ask for, and what is said about it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import HEADERS, is_partial
from functions.pages.inbox import fields, reads, screen
from functions.pages.inbox.reads import Opened
from functions.pages.inbox.screen import Changes, Form, Pane
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said

router = APIRouter(
    prefix="/app/inbox/requests/{request_id}", route_class=ConsoleRoute, include_in_schema=False
)


@router.get("")
async def show(request: Request, desk: Member, request_id: UUID) -> Response:
    """The request beside the list, or its pane alone."""
    sight = Sight.of(request.query_params)
    pane = Pane(await reads.opened(desk, sight, str(request_id)))
    if wants_part(request):
        return screen.detail(request, desk, sight, pane)
    return await screen.whole(request, desk, sight, pane=pane)


@router.get("/actions/{action}")
async def ask(request: Request, desk: Member, request_id: UUID, action: str) -> Response:
    """What an action asks for."""
    sight = Sight.of(request.query_params)
    opened = await reads.opened(desk, sight, str(request_id))
    offered = opened.action(action)
    if offered is None:
        raise Refusal(404, "action_not_offered")
    form = await form_for(desk, opened, offered, {})
    pane = Pane(opened, form=form)
    if wants_part(request):
        return screen.form(request, desk, sight, pane)
    return await screen.whole(request, desk, sight, pane=pane)


@router.post("/actions/{action}")
async def act(request: Request, desk: Member, request_id: UUID, action: str) -> Response:
    """Do it, if the request is still where the button was made for."""
    sight = Sight.of(request.query_params)
    typed = dict(await request.form())
    opened = await reads.opened(desk, sight, str(request_id))
    offered = opened.action(action)
    form = await form_for(desk, opened, offered, typed) if offered and offered["requires"] else None
    given = fields.read(form.fields, opened.zone, desk.language) if form else {}
    expected = str(typed.get("expected_status", ""))
    # Moved on meanwhile: the command says so, which matters more than a field.
    if form and expected == form.expected and is_about_a_field(form):
        return await unfinished(request, desk, sight, Pane(opened, form=form), 422)
    try:
        await desk.reader.call(
            "portal_update_request_status",
            p_request_id=str(request_id),
            p_action=action,
            p_expected_status=expected,
            p_input=given,
        )
    except Refusal as refusal:
        if refusal.status not in (403, 409, 422):
            raise
        return await refused(request, desk, sight, action, form, refusal)
    return await finished(request, desk, sight, str(request_id), Changes(resets_form=True, done="acted"))


@router.post("/undo")
async def undo(request: Request, desk: Member, request_id: UUID) -> Response:
    """Take the last action back, if it is still the last and its moment has not passed."""
    sight = Sight.of(request.query_params)
    typed = await request.form()
    try:
        await desk.reader.call(
            "portal_undo_action", p_request_id=str(request_id), p_move_id=str(typed.get("move", "")) or None
        )
    except Refusal as refusal:
        if refusal.status not in (400, 403, 409):
            raise
        return await refused(request, desk, sight, "", None, refusal)
    return await finished(request, desk, sight, str(request_id), Changes(resets_form=True, done="undone"))


@router.post("/comments")
async def comment(request: Request, desk: Member, request_id: UUID) -> Response:
    """A note for the team, or a word to the guest."""
    sight = Sight.of(request.query_params)
    typed = await request.form()
    body, internal = str(typed.get("body", "")).strip(), typed.get("to") != "guest"
    try:
        await desk.reader.call(
            "add_request_comment",
            p_request_id=str(request_id),
            p_body=body,
            p_is_internal=internal,
            p_idempotency_key=str(typed.get("key", "")) or None,
        )
    except Refusal as refusal:
        if refusal.status not in (400, 403, 409, 422):
            raise
        opened = await reads.opened(desk, sight, str(request_id))
        pane = Pane(opened, refused=said(refusal, desk.language), comment=body)
        return await unfinished(request, desk, sight, pane, refusal.status)
    changes = Changes(resets_comment=True, done="noted" if internal else "sent")
    return await finished(request, desk, sight, str(request_id), changes)


@router.post("/offer")
async def offer(request: Request, desk: Member, request_id: UUID) -> Response:
    """The guest is asked by a template to look at the answer: free text would not leave any more."""
    sight = Sight.of(request.query_params)
    try:
        await desk.reader.call("offer_conversation", p_request_id=str(request_id))
    except Refusal as refusal:
        if refusal.status not in (403, 409):
            raise
        return await refused(request, desk, sight, "", None, refusal)
    return await finished(request, desk, sight, str(request_id), Changes(resets_form=True, done="offered"))


@router.post("/messages/{message_id}/again")
async def send_again(request: Request, desk: Member, request_id: UUID, message_id: UUID) -> Response:
    """A message that did not arrive, on its way once more."""
    sight = Sight.of(request.query_params)
    try:
        await desk.reader.call("replay_notification", p_notification_id=str(message_id))
    except Refusal as refusal:
        if refusal.status not in (403, 404, 409):
            raise
        opened = await reads.opened(desk, sight, str(request_id))
        pane = Pane(opened, refused=said(refusal, desk.language))
        return await unfinished(request, desk, sight, pane, refusal.status)
    return await finished(request, desk, sight, str(request_id), Changes(resets_form=True, done="again"))


async def form_for(desk: Desk, opened: Opened, action: Row, typed: dict[str, Any]) -> Form:
    """The form of an action, with the members to choose from where it asks for one."""
    wants_member = any(rule["type"] == "member" for rule in action["requires"].values())
    members = await reads.members(desk, opened.request["property_id"]) if wants_member else []
    known = fields.known_values(opened.request, opened.zone)
    return Form(
        action,
        opened.request["status"],
        fields.asked(action["requires"], members, known | typed, desk.language),
    )


async def refused(
    request: Request, desk: Desk, sight: Sight, action: str, form: Form | None, refusal: Refusal
) -> Response:
    """The pane as it stands now, and why nothing was done."""
    opened = await reads.opened(desk, sight, request.path_params["request_id"])
    first = opened.last_move if refusal.slug == "request_moved_on" else None
    still_offered = opened.action(action)
    if form and still_offered:
        form = Form(still_offered, opened.request["status"], fields.marked(form.fields, refusal))
    pane = Pane(
        opened,
        form=form if still_offered else None,
        overtaken_by=first,
        was_tried=True,
        refused=None if first or is_about_a_field(form) else said(refusal, desk.language),
    )
    return await unfinished(request, desk, sight, pane, refusal.status)


def is_about_a_field(form: Form | None) -> bool:
    """Whether the form itself says what is wrong."""
    return form is not None and any(each.problem for each in form.fields)


async def unfinished(request: Request, desk: Desk, sight: Sight, pane: Pane, status: int) -> Response:
    """The pane again with what is wrong, what was typed still in it."""
    if is_partial(request):
        row = await reads.some(desk, sight, [pane.opened.request["id"]])
        changes = Changes(rows=row, pane=pane, resets_form=True)
        return await screen.changed(
            request, desk, sight, changes, status=status, selected=pane.opened.request["id"]
        )
    return await screen.whole(request, desk, sight, pane=pane, status=status)


async def finished(request: Request, desk: Desk, sight: Sight, request_id: str, changes: Changes) -> Response:
    """The pane and the row as they are now; without scripts, back to the request's page."""
    if not is_partial(request):
        address = sight.address(f"/app/inbox/requests/{request_id}")
        return RedirectResponse(address, status_code=303, headers=HEADERS)
    changes.pane = Pane(await reads.opened(desk, sight, request_id))
    changes.rows = await reads.some(desk, sight, [request_id])
    changes.left = [] if changes.rows else [request_id]
    return await screen.changed(request, desk, sight, changes, selected=request_id)


def wants_part(request: Request) -> bool:
    """Whether htmx asks for the part that it will put in, not for a page to pick from."""
    return is_partial(request) and request.headers.get("hx-request-type") == "partial"
