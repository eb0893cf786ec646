"""Breakfast, lunch and dinner ordered beforehand: a time, dishes with their choices, one look, one tap."""

import uuid
from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from functions.pages.base.formats import at, weekday_moment
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE
from functions.pages.base.rendering import done
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.identity import IDENTITY_WANTED, ask_who, confirm
from functions.pages.portal.menu_draft import MenuDraft
from functions.pages.portal.stay import MyStay, Stay

MOST_TIMES = 6

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/breakfast")
async def breakfast(stay: MyStay) -> Response:
    """The breakfast; where there are several to be had, which one."""
    context: Row = await stay.reader.get("menu_context", p_meal="breakfast")
    menus = [one for one in context["menus"] if is_to_be_had(one)] or context["menus"]
    if not menus:
        raise Refusal(404, "menu_unknown")
    if len(menus) > 1:
        cards = menu_cards(menus, stay.zone)
        return stay.page("portal/menus.html", cards=cards, **days_of(context))
    return show(stay, context, menus[0], MenuDraft.fresh(context["people"]))


@router.get("/portal/menu/{menu_slug}")
async def menu(stay: MyStay, menu_slug: str, order: str = "") -> Response:
    """A menu: fresh, or with an order that is to be changed."""
    context, found = await find_menu(stay, menu_slug)
    changed = next((one for one in found["orders"] if one["request_id"] == order and one["is_open"]), None)
    draft = MenuDraft.of_order(changed) if changed else MenuDraft.fresh(context["people"])
    return show(stay, context, found, draft)


@router.get("/portal/requests/{request_id}/menu")
async def change(request: Request, stay: MyStay, request_id: uuid.UUID) -> Response:
    """From an order's own page to its menu, with the order filled in."""
    context = await stay.reader.get("menu_context")
    for found in context["menus"]:
        if any(one["request_id"] == str(request_id) for one in found["orders"]):
            return done(request, f"/portal/menu/{found['slug']}?order={request_id}")
    raise Refusal(404, "request_not_found")


@router.post("/portal/menu/{menu_slug}")
async def choose(request: Request, stay: MyStay, menu_slug: str) -> Response:
    """A counter's step, the order shown once more, the answer to who is asking, or the order itself."""
    form = await request.form()
    context, found = await find_menu(stay, menu_slug)
    draft = MenuDraft.entered(form)
    if form.get("step") or form.get("another") or form.get("back"):
        return show(stay, context, found, draft)
    if draft.gone(found):
        return show(stay, context, found, draft, Refusal(409, "choice_gone"))
    if not (form.get("confirmed") or form.get("who")):
        return review(stay, context, found, draft)
    here, fields = (
        f"/portal/menu/{menu_slug}",
        [*draft.fields(), ("expected", draft.expected), ("confirmed", "yes")],
    )
    if form.get("who"):
        refused = await confirm(stay.reader, form)
        if refused:
            return ask_who(stay, here, fields, refused=refused)
    try:
        sent = await send(stay, draft, found)
    except Refusal as refusal:
        if refusal.slug in IDENTITY_WANTED:
            return ask_who(stay, here, fields)
        if refusal.status not in ANSWERABLE:
            raise
        # what is refused is often gone: the menu is read again
        context, found = await find_menu(stay, menu_slug)
        return show(stay, context, found, draft.after(refusal), refusal)
    return done(request, f"/portal/requests/{sent['id']}?sent=1")


async def send(stay: Stay, draft: MenuDraft, found: Row) -> Row:
    """Order, or change, under the key of the form: a second tap gets the first one's answer."""
    given: dict[str, Any] = {"p_order": draft.body(found), "p_idempotency_key": draft.key}
    if draft.order:
        answer = await stay.reader.call("change_menu_order", p_request_id=draft.order, **given)
    else:
        answer = await stay.reader.call("submit_menu_order", **given)
    request: Row = answer["body"]["request"]
    return request


def review(stay: Stay, context: Row, found: Row, draft: MenuDraft) -> Response:
    """The order once more with its total; or the form again, where something is still to be said."""
    serving = next((one for one in found["servings"] if draft.serving == name_of(one)), None)
    if serving is None:
        missing = too_late(stay, found) if draft.serving else Refusal(422, "slot_unknown")
        return show(stay, context, found, draft, missing)
    refused = draft.refused(found)
    if refused:
        return show(stay, context, found, draft, refused)
    total = draft.total(found)
    return stay.page(
        "portal/menu_review.html",
        menu=found,
        draft=draft,
        lines=draft.lines(found),
        serving=serving,
        total=total,
        shown=str(total),
    )


def too_late(stay: Stay, found: Row) -> Refusal:
    """The time that was chosen has closed since; what else there is, as the database would say it."""
    left = [one["starts_at"] for one in found["servings"] if one["places_left"]][:MOST_TIMES]
    times = "; ".join(weekday_moment(stay.language, one, stay.zone.key) for one in left)
    return Refusal(409, "slot_closed", hint=f"Instead: {times}." if times else "")


async def find_menu(stay: Stay, menu_slug: str) -> tuple[Row, Row]:
    """What can be ordered, and the menu that is meant."""
    context: Row = await stay.reader.get("menu_context")
    found = next((one for one in context["menus"] if one["slug"] == menu_slug), None)
    if found is None:
        raise Refusal(404, "menu_unknown")
    return context, found


def show(stay: Stay, context: Row, found: Row, draft: MenuDraft, refusal: Refusal | None = None) -> Response:
    """The form with what was entered; the refusal, if there was one, above it."""
    days = [
        (day, [{**serving, "name": name_of(serving)} for serving in servings])
        for day, servings in groupby(found["servings"], key=lambda one: one["served_on"])
    ]
    parts = [(kind, list(of_it)) for kind, of_it in groupby(found["parts"], key=lambda one: one["kind"])]
    return stay.page(
        stay.part("portal/menu.html", "portal/_menu_form.html"),
        status=refusal.status if refusal else 200,
        menu=found,
        named=sum(one["meal"] == found["meal"] and is_to_be_had(one) for one in context["menus"]) > 1,
        **days_of(context),
        is_open=context["is_open"],
        days=days,
        parts=parts,
        draft=draft,
        gone=draft.gone(found),
        orders=[one for one in found["orders"] if one["request_id"] != draft.order],
        words=stay.said(refusal),
        where=f"dish-{left_open(draft, found)}" if refusal and refusal.slug == "choices_invalid" else "",
    )


def left_open(draft: MenuDraft, found: Row) -> str:
    """The first dish of which something is still to be chosen."""
    return next((str(line.part["id"]) for line in draft.lines(found) if line.unanswered), "")


def days_of(context: Row) -> Row:
    """Today and tomorrow at the property, as a page compares days with them."""
    today = date.fromisoformat(context["today"])
    return {"today": today.isoformat(), "tomorrow": (today + timedelta(days=1)).isoformat()}


def name_of(serving: Row) -> str:
    """A serving as the form names it: slot and day."""
    return f"{serving['slot_id']} {serving['served_on']}"


def is_to_be_had(found: Row) -> bool:
    """Whether there is something to order or to look after."""
    return bool(found["servings"] or found["orders"])


def menu_cards(menus: list[Row], zone: ZoneInfo) -> list[Row]:
    """Each menu with its next day, until when it can be ordered, and what stands.

    `named` is one of several menus of its meal.
    """
    meals = Counter(found["meal"] for found in menus)
    cards = []
    for found in menus:
        day = found["servings"][0]["served_on"] if found["servings"] else None
        standing = found["orders"]
        closes_at = max(
            (one["closes_at"] for one in found["servings"] if one["served_on"] == day), default=None
        )
        cards.append(
            {
                "slug": found["slug"],
                "meal": found["meal"],
                "name": found["name"],
                "description": found["description"],
                "named": meals[found["meal"]] > 1,
                "day": standing[0]["served_on"] if standing else day,
                "closes_at": closes_at,
                "closes_on": at(closes_at, zone.key).date().isoformat() if closes_at else None,
                "order": standing[0] if standing else None,
            }
        )
    return cards
