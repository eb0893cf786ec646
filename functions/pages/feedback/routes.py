"""What guests said of their stays, newest first."""

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import render
from functions.pages.inbox.visitor import ConsoleRoute, Member

MOST = 100

router = APIRouter(route_class=ConsoleRoute, include_in_schema=False)


@router.get("/app/feedback")
async def feedback(request: Request, desk: Member) -> Response:
    """The last hundred marks of the properties the member works at."""
    if not desk.may("hotel:guests:read"):
        raise Refusal(403)
    marks = await desk.reader.rows("feedback", order="given_at.desc,id.desc", limit=str(MOST))
    return render(request, "feedback/feedback.html", language=desk.language, desk=desk, marks=marks)
