"""Stays that something can be asked for at the desk: all of them, or those that some words name."""

import asyncio
import re
from uuid import UUID

from functions.pages.base.reader import Refusal, Row
from functions.pages.inbox.reads import COUNTED, seen
from functions.pages.inbox.rows import door
from functions.pages.inbox.sight import Sight, matching
from functions.pages.inbox.visitor import Desk

PLACES = ("in_house", "departure_day", "arrival_day", "pre_checkin", "post_checkout")
"""The order in which guests are named."""
LATELY = 20
"""How many who have left are still named."""
SHARING = 50
"""How many guests whose phones end alike are looked at."""
SEARCHED = ("room_number", "guest_name", "reference")
PHONE_END = re.compile(r"[\d\s+().-]{3,}")
NO_DIGIT = re.compile(r"\D")


async def guests(desk: Desk, sight: Sight, words: str) -> list[Row]:
    """Stays that something can be asked for, at the property that is looked at; with words those that fit."""
    fitting = await naming(desk, words)
    here, left = await asyncio.gather(
        stays(desk, sight, "in.(CHECKED_IN,PENDING)", "check_in,room_number,guest_name", COUNTED, fitting),
        stays(desk, sight, "eq.CHECKED_OUT", "checked_out_on.desc", LATELY, fitting),
    )
    known = [row for row in (*here, *left) if row["state"] in PLACES]
    return sorted(known, key=lambda row: (PLACES.index(row["state"]), row["property_code"], door(row)))


async def naming(desk: Desk, words: str) -> dict[str, str]:
    """The condition that each word is in the room, the name or the reference, or that the phone ends so."""
    if not words:
        return {}
    named = f"and({','.join(matching(word, SEARCHED) for word in words.split())})"
    ids = await phones_ending(desk, NO_DIGIT.sub("", words)) if PHONE_END.fullmatch(words) else []
    return {"or": f"({named},guest_id.in.({','.join(ids)}))" if ids else f"({named})"}


async def phones_ending(desk: Desk, digits: str) -> list[str]:
    """Guests whose phone ends in these digits, as far as the member may read phones."""
    if len(digits) < 3:
        return []
    found = await seen(desk.reader.rows("guests", select="id", phone=f"like.*{digits}", limit=str(SHARING)))
    return [row["id"] for row in found]


async def stays(
    desk: Desk, sight: Sight, checkin_status: str, order: str, most: int, fitting: dict[str, str]
) -> list[Row]:
    """Confirmed stays that have come so far."""
    where = {"property_code": f"eq.{sight.property_code}"} if sight.property_code else {}
    return await seen(
        desk.reader.rows(
            "bookings",
            select="id,guest_name,room_number,property_code,state,check_in,check_out,reference",
            status="eq.confirmed",
            checkin_status=checkin_status,
            order=order,
            limit=str(most),
            **where,
            **fitting,
        )
    )


async def found(desk: Desk, booking_id: UUID) -> Row:
    """The stay; another hotel's and a missing one are the same 404."""
    row = await desk.reader.row("bookings", id=f"eq.{booking_id}")
    if row is None or row["state"] is None:
        raise Refusal(404, "booking_not_found")
    return row
