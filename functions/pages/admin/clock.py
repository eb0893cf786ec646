"""The clock: what is due next at a property, what ran, what failed and why; each job's switch and time."""

import asyncio
import re
from datetime import datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.admin.forms import text
from functions.pages.admin.privacy import SETTINGS
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import done, gettext

PAGE: Final = "/admin/clock"
RUNS: Final = 30
SHOWN: Final[dict[str, dict[str, str]]] = {"all": {}, "trouble": {"state": "in.(failed,missed)"}}
"""What is asked of a run to be on the page; else all but the rounds in which there was nothing to do."""
CURSOR: Final = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:\d\d) ([a-z0-9_]{2,60}) ([a-z0-9_-]{0,60})"
)
"""A run by its slot, job and variant, as this page writes it into an address."""
SWITCHES: Final = {"on": True, "off": False}

router = APIRouter(route_class=AdminRoute)


NO_TIME: Final = _("That is no time of day. Nothing was changed.")
COUNTED: Final = {
    "expired": _("expired"),
    "planned": _("planned"),
    "skipped": _("skipped"),
    "locked": _("locked"),
    "asked": _("asked"),
    "orders": _("orders"),
    "people": _("people"),
    "stuck": _("told of"),
    "bookings": _("bookings"),
    "request_words": _("request words"),
    "messages": _("messages"),
    "devices": _("devices"),
    "sessions": _("sessions"),
    "login_attempts": _("sign-ins"),
    "notices": _("notices"),
    "qr_codes": _("QR codes"),
    "idempotency_keys": _("keys of repeated calls"),
    "guests": _("guests"),
    "job_runs": _("runs of the clock"),
    "tried_again": _("tried again"),
    "hints_forgotten": _("webhooks"),
}
"""What a job's counts are called; one without a word here goes by its own name."""


@router.get(PAGE)
async def clock(request: Request, office: Manager) -> Response:
    """The jobs of one property, the first unless one is named, and a page of its runs."""
    query = request.query_params
    return await page(
        office,
        query.get("property", ""),
        saved=query.get("saved", ""),
        again=query.get("again", ""),
        shown=query.get("show", ""),
        before=query.get("before", ""),
    )


@router.post(PAGE)
async def change(request: Request, office: Manager) -> Response:
    """A job's time of day, its switch, or one more try, at one property."""
    form = await request.form()
    property_code, job, do = text(form, "property"), text(form, "job"), text(form, "do")
    asked: dict[str, Any] = {"p_property_code": property_code, "p_job": job}
    if do == "again":
        variant = text(form, "variant")
        try:
            await office.reader.call("retry_job", **asked, p_variant=variant)
        except Refusal as refusal:
            # it has run meanwhile: the page says so
            if refusal.slug != "job_has_not_failed":
                raise
        return done(request, f"{PAGE}?{urlencode({'property': property_code, 'again': f'{job} {variant}'})}")
    try:
        asked |= {"p_is_on": SWITCHES[do]} if do in SWITCHES else {"p_at": time_of_day(text(form, "at"))}
        await office.reader.call("set_job", **asked)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return await page(office, property_code, job=job, typed=form, refused=refusal)
    return done(request, f"{PAGE}?{urlencode({'property': property_code, 'saved': job})}")


def time_of_day(typed: str) -> str:
    """Hours and minutes as the rule takes them."""
    try:
        return time.fromisoformat(typed).strftime("%H:%M")
    except ValueError as error:
        raise Refusal(422, "job_time_invalid", NO_TIME) from error


async def page(
    office: Office,
    property_code: str,
    *,
    saved: str = "",
    again: str = "",
    shown: str = "",
    before: str = "",
    job: str = "",
    typed: FormData | None = None,
    refused: Refusal | None = None,
) -> Response:
    """The clock as it stands; the job that was refused as it was typed."""
    if not office.may(SETTINGS):
        raise Refusal(403, "permission_missing")
    properties = await office.reader.rows(
        "properties", select="code,name,time_zone", order="is_default.desc,code"
    )
    here = next((each for each in properties if each["code"] == property_code), properties[0])
    jobs, found, tick, menus = await asyncio.gather(
        office.reader.rows("jobs", property_code=f"eq.{here['code']}", order="position,variant"),
        runs(office, str(here["code"]), shown, before),
        office.reader.row("last_tick"),
        office.reader.rows("menus", select="slug,name", property_code=f"eq.{here['code']}"),
    )
    on = [each for each in jobs if each["is_on"]]
    return office.page(
        "admin/clock.html",
        status=refused.status if refused else 200,
        properties=properties,
        property=here,
        tick=tick,
        due=min(on, key=lambda each: datetime.fromisoformat(each["next_at"]), default=None),
        trouble=[each for each in jobs if each["last_state"] in ("failed", "missed")],
        jobs=[{**each, "minutes": minutes(each["every"])} for each in jobs],
        runs=[{**each, "counts": counts(each, office.language)} for each in found[:RUNS]],
        older=cursor(found[RUNS - 1]) if len(found) > RUNS else "",
        shown=shown if shown in SHOWN else "",
        before=before,
        saved=saved,
        again=again,
        called={menu["slug"]: menu["name"].get(office.language) or menu["name"]["en"] for menu in menus},
        job=job,
        typed=typed,
        refused=said(refused, office.language) if refused else None,
    )


async def runs(office: Office, property_code: str, shown: str, before: str) -> list[Row]:
    """One run more than a page shows, latest first, after the one that was last on the page before."""
    asked = {"property_code": f"eq.{property_code}"} | SHOWN.get(shown, {"is_telling": "is.true"})
    if last := CURSOR.fullmatch(before):
        slot, job, variant = f'slot.eq."{last[1]}"', last[2], last[3]
        asked["or"] = (
            f'(slot.lt."{last[1]}",and({slot},job.gt.{job}),and({slot},job.eq.{job},variant.gt."{variant}"))'
        )
    return await office.reader.rows("job_runs", order="slot.desc,job,variant", limit=str(RUNS + 1), **asked)


def cursor(run: Row) -> str:
    """Where the next page goes on after a run."""
    return f"{run['slot']} {run['job']} {run['variant']}"


def counts(run: Row, language: str) -> list[str]:
    """What a run did, as `12 messages`; what it did not find is left out."""
    found = [(name, count) for name, count in (run["outcome"] or {}).items() if count]
    return [
        f"{count} {gettext(language, COUNTED[name]) if name in COUNTED else name.replace('_', ' ')}"
        for name, count in found
    ]


def minutes(every: str | None) -> int | None:
    """The distance of a recurring job's slots, which PostgreSQL writes as 00:05:00."""
    if every is None:
        return None
    hours, rest, _seconds = every.split(":")
    return int(hours) * 60 + int(rest)


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told."""
    if refusal.message == NO_TIME:
        return Said(gettext(language, NO_TIME), "")
    return in_its_own_words(refusal, language)
