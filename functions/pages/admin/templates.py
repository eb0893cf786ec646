"""What guests are told: each message's words, changed by the hotel, shown with a stay's own data."""

import asyncio
import json
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.template_words import PROBLEMS, TITLES
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.base.reader import Refusal, Row
from functions.pages.base.refusals import Said, in_its_own_words
from functions.pages.base.rendering import done, gettext

PAGE: Final = "/admin/templates"
RIGHT: Final = "hotel:messages:write"
CHANNELS: Final = ("whatsapp", "sms", "email")
STATES: Final = ("draft", "submitted", "approved", "rejected", "paused")
RIGHT_TO_LEFT: Final = {"ar", "fa", "he", "ur"}

router = APIRouter(route_class=AdminRoute)


@router.get(PAGE)
async def templates(request: Request, office: Manager) -> Response:
    """All message texts, or those of a channel, in a state, or without a language."""
    allow(office)
    query = request.query_params
    chosen = {name: query.get(name, "") for name in ("channel", "state", "language")}
    rows = await office.reader.rows("templates", order="channel.desc,key")
    languages = sorted({language for row in rows for language in row["bodies"]})
    return office.page(
        "admin/templates.html",
        templates=[titled(row, office.language) for row in rows if fits(row, chosen)],
        chosen=chosen,
        choices={"channel": CHANNELS, "state": STATES, "language": languages},
    )


@router.get(PAGE + "/{template}")
async def template(request: Request, office: Manager, template: UUID) -> Response:
    """One message: its words in each language, the original beside them, and how it reads."""
    allow(office)
    query = request.query_params
    return await page(office, template, booking=query.get("booking", ""), done_what=query.get("done", ""))


@router.post(PAGE + "/{template}")
async def change(request: Request, office: Manager, template: UUID) -> Response:
    """The words are saved, taken back to the original, or the provider's answer is noted."""
    allow(office)
    form = await request.form()
    what = text(form, "do")
    typed = {name.removeprefix("body-"): text(form, name) for name in form if name.startswith("body-")}
    subjects = {
        name.removeprefix("subject-"): text(form, name) for name in form if name.startswith("subject-")
    }
    try:
        if what == "save":
            bodies = {language: words.replace("\r\n", "\n") for language, words in typed.items() if words}
            await office.reader.call(
                "save_template", p_template_id=str(template), p_bodies=bodies, p_subjects=subjects or None
            )
        elif what == "reset":
            await office.reader.call("reset_template", p_template_id=str(template))
        else:
            ids = {
                name.removeprefix("content-"): text(form, name)
                for name in form
                if name.startswith("content-")
            }
            await office.reader.call(
                "set_template_state",
                p_template_id=str(template),
                p_state=text(form, "state"),
                p_content_ids={language: content for language, content in ids.items() if content},
            )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return await page(
            office, template, booking=text(form, "booking"), typed=typed, subjects=subjects, refused=refusal
        )
    said = {"booking": text(form, "booking"), "done": what if what in ("save", "reset") else "state"}
    return done(
        request, f"{PAGE}/{template}?{urlencode({name: value for name, value in said.items() if value})}"
    )


async def page(
    office: Office,
    template: UUID,
    *,
    booking: str = "",
    done_what: str = "",
    typed: dict[str, str] | None = None,
    subjects: dict[str, str] | None = None,
    refused: Refusal | None = None,
) -> Response:
    """A message as it is, or as it was typed where that was refused."""
    row, bookings = await asyncio.gather(
        office.reader.row("templates", id=f"eq.{template}"),
        office.reader.rows(
            "bookings", select="id,guest_name,property_code,check_in", order="check_in.desc", limit="50"
        ),
    )
    if row is None:
        raise Refusal(404, "template_not_found")
    chosen = next(
        (each["id"] for each in bookings if each["id"] == booking), bookings[0]["id"] if bookings else ""
    )
    preview = (
        await office.reader.get("preview_template", p_template_id=str(template), p_booking_id=chosen)
        if chosen
        else []
    )
    newest = row["waiting_bodies"] or row["bodies"]
    return office.page(
        "admin/template.html",
        status=refused.status if refused else 200,
        message=titled(row, office.language),
        words=[
            {
                "language": language,
                "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
                "body": (typed or {}).get(language, newest.get(language, "")),
                "subject": (subjects or {}).get(language, (row["subjects"] or {}).get(language, "")),
                "house": differing(row, "bodies", newest, language),
                "house_subject": differing(row, "subjects", row["subjects"] or {}, language),
            }
            for language in sorted({*newest, *((row["house"] or {}).get("bodies") or {}), "en", "es"})
        ],
        right_to_left=RIGHT_TO_LEFT,
        states=STATES,
        bookings=bookings,
        booking=chosen,
        preview=preview,
        done_what=done_what,
        refused=said(refused, office.language) if refused else None,
        problems=problems(refused, office.language),
    )


def allow(office: Office) -> None:
    """Only for who may change messages."""
    if not office.may(RIGHT):
        raise Refusal(403, "permission_missing")


def fits(row: Row, chosen: dict[str, str]) -> bool:
    """Whether a message is one of those asked for; a language asks for what lacks it."""
    return (
        chosen["channel"] in ("", row["channel"])
        and chosen["state"] in ("", row["state"])
        and (not chosen["language"] or chosen["language"] in row["bodies"])
    )


def titled(row: Row, language: str) -> Row:
    """A message with the name that people call it by."""
    title = TITLES.get(row["key"])
    return {**row, "title": gettext(language, title) if title else row["key"].replace("_", " ").capitalize()}


def differing(row: Row, part: str, now: dict[str, str], language: str) -> str:
    """The original words, where the hotel's are others."""
    original = ((row["house"] or {}).get(part) or {}).get(language, "")
    return original if original != now.get(language, "") else ""


def said(refusal: Refusal, language: str) -> Said:
    """What a manager is told; what is wrong with a text stands beside it."""
    spoken = in_its_own_words(refusal, language)
    sentences = {
        "template_not_sound": gettext(language, PROBLEMS["template_not_sound"]),
        "content_id_invalid": gettext(language, PROBLEMS["content_id_invalid"]),
    }
    return Said(
        sentences.get(refusal.slug, spoken.sentence), "" if refusal.slug in sentences else spoken.advice
    )


def problems(refusal: Refusal | None, language: str) -> list[dict[str, Any]]:
    """What is wrong with a text, a sentence each."""
    if refusal is None or refusal.slug != "template_not_sound" or not refusal.hint.startswith("["):
        return []
    return [
        {
            "language": each["language"],
            "sentence": gettext(language, PROBLEMS[each["problem"]]) % {"what": each["what"]},
        }
        for each in json.loads(refusal.hint)
    ]
