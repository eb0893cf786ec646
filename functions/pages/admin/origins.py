"""Where kiosks and widgets are served from: origins whose pages may read answers and frame the portal."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.kiosks import PAGE, page
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import ANSWERABLE, Said, in_its_own_words
from functions.pages.base.rendering import done, gettext

router = APIRouter(route_class=AdminRoute)


SENTENCES: Final = {
    "input_invalid": _("There can be twenty origins at most."),
    "origin_is_https_or_this_machine": _(
        "Write it like https://kiosk.hotel.example, without a path. Nothing was changed."
    ),
    "whole_tenant_only": _("Origins hold for every house. Ask somebody who works at all of them."),
}


@router.post(f"{PAGE}/origins")
async def add(request: Request, office: Manager) -> Response:
    """One more, or another kind for one that is there."""
    form = await request.form()
    origin, kind = text(form, "origin"), text(form, "kind")
    known = [each for each in await listed(office) if each["origin"] != origin.lower().rstrip("/")]
    return await kept(office, [*known, {"origin": origin, "kind": kind}], typed=origin, kind=kind)


@router.post(f"{PAGE}/origins/remove")
async def remove(request: Request, office: Manager) -> Response:
    """One less; its pages read nothing any more."""
    gone = text(await request.form(), "origin")
    return await kept(office, [each for each in await listed(office) if each["origin"] != gone])


async def listed(office: Office) -> list[Row]:
    """Those there are, as the command takes them."""
    return await office.reader.rows("origins", select="origin,kind", order="origin")


async def kept(office: Office, origins: list[Row], **typed: Any) -> Response:
    """The list as it is now, or the page with why not."""
    try:
        await office.reader.call("set_origins", p_origins=origins)
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await page(office, of_origins=(refusal.status, said(refusal, office.language), typed))
    return done(office.request, f"{PAGE}#origins")


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told."""
    sentence = SENTENCES.get(refusal.slug)
    return Said(gettext(language, sentence), "") if sentence else in_its_own_words(refusal, language)
