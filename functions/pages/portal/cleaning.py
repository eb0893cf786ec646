"""Cleaning: every day or not, when, and not today."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.stay import MyStay, Stay

TODAY = {"clean": (False, False), "skip": (True, False), "quiet": (False, True)}
"""What the guest chooses for today: (skip_today, do_not_disturb_today)."""

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/cleaning")
async def cleaning(request: Request, stay: MyStay, saved: bool = False) -> Response:
    return await show(stay, saved=saved)


@router.post("/portal/cleaning")
async def save(request: Request, stay: MyStay) -> Response:
    form = await request.form()
    try:
        await stay.reader.call("set_cleaning_preferences", p_preferences=wish(form))
    except Refusal as refusal:
        if refusal.status in (409, 422):
            return await show(stay, refusal=refusal)
        raise
    return done(request, "/portal/cleaning?saved=true")


def wish(form: FormData) -> dict[str, Any]:
    """What the form asks for; what it leaves out stays as it is."""
    asked: dict[str, Any] = {}
    if form.get("daily") in ("yes", "no"):
        asked["daily"] = form["daily"] == "yes"
    if "time" in form:
        asked["time"] = str(form["time"]).strip() or None
    if form.get("today") in TODAY:
        asked["skip_today"], asked["do_not_disturb_today"] = TODAY[str(form["today"])]
    return asked


async def show(stay: Stay, *, saved: bool = False, refusal: Refusal | None = None) -> Response:
    wanted = await stay.reader.row("portal_cleaning")
    if wanted is None:
        raise Refusal(404, "feature_closed")
    return stay.page(
        "portal/cleaning.html",
        status=refusal.status if refusal else 200,
        wanted=wanted,
        today="quiet" if wanted["do_not_disturb_today"] else "skip" if wanted["skip_today"] else "clean",
        saved=saved,
        words=stay.said(refusal),
    )
