"""The staff's first page: what is theirs, what waits for their team, and the way to everything else."""

from typing import Final

from fastapi import APIRouter, Request, Response

from functions.pages.base.languages import known
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done
from functions.pages.staff.door import CONSOLE, PASSWORD, AtWork, Crew, StaffRoute

MOST: Final = 30
INBOX: Final = "/app/inbox"

router = APIRouter(route_class=StaffRoute)


@router.get("/staff")
async def staff(crew: AtWork) -> Response:
    return done(crew.request, CONSOLE)


@router.get(CONSOLE)
async def console(crew: AtWork) -> Response:
    """Requests given to the member, then those of their teams that nobody has taken."""
    if crew.me["must_change_password"]:
        return done(crew.request, PASSWORD)
    mine, waiting = await tasks(crew) if crew.may("hotel:requests:read") else ([], [])
    notices = await crew.reader.rows("my_notices", order="at.desc")
    return crew.page("staff/console.html", mine=mine, waiting=waiting, notices=notices)


@router.post("/staff/notices")
async def dismiss(crew: AtWork) -> Response:
    """The member has read what they were told."""
    await crew.reader.call("dismiss_notices")
    return done(crew.request, CONSOLE)


@router.get("/staff/tickets")
async def tickets(crew: AtWork) -> Response:
    """Requests are worked on in the inbox, by whoever may see them."""
    if crew.me["must_change_password"]:
        return done(crew.request, PASSWORD)
    if not crew.may("hotel:requests:read"):
        raise Refusal(403)
    return done(crew.request, INBOX)


@router.post("/staff/language")
async def choose_language(request: Request, crew: AtWork) -> Response:
    """The language the member reads in, from here on."""
    form = await request.form()
    language = known(str(form.get("language") or ""))
    if language:
        await crew.reader.call("set_language", p_language=language)
    return done(request, CONSOLE)


@router.get("/staff/{page:path}")
async def elsewhere(crew: AtWork, page: str) -> Response:
    """A page that is not there: for staff only, all the same."""
    raise Refusal(404)


async def tasks(crew: Crew) -> tuple[list[Row], list[Row]]:
    """Open requests of the member, and of their teams without anyone on them; oldest first."""
    teams = ",".join(crew.me["teams"] or [])
    rows = await crew.reader.rows(
        "open_requests",
        **{"or": f"(assignee_id.eq.{crew.me['id']},and(assignee_id.is.null,team_key.in.({teams})))"},
        order="created_at",
        limit=str(2 * MOST),
    )
    mine = [row for row in rows if row["assignee_id"] == crew.me["id"]]
    return mine[:MOST], [row for row in rows if row["assignee_id"] is None][:MOST]
