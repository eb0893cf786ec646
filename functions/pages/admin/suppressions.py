"""Who is not written to: phones and mailboxes, why, and who asked to hear from the hotel again."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.templates import PAGE as MESSAGES
from functions.pages.admin.templates import allow
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.refusals import ANSWERABLE, Said, in_its_own_words
from functions.pages.base.rendering import done, gettext

PAGE: Final = "/admin/suppressions"

router = APIRouter(route_class=AdminRoute)


SENTENCES: Final = {
    "suppression_not_found": _("It is not on the list any more."),
    "suppression_is_the_providers": _("The guest has to write START to the hotel's number."),
    "input_invalid": _("Say how the guest asked for it. Nothing was changed."),
}


@router.get(PAGE)
async def suppressions(office: Manager) -> Response:
    """The list, those of late first."""
    allow(office)
    return await page(office)


@router.post(PAGE + "/{suppression}/lift")
async def lift(request: Request, office: Manager, suppression: UUID) -> Response:
    """Somebody asked to be written to again."""
    form = await request.form()
    try:
        await office.reader.call(
            "lift_suppression", p_suppression_id=str(suppression), p_how=text(form, "how") or None
        )
    except Refusal as refusal:
        if refusal.status not in ANSWERABLE:
            raise
        return await page(office, refused=refusal)
    return done(request, PAGE)


async def page(office: Office, *, refused: Refusal | None = None) -> Response:
    """The list as it is now, with why something was not done."""
    return office.page(
        "admin/suppressions.html",
        status=refused.status if refused else 200,
        suppressions=await office.reader.get("suppressions"),
        messages=MESSAGES,
        refused=said(refused, office.language) if refused else None,
    )


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told."""
    sentence = SENTENCES.get(refusal.slug)
    return Said(gettext(language, sentence), "") if sentence else in_its_own_words(refusal, language)
