"""The list: a page of it, what follows, and what changed since."""

import re
import uuid
from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from functions.identity.auth import end_session
from functions.identity.cookies import clear_cookies
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done, render
from functions.pages.inbox import reads, screen
from functions.pages.inbox.screen import Changes, Pane
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.visitor import ConsoleRoute, Member
from functions.shared.callers import Flow

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AT_ONCE = 60

router = APIRouter(prefix="/app/inbox", route_class=ConsoleRoute, include_in_schema=False)


@router.get("")
async def inbox(request: Request, desk: Member) -> Response:
    """The inbox with nothing opened."""
    sight = Sight.of(request.query_params)
    return await screen.whole(request, desk, sight, before=request.query_params.get("before", ""))


@router.get("/more")
async def more(request: Request, desk: Member) -> Response:
    """The rows that follow, put below those that are there."""
    sight = Sight.of(request.query_params)
    page = await reads.page(desk, sight, request.query_params.get("before", ""))
    return render(
        request, "inbox/_more.html", language=desk.language, sight=sight, page=page, selected="", desk=desk
    )


@router.get("/live")
async def live(request: Request, desk: Member) -> Response:
    """What changed: `shown` and `fresh` name requests that the page has and has not, `open` the opened one.

    `until` is the last key of a list that goes on: what lies beyond it comes with its page, not now.
    """
    query = request.query_params
    sight = Sight.of(query)
    shown, fresh = ids(query.get("shown", "")), ids(query.get("fresh", ""))
    found = {row.request["id"]: row for row in await reads.some(desk, sight, [*shown, *fresh])}
    until = query.get("until", "")
    changes = Changes(
        rows=[found[each] for each in shown if each in found],
        arrived=[found[each] for each in fresh if each in found and found[each].key > until],
        left=[each for each in shown if each not in found],
        pane=await opened_again(desk, sight, query.get("open", ""), query.get("status", "")),
    )
    return await screen.changed(request, desk, sight, changes, selected=query.get("selected", ""))


async def opened_again(desk: Member, sight: Sight, request_id: str, status: str) -> Pane | None:
    """The opened request as it is now; `status` is what an open form was made for, if one is open."""
    if not UUID.fullmatch(request_id):
        return None
    try:
        opened = await reads.opened(desk, sight, request_id)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None
    moved_on = bool(status) and opened.request["status"] != status
    return Pane(opened, overtaken_by=opened.last_move if moved_on else None)


def ids(listed: str) -> list[str]:
    """The request ids in a list with commas, at most as many as one update carries."""
    return only_ids(listed.split(","))[:AT_ONCE]


def only_ids(words: Iterable[str]) -> list[str]:
    return [word for word in words if UUID.fullmatch(word)]


@router.get("/alerts")
async def alerts(request: Request, desk: Member) -> Response:
    """What a human has to see to, beside the list."""
    sight = Sight.of(request.query_params)
    return await screen.whole(request, desk, sight, alerts=await reads.alerts(desk))


@router.post("/alerts/{alert_id}/resolve")
async def resolve_alert(request: Request, desk: Member, alert_id: uuid.UUID) -> Response:
    """Somebody has seen to it."""
    await desk.reader.call("resolve_alert", p_alert_id=str(alert_id))
    return done(request, Sight.of(request.query_params).address("/app/inbox/alerts"))


@router.post("/notices")
async def dismiss(request: Request, desk: Member) -> Response:
    """The member has read what they were told."""
    await desk.reader.call("dismiss_notices")
    return done(request, "/app/inbox")


@router.post("/leave")
async def leave(request: Request, desk: Member) -> Response:
    """Signs out here, or on every device."""
    form = await request.form()
    await end_session(request, desk.caller, everywhere=form.get("everywhere") == "yes")
    flow = Flow(desk.caller.role)
    answer = done(request, "/admin/login" if flow is Flow.ADMIN else "/staff/access")
    clear_cookies(answer, flow)
    return answer


@router.post("/language")
async def language(request: Request, desk: Member) -> Response:
    """The member's own language, kept with the membership."""
    form = await request.form()
    await desk.reader.call("set_language", p_language=str(form.get("language", "")))
    return done(request, Sight.of(request.query_params).address())
