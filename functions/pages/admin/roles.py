"""Roles of the hotel: what each carries, how a default one differs from its seed, and roles of its own."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.role_words import said
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done

router = APIRouter(route_class=AdminRoute)


@router.get("/admin/access/roles/new")
async def new(office: Manager) -> Response:
    """An empty role."""
    return await blank(office)


@router.post("/admin/access/roles/new")
async def create(request: Request, office: Manager) -> Response:
    """A role of the hotel's own."""
    form = await request.form()
    try:
        made = await office.reader.call(
            "create_role",
            p_code=text(form, "key").upper(),
            p_name=names(form),
            p_permissions=ticked(form),
            p_session_type=text(form, "session_type"),
        )
    except Refusal as refusal:
        return await blank(office, typed=form, refused=refusal)
    return done(request, f"/admin/access/roles/{made['id']}")


@router.get("/admin/access/roles/{role_id}")
async def one(office: Manager, role_id: UUID) -> Response:
    """One role."""
    return await role_page(office, role_id)


@router.post("/admin/access/roles/{role_id}")
async def change(request: Request, office: Manager, role_id: UUID) -> Response:
    """What it is called and carries."""
    form = await request.form()
    return await tried(office, role_id, "change_role", p_name=names(form), p_permissions=ticked(form))


@router.post("/admin/access/roles/{role_id}/seed")
async def follow_again(office: Manager, role_id: UUID) -> Response:
    """Back to what every hotel is given."""
    difference = await office.reader.get("role_difference", p_role_id=str(role_id))
    seed = difference["seed"]
    if seed is None:
        raise Refusal(404, "role_not_found")
    return await tried(
        office, role_id, "change_role", p_name=seed["names"], p_permissions=seed["permissions"]
    )


@router.post("/admin/access/roles/{role_id}/delete")
async def delete(office: Manager, role_id: UUID) -> Response:
    """Gone, when nobody has it."""
    try:
        await office.reader.call("delete_role", p_role_id=str(role_id))
    except Refusal as refusal:
        return await role_page(office, role_id, refused=refusal)
    return done(office.request, "/admin/access")


async def tried(office: Office, role_id: UUID, command: str, **given: Any) -> Response:
    """The role again as it is now, or with why nothing changed."""
    try:
        await office.reader.call(command, p_role_id=str(role_id), **given)
    except Refusal as refusal:
        return await role_page(office, role_id, refused=refusal)
    return done(office.request, f"/admin/access/roles/{role_id}")


async def blank(office: Office, *, typed: FormData | None = None, refused: Refusal | None = None) -> Response:
    """The form of a new role, as it was typed."""
    return office.page(
        "admin/new_role.html",
        status=refused.status if refused else 200,
        permissions=await office.reader.rows("permissions", order="key"),
        typed=typed or {},
        carried=ticked(typed) if typed else [],
        refused=said(shown(refused), office.language) if refused else None,
    )


async def role_page(office: Office, role_id: UUID, *, refused: Refusal | None = None) -> Response:
    """A role with every permission there is, and how it differs from its seed."""
    role, permissions, own = await asyncio.gather(
        office.reader.row("roles", id=f"eq.{role_id}"),
        office.reader.rows("permissions", order="key"),
        office.reader.rows("member_roles", membership_id=f"eq.{office.me['id']}", role_id=f"eq.{role_id}"),
    )
    if role is None:
        raise Refusal(404, "role_not_found")
    described = {one["key"]: str(one["description"]).rstrip(".") for one in permissions}
    difference = await office.reader.get("role_difference", p_role_id=str(role_id))
    return office.page(
        "admin/role.html",
        status=refused.status if refused else 200,
        role=role,
        permissions=permissions,
        carried=role["permissions"],
        difference=difference
        | {side: [described.get(key, key) for key in difference[side]] for side in ("added", "missing")},
        is_fixed=role["key"] == "OWNER" or bool(own),
        is_own=bool(own),
        refused=said(shown(refused), office.language) if refused else None,
    )


def shown(refusal: Refusal) -> Refusal:
    """A refusal that a form can show; one that means another page goes on."""
    if refusal.status in (401, 404) or refusal.status >= 500:
        raise refusal
    return refusal


def text(form: FormData, name: str) -> str:
    """A field as it was typed, without what surrounds it."""
    return str(form.get(name) or "").strip()


def names(form: FormData) -> dict[str, str]:
    """The role's name in the languages that were filled in."""
    return {language: given for language in ("en", "es") if (given := text(form, f"name_{language}"))}


def ticked(form: FormData) -> list[str]:
    """The permissions that were ticked."""
    return [str(each) for each in form.getlist("permission")]
