"""get-menu-context: what can be ordered of a meal, when, and until when."""

from fastapi import APIRouter, Request, Response

from functions.shared.callers import BearerCaller
from functions.shared.db import run_command
from functions.shared.errors import refusals

router = APIRouter(tags=["menus"])


@router.get("/functions/v1/get-menu-context", responses=refusals(400, 401, 403, 404))
async def get_menu_context(
    request: Request, caller: BearerCaller, meal: str | None = None, booking_id: str | None = None
) -> Response:
    """Menus with dishes, choices, prices and times, and the stay's orders. Staff name the booking."""
    answer = await run_command(
        request, caller, "select api.menu_context(%s, %s::uuid)::text", (meal, booking_id)
    )
    return Response(answer.row[0], headers={"Cache-Control": "no-store"}, media_type="application/json")
