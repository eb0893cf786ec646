"""The second fact: last name or the phone's last four digits, asked once on a device before money shows."""

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.base.reader import Reader, Refusal
from functions.pages.base.rendering import done, is_partial, language_of, render
from functions.pages.guest.door import VisitRoute
from functions.pages.portal.stay import Session, Stay, find_stay
from functions.pages.portal.words import said

IDENTITY_WANTED = frozenset({"second_fact_needed"})

router = APIRouter(route_class=VisitRoute)


def ask_who(
    stay: Stay, action: str, fields: list[tuple[str, str]], *, refused: Refusal | None = None
) -> Response:
    """The question, carrying what was being done; answering it goes on with that."""
    status = refused.status if refused else 200
    return stay.page(
        stay.part("portal/who.html", "portal/_who.html"),
        status=status,
        action=action,
        fields=fields,
        words=stay.said(refused),
    )


def ask_stranger(request: Request, following: str, refused: Refusal | None = None) -> Response:
    """The question to a session of which nothing may be shown yet."""
    language = language_of(request)
    return render(
        request,
        "portal/_who.html" if is_partial(request) else "portal/stranger.html",
        status=refused.status if refused else 200,
        action="/portal/identity",
        fields=[("next", following)],
        words=said(refused, language) if refused else None,
    )


async def confirm(session: Reader, form: FormData) -> Refusal | None:
    """Raise the session's level; the refusal when the fact was not right."""
    name, digits = str(form.get("last_name") or "").strip(), str(form.get("phone_last4") or "").strip()
    try:
        await session.call("portal_confirm_identity", p_last_name=name or None, p_phone_last4=digits or None)
    except Refusal as refusal:
        if refusal.status == 429 or refusal.status >= 500:
            raise
        return refusal
    return None


@router.post("/portal/identity")
async def identify(request: Request, session: Session) -> Response:
    """The answer where nothing was being done: before the charges, or before anything at all."""
    form = await request.form()
    following = str(form.get("next") or "/")
    refused = await confirm(session, form)
    if refused is None:
        return done(request, following if following.startswith("/portal/") else "/")
    stay = await find_stay(request)
    if stay is None:
        return ask_stranger(request, following, refused)
    return ask_who(stay, "/portal/identity", [("next", following)], refused=refused)
