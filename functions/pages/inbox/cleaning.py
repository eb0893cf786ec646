"""Which rooms are cleaned on a day, which are not and why, as the morning decided."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import render
from functions.pages.inbox.visitor import ConsoleRoute, Member

PAGE: Final = "/app/cleaning"

router = APIRouter(prefix=PAGE, route_class=ConsoleRoute, include_in_schema=False)


@router.get("")
async def cleaning(request: Request, desk: Member) -> Response:
    """A day of a property; `property` is its code, `day` an ISO date, today without."""
    wanted = request.query_params.get("property", "")
    here = next((one for one in desk.properties if one["code"] == wanted), next(iter(desk.properties), None))
    if here is None or not desk.may("hotel:requests:read"):
        raise Refusal(403, "permission_missing")
    today = date.fromisoformat(here["today"])
    day = day_of(request.query_params.get("day", ""), today)
    decided = await desk.reader.rows(
        "daily_cron_log",
        property_id=f"eq.{here['id']}",
        on_date=f"eq.{day.isoformat()}",
        order="decision,room_number,id",
    )
    return render(
        request,
        "inbox/cleaning.html",
        language=desk.language,
        desk=desk,
        property=here,
        day=day.isoformat(),
        today=today.isoformat(),
        days=[today.isoformat(), (today - timedelta(days=1)).isoformat()],
        planned=[row for row in decided if row["decision"] == "planned"],
        skipped=[row for row in decided if row["decision"] == "skipped"],
        address=address,
    )


def day_of(text: str, today: date) -> date:
    """The day that an address asks for; what is none is today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def address(property_code: str, day: str = "") -> str:
    """The list of a property for a day; without one for today, whenever that is."""
    return f"{PAGE}?{urlencode({'property': property_code} | ({'day': day} if day else {}))}"
