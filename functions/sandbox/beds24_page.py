"""Beds24's own side of the sandbox: `/sandbox/beds24`, a page and its few calls.

A developer makes, changes and cancels bookings there; the webhook follows about once, late, doubled or never.
"""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import Field

from functions.sandbox.beds24_books import PROPERTIES, STATUSES
from functions.sandbox.beds24_hooks import HEADER, Mode
from functions.sandbox.control import Asked, Own, own_site_only
from functions.sandbox.pages import HEADERS, templates
from functions.sandbox.switches import Switch
from functions.sandbox.wording import LANGUAGES, preferred, words_in

PAGE = "/sandbox/beds24"
LISTED = 60
NUMBERS = ("roomId", "unitId", "numAdult")

router = APIRouter(prefix=PAGE, dependencies=[Depends(own_site_only)], include_in_schema=False)


class Change(Asked):
    """A booking as Beds24's own page would save it; `modified_at` in seconds, for tests of what is older."""

    booking: dict[str, Any]
    modified_at: float | None = None


class Hook(Asked):
    """Where a property's changes are told."""

    property_id: int
    address: str
    secret: str


class NewMode(Asked):
    late: float = Field(0.5, ge=0, le=120)
    copies: int = Field(0, ge=0, le=1000)
    is_lost: bool = False


class NewCredits(Asked):
    limit: float = Field(100, gt=0)
    left: float = Field(100, ge=0)
    window: float = Field(300, gt=0)
    page_size: int = Field(100, ge=1)


class End(Asked):
    refresh: bool = False


@router.post("/bookings", status_code=201)
async def change(sandbox: Own, asked: Change) -> dict[str, Any]:
    """Makes or changes a booking; the webhook follows."""
    answer = sandbox.beds24.write(asked.booking, asked.modified_at)
    if not answer["success"]:
        raise HTTPException(422, answer["errors"])
    number = (answer.get("new") or answer["modified"])["id"]
    found = sandbox.beds24.books.get("booking", str(number))
    assert found is not None
    return found


@router.get("/bookings")
async def bookings(sandbox: Own) -> list[dict[str, Any]]:
    return list(sandbox.beds24.books.bookings())


@router.post("/invite", status_code=201)
async def invite(sandbox: Own) -> dict[str, str]:
    return {"code": sandbox.beds24.books.invite()}


@router.put("/hooks", status_code=204)
async def set_hook(sandbox: Own, asked: Hook) -> None:
    sandbox.beds24.hooks.addresses[asked.property_id] = (asked.address, asked.secret)


@router.get("/hooks")
async def told(sandbox: Own) -> list[dict[str, Any]]:
    """What was told, and how it was answered."""
    return sandbox.beds24.hooks.told


@router.put("/mode", status_code=204)
async def set_mode(sandbox: Own, asked: NewMode) -> None:
    sandbox.beds24.hooks.mode = Mode(**asked.model_dump())


@router.put("/credits", status_code=204)
async def set_credits(sandbox: Own, asked: NewCredits) -> None:
    account = sandbox.beds24.credits
    account.limit, account.left, account.window = asked.limit, asked.left, asked.window
    account.resets_at = time.time() + asked.window
    sandbox.beds24.page_size = asked.page_size


@router.post("/tokens/end", status_code=204)
async def end_tokens(sandbox: Own, asked: End) -> None:
    sandbox.beds24.books.end_tokens(refresh=asked.refresh)


@router.get("")
async def page(request: Request, sandbox: Own, code: str = "", lang: str | None = None) -> Response:
    """The page, in the visitor's language."""
    language = preferred(
        lang or request.cookies.get("sandbox_language"), request.headers.get("accept-language", "")
    )
    account = sandbox.beds24.credits
    html = (
        templates()
        .get_template("beds24.html")
        .render(
            t=words_in(language),
            language=language,
            languages=LANGUAGES,
            bookings=list(sandbox.beds24.books.bookings())[-LISTED:][::-1],
            properties=PROPERTIES.values(),
            statuses=STATUSES,
            mode=sandbox.beds24.hooks.mode,
            told=sandbox.beds24.hooks.told[-10:][::-1],
            left=account.limit if time.time() >= account.resets_at else account.left,
            limit=account.limit,
            is_down=any(switch.provider == "beds24" for switch in sandbox.switchboard.switches),
            code=code,
            header=HEADER,
        )
    )
    return HTMLResponse(html, headers={**HEADERS, "Vary": "Accept-Language, Cookie"})


@router.post("/do")
async def do(request: Request, sandbox: Own, act: Annotated[str, Form()] = "") -> Response:
    """The page's buttons: does one thing and shows the page again."""
    beds24, form = sandbox.beds24, await request.form()
    given = {name: str(value) for name, value in form.items() if name != "act" and str(value) != ""}
    match act:
        case "save":
            booking: dict[str, Any] = {
                name: int(value) if name in (*NUMBERS, "id") and value.isdecimal() else value
                for name, value in given.items()
            }
            if "price" in booking:
                booking["price"] = float(booking["price"])
            beds24.write({"subStatus": "none", **booking})
        case "mode":
            beds24.hooks.mode = Mode(
                float(given.get("late", "0.5")), int(given.get("copies", "0")), "is_lost" in given
            )
        case "spend":
            beds24.credits.left, beds24.credits.resets_at = 0.0, time.time() + beds24.credits.window
        case "give":
            beds24.credits.resets_at = 0.0
        case "invite":
            return RedirectResponse(f"{PAGE}?code={beds24.books.invite()}", status_code=303)
        case "end_access" | "end_refresh":
            beds24.books.end_tokens(refresh=act == "end_refresh")
        case "down":
            for operation in ("create", "lookup"):
                sandbox.switchboard.add(
                    Switch(0, "fail", "beds24", operation, times=None, status=503, code="Unavailable")
                )
        case "up":
            for switch in [one for one in sandbox.switchboard.switches if one.provider == "beds24"]:
                sandbox.switchboard.remove(switch.id)
        case "cut":
            sandbox.switchboard.add(Switch(0, "accept_then_drop", "beds24"))
    return RedirectResponse(PAGE, status_code=303)
