"""submit-menu-order: a guest orders from a menu for a day and time, or staff do so for a guest."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from functions.shared.bodies import IdempotencyKey, JsonText
from functions.shared.callers import BearerCaller
from functions.shared.errors import refusals
from functions.shared.writes import described_write, write_once

router = APIRouter(tags=["menus"])


class Part(BaseModel):
    """A side or a drink, and how often."""

    id: str
    quantity: int = Field(ge=1)


class Dish(Part):
    """A dish, with what was chosen of each of its groups: {group id: [key]}."""

    choices: dict[str, list[str]] = {}


class MenuOrder(BaseModel):
    """What is ordered, for when and for how many."""

    menu_id: str
    slot_id: str
    served_on: str = Field(examples=["2026-04-24"])
    people: int = Field(1, ge=1, le=50)
    items: list[Dish] = []
    sides: list[Part] = []
    drinks: list[Part] = []
    note: str | None = Field(None, description="Allergies and wishes, up to 2000 characters.")
    expected_total: float | None = Field(
        None, description="What was shown; refused if it costs something else now."
    )
    on_behalf_of: str | None = Field(None, description="Staff only: the booking that it is for.")


ANSWERS: dict[int | str, dict[str, Any]] = {
    **refusals(400, 401, 403, 404, 409, 413, 422, 503),
    200: {"description": "A replay: the same body, with Idempotent-Replayed: true"},
}


@router.post(
    "/functions/v1/submit-menu-order",
    status_code=201,
    responses=ANSWERS,
    openapi_extra=described_write(MenuOrder),
)
async def submit_menu_order(
    request: Request, caller: BearerCaller, key: IdempotencyKey, body: JsonText
) -> Response:
    """Orders once, whatever the number of repeats under the same Idempotency-Key."""
    return await write_once(request, caller, "api.submit_menu_order", body, key)
