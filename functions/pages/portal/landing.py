"""The first page: what is under way, what can be asked for, and the quiet cards below."""

import asyncio
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Row
from functions.pages.base.routing import PageRoute
from functions.pages.portal.stay import MyStay, Stay

SHOWN_AFTER_CLOSING = timedelta(minutes=30)
MOST_READ, MOST_SHOWN = 20, 4

router = APIRouter(route_class=PageRoute)


async def landing(stay: Stay) -> Response:
    types, requests = await asyncio.gather(
        stay.reader.rows("portal_request_types", is_open="is.true", order="position"),
        requests_now(stay),
    )
    return stay.page("portal/landing.html", types=types, requests=requests, greeting=stay.greeting())


@router.get("/portal/now")
async def now(request: Request, stay: MyStay) -> Response:
    """The part of the landing page that moves: asked for again at each event."""
    return stay.page("portal/_now.html", requests=await requests_now(stay))


async def requests_now(stay: Stay) -> list[Row]:
    """Open requests, newest first, and after them for a while those that were just closed."""
    since = (datetime.now(UTC) - SHOWN_AFTER_CLOSING).isoformat()
    rows = await stay.reader.rows(
        "portal_requests",
        **{"or": f"(phase.neq.closed,updated_at.gt.{since})"},
        order="created_at.desc",
        limit=str(MOST_READ),
    )
    return sorted(rows, key=lambda each: bool(each["phase"] == "closed"))[:MOST_SHOWN]
