"""The catalogue: what each property sells and lends, on which shelf, for how much, and how many are there."""

import asyncio
import re
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import (
    NOT_READ,
    REFUSED_BY_LISTS,
    Fields,
    in_all_languages,
    number,
    said_of_list,
    text,
    words,
)
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done

PAGE: Final = "/admin/catalogue"
KINDS: Final = ("mini_shop", "kitchen_fnb", "housekeeping")
FIXED_SHELVES: Final = "mini_shop"

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def catalogue(request: Request, office: Manager) -> Response:
    """What one property has of one kind; the first one and the shop unless others are named."""
    query = request.query_params
    return await page(office, query.get("property", ""), query.get("kind", ""))


@router.post(PAGE)
async def add_item(request: Request, office: Manager) -> Response:
    """Another thing on a shelf; its key comes of its English name and stays."""
    form = await request.form()
    fields = item_fields(form)
    here = office.property_of(text(form, "property"))
    row = fields | {
        "property_id": here["id"],
        "currency": here["currency"],
        "kind": text(form, "kind"),
        "category": text(form, "category"),
        "sku": key_of(fields["name"]["en"]),
    }
    return await written(office, form, office.reader.add("catalog_items", row))


@router.post(f"{PAGE}/shelves")
async def add_shelf(request: Request, office: Manager) -> Response:
    """Another shelf, at all properties; it is seen where something lies on it."""
    form = await request.form()
    name = words(form, "name")
    row = {"kind": text(form, "kind"), "key": key_of(name["en"]), "name": name, "position": 100}
    return await written(office, form, office.reader.add("catalog_categories", row))


@router.post(f"{PAGE}/{{item_id}}")
async def change_item(request: Request, office: Manager, item_id: UUID) -> Response:
    """An item's names, price and place in the list."""
    form = await request.form()
    before = await office.reader.row("catalog_items", id=f"eq.{item_id}")
    fields = in_all_languages(item_fields(form), before)
    return await written(office, form, office.reader.change("catalog_items", str(item_id), fields))


@router.post(f"{PAGE}/{{item_id}}/stock")
async def count_item(request: Request, office: Manager, item_id: UUID) -> Response:
    """How many are there: a number, none of them, or nobody counts."""
    form = await request.form()
    typed = text(form, "stock")
    if typed and not re.fullmatch(r"[0-9]{1,7}", typed):
        return await page(office, text(form, "property"), text(form, "kind"), Refusal(422, message=NOT_READ))
    return await written(
        office,
        form,
        office.reader.call(
            "set_catalog_stock", p_item_id=str(item_id), p_stock=int(typed) if typed else None
        ),
    )


def item_fields(form: FormData) -> Fields:
    """What can be changed of an item; what is free has no price."""
    is_free = text(form, "is_complimentary") == "yes"
    return {
        "name": words(form, "name"),
        "description": {key: said for key, said in words(form, "description").items() if said},
        "price": "0" if is_free else number(form, "price"),
        "is_complimentary": is_free,
        "max_quantity": number(form, "max_quantity", "20"),
        "position": number(form, "position"),
        "on_cancel": "keep_once_begun" if text(form, "is_kept") == "yes" else "give_back",
        "state": text(form, "state") or "active",
    }


def key_of(name: str) -> str:
    """A key for a new thing, of the letters and digits of its English name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60]


async def written(office: Office, form: FormData, writing: Any) -> Response:
    """Back to the shelf; with what was refused, if something was."""
    property_code, kind = text(form, "property"), text(form, "kind")
    try:
        await writing
    except Refusal as refusal:
        if refusal.status not in REFUSED_BY_LISTS:
            raise
        return await page(office, property_code, kind, refusal)
    return done(office.request, f"{PAGE}?{urlencode({'property': property_code, 'kind': kind})}")


async def page(office: Office, code: str, kind: str, refusal: Refusal | None = None) -> Response:
    """One property's items of one kind, shelf by shelf."""
    if not office.may("hotel:catalog:read"):
        raise Refusal(403, "permission_missing")
    here, chosen = office.property_of(code), kind if kind in KINDS else KINDS[0]
    shelves, items = await asyncio.gather(
        office.reader.rows("catalog_categories", kind=f"eq.{chosen}", order="position,key"),
        office.reader.rows(
            "catalog_items", kind=f"eq.{chosen}", property_id=f"eq.{here['id']}", order="position,sku"
        ),
    )
    return office.page(
        "admin/catalogue.html",
        status=refusal.status if refusal else 200,
        property=here,
        kind=chosen,
        kinds=KINDS,
        may_add_shelf=chosen != FIXED_SHELVES,
        shelves=[
            {**shelf, "stock": [item for item in items if item["category"] == shelf["key"]]}
            for shelf in shelves
        ],
        is_empty=not items,
        refused=said_of_list(refusal, office.language),
    )
