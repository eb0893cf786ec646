"""Who may do what: the roles, the matrix of roles and commands, and which rule decides for oneself."""

import asyncio
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal, Row

router = APIRouter(route_class=AdminRoute)


@router.get("/admin/access")
async def access(
    office: Manager,
    action: Annotated[str, Query(max_length=80)] = "",
    thing: Annotated[str, Query(alias="object", max_length=60)] = "",
) -> Response:
    """Roles, the matrix, and the answer to a question if one is asked."""
    matrix, roles, answer = await asyncio.gather(
        office.reader.get("access_matrix"),
        office.reader.rows("roles", order="is_default.desc,key"),
        explained(office, action, thing),
    )
    held = {role["key"]: role for role in roles}
    return office.page(
        "admin/access.html",
        roles=[role | {"members": held[role["key"]]["members"]} for role in matrix["roles"]],
        groups=grouped(matrix),
        reads=reads(matrix),
        approvals=[one for one in matrix["actions"] if "hotel:requests:write" not in one["needs"]],
        commands=[one["command"] for one in matrix["commands"]],
        asked={"action": action, "object": thing},
        answer=answer,
    )


async def explained(office: Office, action: str, thing: str) -> dict[str, Any] | None:
    """Which rule decides for whoever asks; None without a question or for one that cannot be answered."""
    if not action:
        return None
    given = {"p_action": action}
    try:
        if thing.strip():
            given["p_object"] = str(UUID(thing.strip()))
        answer: dict[str, Any] = await office.reader.get("explain_access", **given)
    except (ValueError, Refusal):
        return {"unknown": True}
    return answer


def grouped(matrix: dict[str, Any]) -> list[tuple[str, str, list[Row]]]:
    """Commands under the permission that they ask for first: its key, its description, and the commands."""
    described = descriptions(matrix)

    def first_need(command: Row) -> str:
        return str(command["needs"][0]) if command["needs"] else ""

    for_members = [
        command
        | {
            "also": [described[key] for key in command["needs"][1:]],
            "sometimes": [described[key] for key in command["sometimes_needs"]],
        }
        for command in matrix["commands"]
        if {"staff", "admin", "kiosk"} & set(command["session_types"])
    ]
    ordered = sorted(for_members, key=lambda command: (first_need(command) or "~", command["command"]))
    return [(key, described.get(key, ""), list(rows)) for key, rows in groupby(ordered, key=first_need)]


def reads(matrix: dict[str, Any]) -> list[tuple[list[list[str]], list[list[str]], list[Row]]]:
    """Lists under what their rows ask for: keys, descriptions (one of each inner list is enough), lists."""
    described = descriptions(matrix)
    for_members = [
        one | {"more": [described[key] for key in one["more_with"]]}
        for one in matrix["reads"]
        if {"staff", "admin", "kiosk"} & set(one["session_types"])
    ]
    ordered = sorted(for_members, key=lambda one: (not one["needs"], one["needs"], one["list"]))
    return [
        (needs, [alternatives([described[key] for key in group]) for group in needs], list(rows))
        for needs, rows in groupby(ordered, key=lambda one: one["needs"])
    ]


def alternatives(sentences: list[str]) -> list[str]:
    """Sentences that follow one another in one: only the first begins with a capital."""
    return sentences[:1] + [one[:1].lower() + one[1:] for one in sentences[1:]]


def descriptions(matrix: dict[str, Any]) -> dict[str, str]:
    """What each permission allows, without its full stop."""
    return {one["key"]: str(one["description"]).rstrip(".") for one in matrix["permissions"]}
