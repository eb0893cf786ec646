"""Wishes about a stay at the Lodge: asked for, decided, carried out."""

from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

from tests.desk import MANAGER, RECEPTION, Booking, Desk
from tests.races import Connection

numbers = count(1)


def offer(desk: Desk, booking: Booking, subtype: str, by: str = RECEPTION, **inputs: Any) -> dict[str, Any]:
    """Whether a change can be had, and for how much."""
    answer: dict[str, Any] = desk.call(
        "booking_change_offer",
        by,
        p_subtype=subtype,
        p_inputs=Jsonb(written(desk, inputs)),
        p_booking_id=booking["id"],
    )
    return answer


def wish(desk: Desk, booking: Booking, subtype: str, **inputs: Any) -> Any:
    """A change asked for by reception on behalf of the guest; the request's id."""
    given = {"type_slug": "booking_action", "subtype": subtype, "on_behalf_of": booking["id"]}
    answer = desk.call(
        "portal_submit_request",
        p_request=Jsonb(given | written(desk, inputs)),
        p_idempotency_key=f"wish {next(numbers)}",
    )
    return answer["body"]["request"]["id"]


def act(
    desk: Desk,
    request: Any,
    action: str,
    by: str = MANAGER,
    conn: Connection | None = None,
    expected: str | None = None,
    **given: Any,
) -> dict[str, Any]:
    """One action of the workflow."""
    answer: dict[str, Any] = desk.call(
        "portal_update_request_status",
        by,
        conn,
        p_request_id=request,
        p_action=action,
        p_expected_status=expected,
        p_input=Jsonb(given),
    )
    return answer


def approve(desk: Desk, request: Any, amount: str = "0", **how: Any) -> dict[str, Any]:
    """The manager says yes; `room_id` chooses the room of a change of rooms."""
    return act(desk, request, "approve", amount=amount, **how)


def granted(desk: Desk, booking: Booking, subtype: str, amount: str = "0", **inputs: Any) -> Any:
    """A change that was wished and approved; the request's id."""
    request = wish(desk, booking, subtype, **inputs)
    approve(desk, request, amount)
    return request


def written(desk: Desk, inputs: dict[str, Any]) -> dict[str, Any]:
    """Days counted from the first one become dates."""
    return {
        name: desk.day(value).isoformat() if isinstance(value, int) else value
        for name, value in inputs.items()
    }


def of_booking(desk: Desk, booking: Booking, column: str) -> Any:
    """One column of the booking as it is now."""
    return desk.one(f"select {column} from public.bookings where id = %s", booking["id"])


def tax_changes_of_stay(desk: Desk) -> None:
    """The Lodge's tax falls on changes of a stay too."""
    desk.db.execute(
        "update public.tax_codes set categories = categories"
        " || array['late_checkout', 'early_checkin', 'extension', 'fee'] where property_id = %s",
        (desk.property_id,),
    )
