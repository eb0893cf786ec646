"""Staff's own work: a task for a room or a property, given to somebody or to nobody yet."""

import asyncio
import json
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from functions.pages.base.rendering import done
from functions.pages.inbox import reads, screen
from functions.pages.inbox.screen import Task
from functions.pages.inbox.sight import Sight
from functions.pages.inbox.visitor import ConsoleRoute, Desk, Member
from functions.pages.inbox.words import said
from functions.shared.errors import Problem
from functions.shared.writes import write_once

PRIORITIES = ("low", "normal", "high", "urgent")
TYPED = ("title", "place", "assignee", "priority", "note")

router = APIRouter(prefix="/app/inbox/tasks", route_class=ConsoleRoute, include_in_schema=False)


@router.get("/new")
async def blank(request: Request, desk: Member) -> Response:
    """The form, empty."""
    sight = Sight.of(request.query_params)
    return await screen.whole(request, desk, sight, task=await task_form(desk, str(uuid4()), {}))


@router.post("")
async def submit(request: Request, desk: Member) -> Response:
    """Make the task and open it."""
    sight = Sight.of(request.query_params)
    form = await request.form()
    typed = {name: str(form.get(name, "")).strip() for name in TYPED}
    key = str(form.get("key", ""))
    if not typed["title"]:
        task = await task_form(desk, key, typed, lacks_title=True)
        return await screen.whole(request, desk, sight, task=task, status=422)
    try:
        made = await write_once(
            request, desk.caller, "api.portal_submit_request", json.dumps(asked_for(typed)), key
        )
    except Problem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        task = await task_form(desk, key, typed, refused=problem)
        return await screen.whole(request, desk, sight, task=task, status=problem.status)
    return done(
        request, sight.address(f"/app/inbox/requests/{json.loads(bytes(made.body))['request']['id']}")
    )


def asked_for(typed: dict[str, str]) -> dict[str, str]:
    """The task as `portal_submit_request` takes it; what was left empty is left out."""
    property_code, _, room_number = typed["place"].partition("/")
    wanted = {
        "type_slug": "task",
        "title": typed["title"],
        "property_code": property_code,
        "room_number": room_number,
        "assignee": typed["assignee"],
        "priority": typed["priority"] if typed["priority"] in PRIORITIES else "",
        "note": typed["note"],
    }
    return {name: value for name, value in wanted.items() if value}


async def task_form(
    desk: Desk,
    key: str,
    typed: dict[str, str],
    *,
    refused: Problem | None = None,
    lacks_title: bool = False,
) -> Task:
    """The form with the rooms and members to choose from."""
    rooms, members = await asyncio.gather(reads.rooms(desk), reads.members(desk))
    filled = dict.fromkeys(TYPED, "") | {"priority": "normal"} | typed
    words = said(refused, desk.language) if refused else None
    return Task(key, filled, rooms, members, words, lacks_title)
