"""A guest's requests: the list, one request as it moves, a word to the team, and the guest's own actions."""

import asyncio
import uuid

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done, is_partial
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.identity import IDENTITY_WANTED, ask_who
from functions.pages.portal.stay import MyStay, Stay

COMMENT_LENGTH = 2000
MARKED = ("success", "failure")
"""Outcomes that say something was done, well or badly."""

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/requests")
async def requests(request: Request, stay: MyStay) -> Response:
    return await show_all(stay, "portal/requests.html")


@router.get("/portal/requests/live")
async def requests_live(request: Request, stay: MyStay) -> Response:
    """The list alone: asked for again at each event."""
    return await show_all(stay, "portal/_requests.html")


@router.get("/portal/requests/{request_id}")
async def one_request(request: Request, stay: MyStay, request_id: uuid.UUID, sent: bool = False) -> Response:
    return await show(stay, request_id, sent=sent)


@router.get("/portal/requests/{request_id}/live")
async def request_live(request: Request, stay: MyStay, request_id: uuid.UUID) -> Response:
    """The part of the page that moves: asked for again at each event."""
    found, comments = await find(stay, request_id)
    return stay.page("portal/_request.html", found=found, comments=comments)


@router.get("/portal/requests/{request_id}/talk")
async def request_talk(request: Request, stay: MyStay, request_id: uuid.UUID) -> Response:
    """What was said: asked for again at each event."""
    found, comments = await find(stay, request_id)
    return stay.page("portal/_talk.html", found=found, comments=comments)


@router.post("/portal/requests/{request_id}/comments")
async def comment(request: Request, stay: MyStay, request_id: uuid.UUID) -> Response:
    form = await request.form()
    body = str(form.get("body") or "").strip()[:COMMENT_LENGTH]
    if body:
        await stay.reader.call(
            "add_request_comment",
            p_request_id=str(request_id),
            p_body=body,
            p_is_internal=False,
            p_idempotency_key=str(form.get("idempotency_key") or uuid.uuid4()),
        )
    if is_partial(request):
        found, comments = await find(stay, request_id)
        return stay.page("portal/_said.html", found=found, comments=comments, comment_key=uuid.uuid4())
    return done(request, f"/portal/requests/{request_id}#comments")


@router.post("/portal/requests/{request_id}/actions/{action}")
async def act(request: Request, stay: MyStay, request_id: uuid.UUID, action: str) -> Response:
    """An action that the workflow gives to the guest, on the status that the guest was looking at."""
    form = await request.form()
    given = {
        name.removeprefix("input."): str(text) for name, text in form.items() if name.startswith("input.")
    }
    try:
        await stay.reader.call(
            "portal_update_request_status",
            p_request_id=str(request_id),
            p_action=action,
            p_expected_status=str(form.get("expected_status") or ""),
            p_input={name: text for name, text in given.items() if text.strip()},
        )
    except Refusal as refusal:
        if refusal.slug in IDENTITY_WANTED:
            return ask_who(stay, "/portal/identity", [("next", f"/portal/requests/{request_id}")])
        if refusal.status in (403, 409, 422):
            return await show(stay, request_id, refusal=refusal)
        raise
    return done(request, f"/portal/requests/{request_id}")


async def show_all(stay: Stay, template: str) -> Response:
    rows = await stay.reader.rows("portal_requests", order="created_at.desc", limit="100")
    return stay.page(template, requests=rows)


async def show(
    stay: Stay, request_id: uuid.UUID, *, sent: bool = False, low: int = 0, refusal: Refusal | None = None
) -> Response:
    """The page of a request. `low` is a mark that was tapped and that a word is asked for."""
    found, comments = await find(stay, request_id)
    may_mark = stay.has("feedback") and found["outcome"] in MARKED
    return stay.page(
        "portal/request.html",
        status=refusal.status if refusal else 200,
        found=found,
        comments=comments,
        comment_key=uuid.uuid4(),
        sent=sent,
        may_mark=may_mark,
        mark=await stay.reader.row("portal_feedback", request_id=f"eq.{request_id}") if may_mark else None,
        low=low,
        words=stay.said(refusal),
    )


async def find(stay: Stay, request_id: uuid.UUID) -> tuple[Row, list[Row]]:
    """A request and what was said about it; another guest's is as unknown as one that never was."""
    found, comments = await asyncio.gather(
        stay.reader.row("portal_requests", id=f"eq.{request_id}"),
        stay.reader.rows("portal_request_comments", request_id=f"eq.{request_id}", order="created_at"),
    )
    if found is None:
        raise Refusal(404, "request_not_found")
    return found, comments
