"""What a guest could do on the portal, done at the desk for them: the guest, what it is, the same form."""

import asyncio
import json
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE
from functions.pages.base.rendering import done
from functions.pages.inbox import reads, screen
from functions.pages.inbox.fields import Field
from functions.pages.inbox.reads import seen
from functions.pages.inbox.screen import ForGuest, GuestForm
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.stays import found, guests
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said
from functions.pages.portal.cleaning import wish
from functions.pages.portal.draft import Draft, whole_number
from functions.shared.errors import Problem
from functions.shared.writes import write_once

LATEST = 15
"""How many of the messages to a guest are listed."""

router = APIRouter(prefix="/app/inbox/guests", route_class=ConsoleRoute, include_in_schema=False)


@router.get("")
async def pick(request: Request, desk: Member, who: str = "") -> Response:
    """Whom it is for: everyone whose stay is known or whom the words name, who is in house first."""
    sight, words = Sight.of(request.query_params), " ".join(who.split())[:80]
    helping = ForGuest(guests=await guests(desk, sight, words), words=words)
    return await screen.whole(request, desk, sight, helping=helping)


@router.get("/{booking_id}")
async def choose(request: Request, desk: Member, booking_id: UUID, saved: bool = False) -> Response:
    """What can be done for them, and what they were told."""
    return await guest(request, desk, booking_id, saved=saved)


@router.post("/{booking_id}/messages/{message_id}/again")
async def send_again(request: Request, desk: Member, booking_id: UUID, message_id: UUID) -> Response:
    """A message that did not arrive, on its way once more."""
    try:
        await desk.reader.call("replay_notification", p_notification_id=str(message_id))
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await guest(request, desk, booking_id, refusal)
    return done(request, Sight.of(request.query_params).address(f"/app/inbox/guests/{booking_id}"))


@router.post("/{booking_id}/preferences/cleaning")
async def clean(request: Request, desk: Member, booking_id: UUID) -> Response:
    """How they like their room cleaned."""
    sight, form = Sight.of(request.query_params), await request.form()
    try:
        await desk.reader.call(
            "set_cleaning_preferences", p_preferences=wish(form), p_booking_id=str(booking_id)
        )
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await guest(request, desk, booking_id, refusal)
    return done(request, sight.address(f"/app/inbox/guests/{booking_id}", saved="true"))


@router.post("/{booking_id}/feedback")
async def note_mark(request: Request, desk: Member, booking_id: UUID) -> Response:
    """What a guest who has left said of the stay, at the desk or on the phone."""
    sight, form = Sight.of(request.query_params), await request.form()
    try:
        await desk.reader.call(
            "portal_leave_feedback",
            p_rating=whole_number(str(form.get("rating") or "")),
            p_comment=str(form.get("comment") or "").strip() or None,
            p_booking_id=str(booking_id),
        )
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await guest(request, desk, booking_id, refusal)
    return done(request, sight.address(f"/app/inbox/guests/{booking_id}", saved="true"))


@router.get("/{booking_id}/{slug}")
async def blank(request: Request, desk: Member, booking_id: UUID, slug: str, subtype: str = "") -> Response:
    """The form of a type, empty."""
    return await shown(request, desk, booking_id, slug, Draft.fresh(subtype))


@router.post("/{booking_id}/{slug}")
async def submit(request: Request, desk: Member, booking_id: UUID, slug: str) -> Response:
    """Ask for it in the guest's stead."""
    draft = Draft.entered(await request.form())
    booking, kinds = await asyncio.gather(found(desk, booking_id), types(desk))
    asks = asked(one_of(kinds, slug), draft.subtype)
    try:
        body = draft.request(slug, asks, ZoneInfo(desk.zone(booking["property_id"])))
        made = await write_once(
            request,
            desk.caller,
            "api.portal_submit_request",
            json.dumps(body | {"on_behalf_of": str(booking_id)}),
            draft.key,
        )
    except (Problem, Refusal) as problem:
        if problem.status not in ANSWERABLE:
            raise
        return await shown(request, desk, booking_id, slug, draft, problem)
    sight = Sight.of(request.query_params)
    return done(
        request, sight.address(f"/app/inbox/requests/{json.loads(bytes(made.body))['request']['id']}")
    )


async def guest(
    request: Request, desk: Desk, booking_id: UUID, refusal: Refusal | None = None, *, saved: bool = False
) -> Response:
    """A guest's own page at the desk; with what was refused, if something was."""
    booking, kinds, cards, messages, folio, under_way = await asyncio.gather(
        found(desk, booking_id),
        types(desk),
        menus(desk, booking_id),
        sent(desk, booking_id),
        reads.folio_of(desk, f"eq.{booking_id}"),
        reads.under_way(desk, f"eq.{booking_id}"),
    )
    helping = ForGuest(
        booking=booking,
        kinds=in_state(await still_open(desk, kinds, booking), booking["state"]),
        menus=cards,
        messages=messages,
        folio=folio,
        under_way=under_way,
        zone=desk.zone(booking["property_id"]),
        refused=said(refusal, desk.language) if refusal else None,
        saved=saved,
    )
    return await screen.whole(
        request,
        desk,
        Sight.of(request.query_params),
        helping=helping,
        status=refusal.status if refusal else 200,
    )


async def sent(desk: Desk, booking_id: UUID) -> list[Row]:
    """What the guest was sent lately on any channel; nothing where the member may not see messages."""
    return await seen(
        desk.reader.rows(
            "notification_log",
            booking_id=f"eq.{booking_id}",
            channel="neq.slack",
            order="created_at.desc,id",
            limit=str(LATEST),
        )
    )


async def shown(
    request: Request,
    desk: Desk,
    booking_id: UUID,
    slug: str,
    draft: Draft,
    problem: Problem | Refusal | None = None,
) -> Response:
    """The form as far as it is filled in; what was wrong above it."""
    booking, every = await asyncio.gather(found(desk, booking_id), types(desk))
    kinds = in_state(every, booking["state"])
    kind, there = one_of(kinds, slug), f"eq.{booking['property_id']}"
    items = (
        await desk.reader.rows(
            "catalog_items", property_id=there, kind=f"eq.{kind['catalog_kind']}", state="eq.active",
            order="position,name",
        )
        if kind["catalog_kind"]
        else []
    )  # fmt: skip
    rules = asked(kind, draft.subtype)
    rooms = (
        await seen(desk.reader.rows("room_types", select="code,name", property_id=there, order="name"))
        if any(rule["type"] == "room_type" for rule in rules.values())
        else []
    )
    form = GuestForm(kind, draft, items, fields(rules, rooms, draft, desk.language))
    helping = ForGuest(
        booking=booking, kinds=kinds, form=form, refused=said(problem, desk.language) if problem else None
    )
    return await screen.whole(
        request,
        desk,
        Sight.of(request.query_params),
        helping=helping,
        status=problem.status if problem else 200,
    )


async def types(desk: Desk) -> list[Row]:
    """What guests can ask for here."""
    return await desk.reader.rows(
        "request_types", is_offered="is.true", feature="not.is.null", order="position"
    )


async def still_open(desk: Desk, kinds: list[Row], booking: Row) -> list[Row]:
    """The types that can be asked for: in a stay all of them, after it those that are still open."""
    if booking["state"] != "post_checkout":
        return kinds
    windows = await desk.reader.rows(
        "feature_windows",
        select="feature",
        property_code=f"eq.{booking['property_code']}",
        stay_state=f"eq.{booking['state']}",
        is_open="is.true",
    )
    features = {window["feature"] for window in windows}
    return [kind for kind in kinds if kind["feature"] in features]


def in_state(kinds: list[Row], state: str) -> list[Row]:
    """The types with those of their subtypes that can be had in a state of the stay."""
    return [
        kind | {"subtypes": [one for one in kind["subtypes"] if state in one.get("states", (state,))]}
        for kind in kinds
    ]


async def menus(desk: Desk, booking_id: UUID) -> list[Row]:
    """Menus that still have a time to order for; none where the member may not order."""
    try:
        context: Row = await desk.reader.get("menu_context", p_booking_id=str(booking_id))
    except Refusal as refusal:
        if refusal.status not in (403, 404):
            raise
        return []
    return [menu for menu in context["menus"] if menu["servings"]]


def one_of(kinds: list[Row], slug: str) -> Row:
    """The type of that name."""
    for kind in kinds:
        if kind["slug"] == slug:
            return kind
    raise Refusal(404, "request_type_unknown")


def asked(kind: Row, subtype: str) -> dict[str, Row]:
    """What a type, and what its subtype, asks for; the note has a field of its own."""
    of_subtype = next((one.get("asks") or {} for one in kind["subtypes"] if one["key"] == subtype), {})
    rules: dict[str, Row] = {**(kind["asks"] or {}), **of_subtype}
    return {key: rule for key, rule in rules.items() if key != "note"}


def fields(rules: dict[str, Row], rooms: list[Row], draft: Draft, language: str) -> list[Field]:
    """One field for each thing that is asked for, with what was typed."""
    made = []
    for key, rule in rules.items():
        each = Field(key, rule["type"], worded(rule.get("label"), language) or key)
        each.is_required = bool(rule.get("required", True))
        each.value = draft.answers.get(key, "")
        if each.kind == "room_type":
            each.choices = [(room["code"], room["name"]) for room in rooms]
        names = rule.get("option_labels") or {}
        for option in rule.get("options") or []:
            each.choices.append((option, worded(names.get(option), language) or option))
        made.append(each)
    return made


def worded(label: Any, language: str) -> str:
    """A label that is kept in several languages."""
    if isinstance(label, dict):
        return str(label.get(language) or label.get("en") or "")
    return str(label or "")
