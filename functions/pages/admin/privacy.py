"""What the hotel holds of its guests: found, explained and erased, and how long anything is kept at all."""

import re
from typing import Any
from unicodedata import normalize
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.integrity import zone_of
from functions.pages.admin.privacy_words import said
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Reader, Refusal, Row
from functions.pages.base.rendering import done

ERASE = "hotel:guests:write"
SETTINGS = "hotel:settings:write"
HOTEL = "hotel"
"""What stands for all properties where one is chosen."""
PAGE = 20
# What means something to the filter's own grammar, or to a pattern.
GRAMMAR = re.compile(r'[*%\\"]')
PHONE = re.compile(r"\+?[\d\s()./-]{3,}")

router = APIRouter(route_class=AdminRoute)


@router.get("/admin/privacy")
async def privacy(request: Request, office: Manager) -> Response:
    """The search for a guest, and how long data is kept; each for those who may."""
    if not (office.may(ERASE) or office.may(SETTINGS)):
        raise Refusal(403, "permission_missing")
    query = request.query_params
    words = query.get("q", "").strip()[:100]
    found = await guests(office.reader, words, query.get("before", "")) if office.may(ERASE) else None
    return await privacy_page(office, query.get("property", ""), words=words, found=found)


@router.get("/admin/privacy/guests/{guest_id}")
async def one(office: Manager, guest_id: UUID) -> Response:
    """One guest: what is held, whether they can be erased, what would stay."""
    return await guest_page(office, guest_id)


@router.post("/admin/privacy/guests/{guest_id}/erase")
async def erase(request: Request, office: Manager, guest_id: UUID) -> Response:
    """The guest is erased, once whoever asks for it has typed their last name."""
    form = await request.form()
    guest = await found_guest(office, guest_id)
    if guest["erased_at"] is None:
        if not is_same_name(text(form, "last_name"), guest["last_name"]):
            return await guest_page(office, guest_id, refused=Refusal(422, "last_name_differs"))
        try:
            await office.reader.call("erase_guest", p_guest_id=str(guest_id))
        except Refusal as refusal:
            if refusal.status != 409:
                raise
            return await guest_page(office, guest_id, refused=refusal)
    return done(request, f"/admin/privacy/guests/{guest_id}")


async def privacy_page(
    office: Office,
    property_code: str,
    *,
    words: str = "",
    found: list[Row] | None = None,
    typed: FormData | None = None,
    refused: Refusal | None = None,
) -> Response:
    """Guests that were found, and the days of one property, as they are or as they were typed."""
    retention = await office.reader.get("retention_settings") if office.may(SETTINGS) else None
    return office.page(
        "admin/privacy.html",
        status=refused.status if refused else 200,
        may_erase=office.may(ERASE),
        words=words,
        found=found and found[:PAGE],
        more=found[PAGE - 1]["id"] if found and len(found) > PAGE else "",
        retention=retention,
        property=property_chosen(retention, property_code) if retention else None,
        typed=typed,
        refused=said(refused, office.language) if refused else None,
    )


async def guest_page(office: Office, guest_id: UUID, *, refused: Refusal | None = None) -> Response:
    """The page of one guest. Who also stayed where the manager does not work is named and not told of."""
    guest = await found_guest(office, guest_id)
    try:
        told = await office.reader.get("explain_erasure", p_guest_id=str(guest_id))
    except Refusal as refusal:
        if refusal.status != 403:
            raise
        told = None
    return office.page(
        "admin/privacy_guest.html",
        status=refused.status if refused else 200,
        guest=guest,
        told=told,
        reasons={each["what"]: each["reason"] for each in (told["stays"] or [])} if told else {},
        refused=said(refused, office.language) if refused else None,
        zone=zone_of(office),
    )


async def found_guest(office: Office, guest_id: UUID) -> Row:
    """The guest's row, for whoever may erase guests at all."""
    if not office.may(ERASE):
        raise Refusal(403, "permission_missing")
    guest = await office.reader.row("guests", id=f"eq.{guest_id}")
    if guest is None:
        raise Refusal(404, "guest_not_found")
    return guest


async def guests(reads: Reader, words: str, before: str) -> list[Row] | None:
    """One more than a page shows, newest first, by key and not by offset; None where nothing is asked."""
    wanted = conditions(words)
    if not wanted:
        return [] if words else None
    older: dict[str, Any] = {"id": f"lt.{before}"} if is_id(before) else {}
    return await reads.rows(
        "guests",
        order="id.desc",
        limit=str(PAGE + 1),
        select="id,name,email,phone",
        erased_at="is.null",
        **{"and": wanted},
        **older,
    )


def conditions(words: str) -> str:
    """For PostgREST: every word stands in the name, the e-mail or the phone; a phone as people write it."""
    if PHONE.fullmatch(words):
        digits = re.sub(r"\D", "", words).lstrip("0")
        return f'(phone.ilike."*{digits}*")' if digits else ""
    plain = [word for word in GRAMMAR.sub(" ", words).split() if word]
    each = [",".join(f'{column}.ilike."*{word}*"' for column in ("name", "email", "phone")) for word in plain]
    return f"({','.join(f'or({one})' for one in each)})" if each else ""


def is_same_name(typed: str, name: str) -> bool:
    """Whether a name was typed as it is written, whatever its case."""
    return normalize("NFC", typed).casefold() == normalize("NFC", name).strip().casefold()


def is_id(value: str) -> bool:
    """Whether it can be the id of a row."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def property_chosen(retention: dict[str, Any], code: str) -> Row:
    """The property whose days are shown, `hotel` for what belongs to none; the first unless one is named."""
    properties: list[Row] = list(retention["properties"] or [])
    if retention["hotel"]:
        properties.append({"code": HOTEL, "name": "", "classes": retention["hotel"]})
    return next((each for each in properties if each["code"] == code), properties[0])
