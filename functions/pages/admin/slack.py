"""Slack of the hotel: which workspace is its own, whether its token is good, and who is who there."""

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from functions.pages.admin.forms import text
from functions.pages.admin.onboarding import known
from functions.pages.admin.visitor import AdminRoute, Manager, Office
from functions.pages.admin.words import said
from functions.pages.base.marking import marked as _
from functions.pages.base.reader import Refusal
from functions.pages.base.rendering import done, gettext
from functions.shared.settings import get_settings

PAGE: Final = "/admin/slack"
COMMANDS: Final = {"test": "check_slack", "disconnect": "disconnect_slack", "people": "find_slack_people"}

router = APIRouter(route_class=AdminRoute)


PROBLEMS: Final = {
    "token_refused": _("Slack does not know the token that was given last. Copy it once more."),
    "not_a_bot": _("The token that was given last is not a bot's. Copy the Bot User OAuth Token."),
    "workspace_taken": _(
        "The workspace of this token is connected with another hotel here. That hotel disconnects it first."
    ),
    "token_revoked": _(
        "Slack does not let the hotel in any more: the app was taken out of the workspace, or its token was"
        " changed. Cards wait until a token is given that works."
    ),
}
TROUBLES: Final = {
    "missing_scope": _("The app may not look for people. Give it users:read and users:read.email in Slack."),
}


@router.get(PAGE)
async def slack(office: Manager) -> Response:
    """The connection, and the people."""
    return await page(office)


@router.post(PAGE)
async def change(request: Request, office: Manager) -> Response:
    """Connects, tries or ends the connection, or has colleagues looked for."""
    form = await request.form()
    do = text(form, "do")
    try:
        if do == "connect":
            await office.reader.call("connect_slack", p_bot_token=text(form, "token"))
        elif do in COMMANDS:
            await office.reader.call(COMMANDS[do])
        else:
            raise Refusal(404)
    except Refusal as refusal:
        return await page(office, refused=known(refusal))
    return done(request, f"{PAGE}#people" if do == "people" else PAGE)


async def page(office: Office, *, refused: Refusal | None = None) -> Response:
    """What there is, with why nothing changed."""
    may_link = office.may("hotel:staff:write")
    row, members = await asyncio.gather(
        office.reader.row("slack_workspace"),
        office.reader.rows("staff", is_active="is.true", order="name") if may_link else nobody(),
    )
    if row is None:
        raise Refusal(403, "permission_missing")
    words = {key: gettext(office.language, sentence) for key, sentence in (PROBLEMS | TROUBLES).items()}
    return office.page(
        "admin/slack.html",
        status=refused.status if refused else 200,
        workspace=row,
        unlinked=[one for one in members if not one["slack_user_id"]],
        linked=[one for one in members if one["slack_user_id"]],
        may_link=may_link,
        words=words,
        zone=office.properties[0]["time_zone"] if office.properties else "UTC",
        interactivity=f"{get_settings().public_url.rstrip('/')}/functions/v1/slack-interactions",
        refused=said(refused, office.language) if refused else None,
    )


async def nobody() -> list[Any]:
    """Whoever may not see staff sees none."""
    return []
