"""How was it: a mark and a few words, once the guest has left; of the stay, or of something asked for."""

import uuid

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done
from functions.pages.guest.door import VisitRoute
from functions.pages.portal import requests
from functions.pages.portal.draft import whole_number
from functions.pages.portal.stay import MyStay, Stay

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/feedback")
async def feedback(request: Request, stay: MyStay) -> Response:
    return await show(stay)


@router.post("/portal/feedback")
async def leave(request: Request, stay: MyStay) -> Response:
    form = await request.form()
    rating, comment = str(form.get("rating") or ""), str(form.get("comment") or "").strip()
    try:
        await stay.reader.call(
            "portal_leave_feedback",
            p_rating=whole_number(rating),
            p_comment=comment or None,
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return await show(stay, refusal, comment)
    return done(request, "/portal/feedback")


@router.post("/portal/requests/{request_id}/feedback")
async def mark(request: Request, stay: MyStay, request_id: uuid.UUID) -> Response:
    """A request's mark, in one tap; with one that will be a complaint the guest is first asked for a word."""
    form = await request.form()
    rating, comment = whole_number(str(form.get("rating") or "")), form.get("comment")
    if 1 <= rating <= stay.row["low_rating"] and comment is None:
        return await requests.show(stay, request_id, low=rating)
    try:
        await stay.reader.call(
            "portal_leave_feedback",
            p_rating=rating,
            p_comment=str(comment or "").strip() or None,
            p_request_id=str(request_id),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return await requests.show(stay, request_id, refusal=refusal)
    return done(request, f"/portal/requests/{request_id}#mark")


async def show(stay: Stay, refusal: Refusal | None = None, comment: str = "") -> Response:
    if not stay.has("feedback"):
        raise Refusal(404, "feature_closed")
    return stay.page(
        "portal/feedback.html",
        status=refusal.status if refusal else 200,
        given=await stay.reader.row("portal_feedback", request_id="is.null"),
        words=stay.said(refusal),
        comment=comment,
    )
