"""Menus: which there are at each property, what is on them, when they are served, and what is sold out."""

import asyncio
import re
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import REFUSED_BY_LISTS, Fields, in_all_languages, said_of_list
from functions.pages.admin.menu_fields import (
    LISTS,
    MEALS,
    group_fields,
    menu_fields,
    part_fields,
    slot_fields,
)
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.rendering import done

PAGE: Final = "/admin/menus"

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def menus(office: Manager) -> Response:
    """The menus of the properties one works at, and a form for another."""
    return await list_page(office)


@router.post(PAGE)
async def create(request: Request, office: Manager) -> Response:
    """A new menu, a draft until it is opened."""
    form = await request.form()
    fields = menu_fields(form)
    slug = re.sub(r"[^a-z0-9]+", "-", fields["name"]["en"].lower()).strip("-")[:60]
    meal = str(form.get("meal") or "")
    try:
        made = await office.reader.add(
            "menus",
            {
                "property_id": str(form.get("property") or ""),
                "meal": meal,
                "slug": slug,
                "position": MEALS.index(meal) + 1 if meal in MEALS else 0,
                **{name: fields[name] for name in ("name", "pricing_mode", "price_per_person")},
            },
        )
    except Refusal as refusal:
        if refusal.status not in REFUSED_BY_LISTS:
            raise
        return await list_page(office, refusal)
    return done(request, f"{PAGE}/{made['id']}")


@router.get("/admin/menus/{menu_id}")
async def menu(office: Manager, menu_id: UUID) -> Response:
    """One menu with all its parts."""
    return await menu_page(office, menu_id)


@router.get("/admin/menus/{menu_id}/preview")
async def preview(office: Manager, menu_id: UUID) -> Response:
    """What a guest sees of it, in the manager's language."""
    return office.page("admin/menu_preview.html", **await find(office, menu_id))


@router.post("/admin/menus/{menu_id}")
async def change(request: Request, office: Manager, menu_id: UUID) -> Response:
    """The menu's own rules: names, prices, times, and whether it is open."""
    form = await request.form()
    return await rewritten(office, menu_id, "menus", menu_id, menu_fields(form, whole=True))


@router.post("/admin/menus/{menu_id}/slots")
async def add_slot(request: Request, office: Manager, menu_id: UUID) -> Response:
    """Another time."""
    row = {"menu_id": str(menu_id), **slot_fields(await request.form(), is_new=True)}
    return await written(office, menu_id, office.reader.add("menu_slots", row))


@router.post("/admin/menus/{menu_id}/slots/{slot_id}")
async def change_slot(request: Request, office: Manager, menu_id: UUID, slot_id: UUID) -> Response:
    """A time's places, or whether it is served."""
    fields = slot_fields(await request.form())
    return await written(office, menu_id, office.reader.change("menu_slots", str(slot_id), fields))


@router.post("/admin/menus/{menu_id}/parts/{kind}")
async def add_part(request: Request, office: Manager, menu_id: UUID, kind: str) -> Response:
    """Another dish, side or drink."""
    row = {"menu_id": str(menu_id), **part_fields(await request.form())}
    return await written(office, menu_id, office.reader.add(list_of(kind), row))


@router.post("/admin/menus/{menu_id}/parts/{kind}/{part_id}")
async def change_part(request: Request, office: Manager, menu_id: UUID, kind: str, part_id: UUID) -> Response:
    """A dish, side or drink as it is to be; or only whether it is sold out."""
    form = await request.form()
    fields = {"is_sold_out": form["sold_out"] == "yes"} if "sold_out" in form else part_fields(form)
    return await rewritten(office, menu_id, list_of(kind), part_id, fields)


@router.post("/admin/menus/{menu_id}/dishes/{dish_id}/groups")
async def add_group(request: Request, office: Manager, menu_id: UUID, dish_id: UUID) -> Response:
    """Another choice with a dish."""
    row = {"menu_item_id": str(dish_id), **group_fields(await request.form())}
    return await written(office, menu_id, office.reader.add("menu_choice_groups", row))


@router.post("/admin/menus/{menu_id}/groups/{group_id}")
async def change_group(request: Request, office: Manager, menu_id: UUID, group_id: UUID) -> Response:
    """What can be chosen, how many, and for how much more."""
    fields = group_fields(await request.form())
    return await rewritten(office, menu_id, "menu_choice_groups", group_id, fields)


def list_of(kind: str) -> str:
    if kind not in LISTS:
        raise Refusal(404)
    return LISTS[kind]


async def rewritten(office: Office, menu_id: UUID, view: str, row_id: UUID, fields: Fields) -> Response:
    """A row as it is to be; what it says in languages without a field stays."""
    before = await office.reader.row(view, id=f"eq.{row_id}")
    return await written(
        office, menu_id, office.reader.change(view, str(row_id), in_all_languages(fields, before))
    )


async def written(office: Office, menu_id: UUID, writing: Any) -> Response:
    """Back to the menu; with what was refused, if something was."""
    try:
        await writing
    except Refusal as refusal:
        if refusal.status not in REFUSED_BY_LISTS:
            raise
        return await menu_page(office, menu_id, refusal)
    return done(office.request, f"{PAGE}/{menu_id}")


async def list_page(office: Office, refusal: Refusal | None = None) -> Response:
    rows, slots = await asyncio.gather(
        office.reader.rows("menus", order="property_code,position,slug"),
        office.reader.rows("menu_slots", is_active="is.true", order="starts_at"),
    )
    return office.page(
        "admin/menus.html",
        status=refusal.status if refusal else 200,
        menus=[{**row, "times": [each for each in slots if each["menu_id"] == row["id"]]} for row in rows],
        meals=MEALS,
        refused=said_of_list(refusal, office.language),
    )


async def menu_page(office: Office, menu_id: UUID, refusal: Refusal | None = None) -> Response:
    return office.page(
        "admin/menu.html",
        status=refusal.status if refusal else 200,
        refused=said_of_list(refusal, office.language),
        **await find(office, menu_id),
    )


async def find(office: Office, menu_id: UUID) -> dict[str, Any]:
    """A menu with its slots and parts; another hotel's is as unknown as one that never was."""
    of_it = f"eq.{menu_id}"
    found, slots = await asyncio.gather(
        office.reader.row("menus", id=of_it),
        office.reader.rows("menu_slots", menu_id=of_it, order="starts_at"),
    )
    lists = await asyncio.gather(
        *(office.reader.rows(view, menu_id=of_it, order="position,id") for view in LISTS.values())
    )
    if found is None:
        raise Refusal(404)
    parts: dict[str, list[Row]] = dict(zip(LISTS, lists, strict=True))
    dishes = ",".join(dish["id"] for dish in parts["dishes"])
    groups = (
        await office.reader.rows("menu_choice_groups", menu_item_id=f"in.({dishes})", order="position,id")
        if dishes
        else []
    )
    for dish in parts["dishes"]:
        dish["groups"] = [each for each in groups if each["menu_item_id"] == dish["id"]]
    return {"menu": found, "slots": slots, "parts": parts}
