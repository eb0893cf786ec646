"""One form for every request type: the type says what it asks for, the draft what has been entered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE
from functions.pages.base.rendering import done
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.basket import Basket
from functions.pages.portal.draft import Draft
from functions.pages.portal.identity import IDENTITY_WANTED, ask_who, confirm
from functions.pages.portal.stay import MyStay, Stay

SOONEST = timedelta(minutes=15)
STEP = 5
"""Minutes."""
CHANGE = "booking_action"

router = APIRouter(route_class=VisitRoute)


@router.get("/portal/request/{slug}")
async def request_form(request: Request, stay: MyStay, slug: str, subtype: str = "") -> Response:
    return await show(stay, await find_type(stay, slug), Draft.fresh(subtype))


@router.post("/portal/request/{slug}")
async def submit(request: Request, stay: MyStay, slug: str) -> Response:
    """A counter's step, the answer to who is asking, or the request itself."""
    form = await request.form()
    kind, draft = await find_type(stay, slug), Draft.entered(form)
    if form.get("step"):
        return await show(stay, kind, draft)
    here = f"/portal/request/{slug}"
    if form.get("who"):
        refused = await confirm(stay.reader, form)
        if refused:
            return ask_who(stay, here, draft.fields(), refused=refused)
        if slug == CHANGE and await costs(stay, kind, draft):
            return await show(stay, kind, draft)
    try:
        sent = await send(stay, draft.request(slug, asks_of(kind, draft.subtype), stay.zone), draft.key)
    except Refusal as refusal:
        if refusal.slug in IDENTITY_WANTED:
            return ask_who(stay, here, draft.fields())
        if refusal.slug == "idempotency_key_reused":
            return await show(stay, kind, draft.renewed(), refusal)
        if refusal.status in ANSWERABLE:
            return await show(stay, kind, draft, refusal)
        raise
    return done(request, f"/portal/requests/{sent['id']}?sent=1")


@router.post("/portal/request/booking_action/offer")
async def offer(request: Request, stay: MyStay) -> Response:
    """Whether what the form says so far can be had, and for how much."""
    kind, draft = await find_type(stay, CHANGE), Draft.entered(await request.form())
    return stay.page("portal/_offer.html", kind=kind, offer=await offer_of(stay, kind, draft))


async def offer_of(stay: Stay, kind: Row, draft: Draft) -> Row | None:
    """The availability answer; None while the form is not complete, or we do not know who is asking."""
    asks = asks_of(kind, draft.subtype)
    given = {name: text for name, text in draft.answers.items() if name in asks}
    if any(asked.get("required", True) and name not in given for name, asked in asks.items()):
        return None
    try:
        found: Row = await stay.reader.call(
            "booking_change_offer", p_subtype=draft.subtype, p_inputs=given, p_booking_id=None
        )
    except Refusal as refusal:
        if refusal.status in ANSWERABLE:
            return None
        raise
    if not found["is_available"]:
        found["words"] = stay.said(Refusal(409, found["slug"], found["message"], found["hint"] or ""))
    return found


async def costs(stay: Stay, kind: Row, draft: Draft) -> bool:
    """Whether there is something to read before it is sent, as strangers were not shown the price."""
    found = await offer_of(stay, kind, draft)
    return found is not None and (not found["is_available"] or float(found["amount"] or 0) > 0)


def asks_of(kind: Row, subtype: str) -> dict[str, Row]:
    """What the type asks for, and beyond it the subtype that was chosen."""
    own = next((one["asks"] for one in kind["subtypes"] if one["key"] == subtype), None)
    return {**(kind["asks"] or {}), **(own or {})}


async def send(stay: Stay, body: Mapping[str, Any], key: str) -> Row:
    """Submit as the guest, under the key of the form: a second tap gets the first one's request."""
    done_once = await stay.reader.call("portal_submit_request", p_request=body, p_idempotency_key=key)
    request: Row = done_once["body"]["request"]
    return request


async def find_type(stay: Stay, slug: str) -> Row:
    kind = await stay.reader.row("portal_request_types", slug=f"eq.{slug}")
    if kind is None:
        raise Refusal(404, "request_type_not_found")
    return kind


async def show(stay: Stay, kind: Row, draft: Draft, refusal: Refusal | None = None) -> Response:
    """The form with what was entered; the refusal, if there was one, above it."""
    items = (
        await stay.reader.rows("portal_catalog", kind=f"eq.{kind['catalog_kind']}", order="position,name")
        if kind["catalog_kind"]
        else []
    )
    chosen = next((one for one in kind["subtypes"] if one["asks"] and one["key"] == draft.subtype), None)
    asks_each = any(one["asks"] for one in kind["subtypes"])
    is_change = chosen and kind["slug"] == CHANGE and not refusal
    return stay.page(
        stay.part("portal/request_form.html", "portal/_request_form.html"),
        status=refusal.status if refusal else 200,
        kind=kind,
        kinds=kind["subtypes"] if asks_each and not chosen else [],
        chosen=chosen,
        asks=asks_of(kind, draft.subtype),
        offer=await offer_of(stay, kind, draft) if is_change else None,
        draft=draft,
        basket=Basket.of(items, draft),
        words=stay.said(refusal),
        soonest=soonest(stay.now),
    )


def soonest(now: datetime) -> str:
    """The first time that can be picked, on the property's wall; pickers count their steps from it."""
    local = now + SOONEST
    rounded = local.replace(minute=local.minute // STEP * STEP) + timedelta(minutes=STEP)
    return rounded.strftime("%Y-%m-%dT%H:%M")
