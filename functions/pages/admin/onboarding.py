"""The onboarding: five steps that can be left, skipped and come back to; later they are settings."""

from collections.abc import Awaitable, Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.choices import CATEGORIES, countries, currencies, zones
from functions.pages.admin.forms import text
from functions.pages.admin.property_setup import STEPS, PropertySetup, find_property
from functions.pages.admin.visitor import ONBOARDING, AdminRoute, Manager, Office
from functions.pages.admin.words import said
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE
from functions.pages.base.rendering import done

MOST_TAXES: Final = 3
NEW: Final = "new"
UNTAXED: Final = "UNTAXED"

router = APIRouter(route_class=AdminRoute)


@router.get("/admin/onboarding")
async def start(office: Manager, property: str = "") -> Response:
    """Where the manager left off."""
    found = await find_property(office, property)
    return done(office.request, address(found.next_step, property))


async def show(office: Manager, property: str = "") -> Response:
    """One step, with what has been said so far."""
    return await page(office, office.request.url.path.rpartition("/")[2], property)


for each in ("property", "taxes", "rooms", "teams", "finish"):
    router.get(f"{ONBOARDING}/{each}")(show)


@router.post("/admin/onboarding/{step}/pass")
async def skip(request: Request, office: Manager, step: str) -> Response:
    """Not now: on to the next step."""
    if step not in STEPS:
        raise Refusal(404, "not_found")
    form = await request.form()
    return await onward(office, step, text(form, "property"))


@router.post("/admin/onboarding/property")
async def save_property(request: Request, office: Manager) -> Response:
    """The property itself: name, place, currency, hours."""
    form = await request.form()
    chosen = text(form, "property")
    code = text(form, "code") if chosen in ("", NEW) else chosen
    given = {name: text(form, name) for name in ("name", "country", "time_zone", "currency")}
    given |= {name: text(form, name) for name in ("check_in_time", "check_out_time", "default_language")}
    fields: dict[str, Any] = {name: value for name, value in given.items() if value}
    fields["phone"] = text(form, "phone") or None
    command = office.reader.call("save_property", p_code=code, p_property=fields)
    return await tried(office, command, "property", chosen, form, code.upper())


@router.post("/admin/onboarding/taxes")
async def set_taxes(request: Request, office: Manager) -> Response:
    """How prices are meant, and what is asked on top."""
    form = await request.form()
    chosen = text(form, "property")
    taxes = [
        {
            "code": text(form, f"code_{n}") or text(form, f"name_{n}").split(" ")[0],
            "name": text(form, f"name_{n}"),
            "rate": text(form, f"rate_{n}").replace(",", ".").removesuffix("%").strip() or None,
            "categories": [str(each) for each in form.getlist(f"on_{n}")],
        }
        for n in range(MOST_TAXES)
        if text(form, f"name_{n}")
    ]
    command = office.reader.call(
        "set_taxes", p_property_code=chosen, p_tax_mode=text(form, "tax_mode"), p_taxes=taxes
    )
    return await tried(office, command, "taxes", chosen, form)


@router.post("/admin/onboarding/teams")
async def set_channels(request: Request, office: Manager) -> Response:
    """Where each team is told."""
    form = await request.form()
    chosen = text(form, "property")
    channels = {
        name.removeprefix("channel_"): str(value)
        for name, value in form.items()
        if name.startswith("channel_")
    }
    command = office.reader.call("set_team_channels", p_property_code=chosen, p_channels=channels)
    return await tried(office, command, "teams", chosen, form)


@router.post("/admin/onboarding/finish")
async def finish(office: Manager) -> Response:
    """The hotel is open."""
    try:
        await office.reader.call("complete_onboarding")
    except Refusal as refusal:
        return await page(office, "finish", refused=known(refusal))
    return done(office.request, "/admin")


async def tried(
    office: Office, command: Awaitable[Any], step: str, chosen: str, form: FormData, saved: str = ""
) -> Response:
    """Onward after a step; the step again, with what was typed, when it was refused."""
    try:
        await command
    except Refusal as refusal:
        return await page(office, step, chosen, typed=form, refused=known(refusal))
    return await onward(office, step, saved or chosen)


async def onward(office: Office, step: str, chosen: str) -> Response:
    """Remembers that a step was gone through; then the next one."""
    await office.reader.call("pass_onboarding_step", p_step=step)
    following = (*STEPS, "finish")[STEPS.index(step) + 1]
    return done(office.request, address(following, "" if chosen == NEW else chosen))


async def page(
    office: Office,
    step: str,
    chosen: str = "",
    *,
    typed: Mapping[str, Any] | None = None,
    refused: Refusal | None = None,
    **more: Any,
) -> Response:
    """A step's page. What was typed wins over what is known."""
    is_new = chosen == NEW
    found = await find_property(office, "" if is_new else chosen)
    return office.page(
        f"admin/onboarding/{step}.html",
        status=refused.status if refused else 200,
        property=found,
        step=step,
        is_new=is_new,
        typed=typed or {},
        refused=said(refused, office.language) if refused else None,
        countries=countries(office.language),
        currencies=currencies(office.language),
        zones=zones(),
        categories=CATEGORIES,
        taxes=taxes_of(found),
        most_taxes=MOST_TAXES,
        **more,
    )


def taxes_of(setup: PropertySetup) -> list[Row]:
    """The taxes as the form shows them: what is left untaxed needs no line, corrections follow the rest."""
    shown = [tax | {"is_partial": not set(CATEGORIES) <= set(tax["categories"])} for tax in setup.taxes]
    return [
        tax for tax in shown if tax["code"] != UNTAXED and not {"adjustment"}.issuperset(tax["categories"])
    ]


def known(refusal: Refusal) -> Refusal:
    """A refusal that a form can show; any other is a page of its own."""
    if refusal.status not in ANSWERABLE:
        raise refusal
    return refusal


def address(step: str, chosen: str) -> str:
    """Where a step is, for the property that was chosen."""
    return f"{ONBOARDING}/{step}" + (f"?property={chosen}" if chosen else "")
