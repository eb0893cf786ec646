"""The people of the hotel: who there is, who is invited, what each may do, and who has left."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.onboarding import known, page
from functions.pages.admin.qr_codes import made
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.admin.words import said
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done

router = APIRouter(route_class=AdminRoute)


@router.get("/admin/staff")
async def everyone(office: Manager) -> Response:
    """Everyone who works here, then everyone who did."""
    return await people(office)


@router.post("/admin/staff")
async def invite(request: Request, office: Manager) -> Response:
    """Somebody new, with the password and the badge they come in by for the first time."""
    form = await request.form()
    try:
        invited = await invited_by(office, form)
    except Refusal as refusal:
        return await people(office, typed=form, refused=known(refusal))
    return await people(office, invited=invited)


@router.get("/admin/onboarding/staff")
async def step(office: Manager) -> Response:
    """The same as a step of the onboarding."""
    return await page(office, "staff", **await choices(office))


@router.post("/admin/onboarding/staff")
async def invite_in_step(request: Request, office: Manager) -> Response:
    """Somebody new, while the hotel is being set up."""
    form = await request.form()
    try:
        invited = await invited_by(office, form)
    except Refusal as refusal:
        return await page(office, "staff", typed=form, refused=known(refusal), **await choices(office))
    return await page(office, "staff", **await choices(office, invited=invited))


@router.get("/admin/staff/{member_id}")
async def one(office: Manager, member_id: UUID) -> Response:
    """One colleague."""
    return await person(office, member_id)


@router.post("/admin/staff/{member_id}")
async def change(request: Request, office: Manager, member_id: UUID) -> Response:
    """Name, properties, teams and language."""
    form = await request.form()
    own = {"name": text(form, "name"), "language": text(form, "language") or "en"}
    given = member_fields(form) | own | {"slack_user_id": text(form, "slack_user_id")}
    given["properties"] = [each["code"] for each in office.properties if each["id"] in given["properties"]]
    return await tried(office, member_id, "change_member", p_member_id=str(member_id), p_member=given)


@router.post("/admin/staff/{member_id}/roles")
async def give_roles(request: Request, office: Manager, member_id: UUID) -> Response:
    """What they may do."""
    form = await request.form()
    wanted = form.getlist("role")
    roles = [role["id"] for role in await office.reader.rows("roles") if role["key"] in wanted]
    return await tried(office, member_id, "give_roles", p_membership_id=str(member_id), p_role_ids=roles)


@router.post("/admin/staff/{member_id}/active")
async def set_active(request: Request, office: Manager, member_id: UUID) -> Response:
    """They leave, or come back."""
    form = await request.form()
    is_active = text(form, "is_active") == "yes"
    return await tried(
        office, member_id, "set_member_active", p_member_id=str(member_id), p_is_active=is_active
    )


@router.post("/admin/staff/{member_id}/password")
async def give_password(office: Manager, member_id: UUID) -> Response:
    """A password for once, for somebody who cannot sign in."""
    try:
        given = await office.reader.call("give_one_time_password", p_member_id=str(member_id))
    except Refusal as refusal:
        return await person(office, member_id, refused=known(refusal))
    return await person(office, member_id, password=given["one_time_password"])


async def invited_by(office: Office, form: FormData) -> dict[str, Any]:
    """The new member, with the first password: shown now and never again."""
    given = member_fields(form) | {
        "email": text(form, "email"),
        "name": text(form, "name"),
        "roles": [str(each) for each in form.getlist("role")],
        "language": office.language,
    }
    member: dict[str, Any] = await office.reader.call("invite_member", p_member=given)
    return {**member, "badge": await badge(office, member)}


async def badge(office: Office, member: dict[str, Any]) -> str | None:
    """The QR code that somebody of the staff comes in by, drawn this once; None where there is none."""
    if member["session_type"] != "staff" or not office.may("hotel:qr:write"):
        return None
    try:
        return (await made(office, {"purpose": "STAFF_ACCESS", "membership_id": member["id"]})).picture
    except Refusal:
        return None  # they are invited all the same, and a badge can be made later


async def people(
    office: Office,
    *,
    typed: FormData | None = None,
    refused: Refusal | None = None,
    invited: dict[str, Any] | None = None,
) -> Response:
    """The page of everyone."""
    return office.page(
        "admin/staff.html",
        status=refused.status if refused else 200,
        typed=typed or {},
        refused=said(refused, office.language) if refused else None,
        **await choices(office, invited=invited),
    )


async def person(
    office: Office, member_id: UUID, *, refused: Refusal | None = None, password: str = ""
) -> Response:
    """The page of one colleague."""
    found, more = await asyncio.gather(office.reader.row("staff", id=f"eq.{member_id}"), choices(office))
    if found is None:
        raise Refusal(404, "member_not_found")
    return office.page(
        "admin/person.html",
        status=refused.status if refused else 200,
        person=found,
        is_self=found["id"] == office.me["id"],
        refused=said(refused, office.language) if refused else None,
        password=password,
        **more,
    )


async def tried(office: Office, member_id: UUID, command: str, **given: Any) -> Response:
    """The colleague's page again, as they are now, or with why nothing changed."""
    try:
        await office.reader.call(command, **given)
    except Refusal as refusal:
        return await person(office, member_id, refused=known(refusal))
    return done(office.request, f"/admin/staff/{member_id}")


async def choices(office: Office, *, invited: dict[str, Any] | None = None) -> dict[str, Any]:
    """Members, the roles and teams there are, and whom an invitation has just been made for."""
    if not office.may("hotel:staff:write"):
        raise Refusal(403, "permission_missing")
    reads = office.reader
    members, roles, teams = await asyncio.gather(
        reads.rows("staff", order="is_active.desc,name"),
        reads.rows("roles", session_type="in.(admin,staff)", order="session_type.desc,is_default.desc,key"),
        reads.rows("teams", property_id="is.null", order="key"),
    )
    return {
        "members": members,
        "roles": [role for role in roles if is_grantable(office, role)],
        "teams": teams,
        "invited": invited,
    }


def is_grantable(office: Office, role: Row) -> bool:
    """Whether a role is worth offering: nobody gives more than they hold."""
    return set(role["permissions"]) <= set(office.me["permissions"] or [])


def member_fields(form: FormData) -> dict[str, list[str]]:
    """Where somebody works: properties and teams as they were ticked."""
    return {
        "properties": [str(each) for each in form.getlist("property")],
        "teams": [str(each) for each in form.getlist("team")],
    }
