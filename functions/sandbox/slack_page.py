"""Where the sandbox's Slack is pressed: by the page's buttons, and by programs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from functions.sandbox.control import Own, own_site_only
from functions.sandbox.slack_people import FIRST, USERS
from functions.sandbox.slack_press import Press

router = APIRouter(prefix="/sandbox", dependencies=[Depends(own_site_only)], include_in_schema=False)


async def told(sandbox: Own, press: Press) -> int:
    """Presses, if there is such a card, button and user."""
    message = sandbox.messages.find(press.message)
    if message is None or message.channel != "slack" or press.user not in USERS:
        raise HTTPException(404, "There is no such card or user.")
    return await sandbox.presses.tell(message, press)


@router.post("/presses", status_code=201)
async def press_by_program(sandbox: Own, press: Press) -> dict[str, int]:
    return {"status": await told(sandbox, press)}


@router.post("/press")
async def press_on_page(
    sandbox: Own,
    message: Annotated[str, Form()],
    action: Annotated[str, Form()],
    user: Annotated[str, Form()] = FIRST,
    amount: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=500)] = "",
    here: Annotated[str, Form()] = "",
) -> Response:
    """A card's buttons on the page; the card changes when it has been written anew."""
    typed = {"amount": amount, "reason": reason}
    await told(sandbox, Press(message=message, action=action, user=user, typed=typed))
    return RedirectResponse(f"/sandbox?{here}" if here else "/sandbox", status_code=303)
