"""The second fact: last name or the phone's last four digits, asked once on a device before money shows."""

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done
from functions.pages.base.routing import PageRoute
from functions.pages.portal.stay import MyStay, Stay

IDENTITY_WANTED = frozenset({"second_fact_needed"})

router = APIRouter(route_class=PageRoute)


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


async def confirm(stay: Stay, form: FormData) -> Refusal | None:
    """Raise the session's level; the refusal when the fact was not right."""
    name, digits = str(form.get("last_name") or "").strip(), str(form.get("phone_last4") or "").strip()
    try:
        await stay.reader.call(
            "portal_confirm_identity", p_last_name=name or None, p_phone_last4=digits or None
        )
    except Refusal as refusal:
        if refusal.status == 429 or refusal.status >= 500:
            raise
        return refusal
    return None


@router.post("/portal/identity")
async def identify(request: Request, stay: MyStay) -> Response:
    """The answer on a page that was only to be seen, such as the charges."""
    form = await request.form()
    following = str(form.get("next") or "/")
    refused = await confirm(stay, form)
    if refused:
        return ask_who(stay, "/portal/identity", [("next", following)], refused=refused)
    return done(request, following if following.startswith("/portal/") else "/")
