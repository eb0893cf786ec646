"""The worker's desk for Slack: whose workspace a token opens, whether it still does, and who is who there.

Slack alone says which workspace a token belongs to (auth.test) and who has an e-mail address
(users.lookupByEmail). What that comes to, the functions below `sql/83_slack` say. No transaction is open
while Slack is asked.
"""

import http.client
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from functions.notify.channels.slack import UNAUTHORIZED, client_of, seconds
from functions.notify.settings import WorkerSettings
from functions.shared.claim_loop import ClaimLoop, Connection

TEAM: Final = re.compile(r"T[A-Z0-9]{6,20}")
SCOPE: Final = "missing_scope"
NOBODY: Final = {"users_not_found", "invalid_arguments"}
CLAIM: Final = "select c.* from app.claim_slack(%s) as c"
BIND: Final = "select app.bind_slack(%s, %s, %s, %s, %s)"
REFUSE: Final = "select app.refuse_slack(%s, %s, %s)"
STRANGERS: Final = "select s.member_id, s.email from app.slack_strangers(%s) as s"
LINK: Final = "select app.link_slack_user(%s, %s, %s)"
FINISH: Final = "select app.finish_slack(%s, %s, %s, %s::text, %s::interval)"


@dataclass(frozen=True, slots=True)
class Held:
    """What `app.claim_slack` says of a hotel's Slack, column by column."""

    tenant_id: UUID
    fence: int
    offered_token: str | None = field(repr=False)
    bot_token: str | None = field(repr=False)
    is_match_due: bool

    @property
    def token(self) -> str:
        """The one to be shown: what was given last."""
        return self.offered_token or self.bot_token or ""


class Workspaces(ClaimLoop[Held]):
    """One hotel at a time, in a thread of its own."""

    def __init__(self, settings: WorkerSettings) -> None:
        super().__init__("slack", settings.service_url, CLAIM, Held)
        self._settings = settings

    def see_to(self, db: Connection, held: Held) -> None:
        """One claim: what Slack says is written down; what went wrong is asked again later."""
        is_matched, error, wait = False, None, None
        try:
            client = client_of(self._settings, held.token)
            if self._show(db, held, client) and held.is_match_due:
                self._find_people(db, held, client)
                is_matched = True
        except SlackApiError as refused:
            answer = refused.response
            error = str(answer.get("error") or f"http_{answer.status_code}")[:60]
            if answer.status_code == 429:
                error, wait = None, timedelta(seconds=seconds(answer.headers.get("Retry-After")))
            elif error == SCOPE:
                is_matched = True
        except (
            SlackClientError,
            http.client.HTTPException,
            OSError,
            ValueError,
            LookupError,
            TypeError,
        ) as failed:
            error = type(failed).__name__
        db.execute(FINISH, (held.tenant_id, held.fence, is_matched, error, wait))

    def _show(self, db: Connection, held: Held, client: WebClient) -> bool:
        """Shows the token; whether it is the hotel's from now on, or still."""
        try:
            shown = client.auth_test()
        except SlackApiError as refused:
            if refused.response.get("error") not in UNAUTHORIZED:
                raise
            return self._refuse(db, held, "token_refused")
        team = str(shown.get("team_id") or "")
        if not TEAM.fullmatch(team) or not shown.get("bot_id"):
            return self._refuse(db, held, "not_a_bot")
        names = [str(shown.get(key) or "").replace("\x00", "") for key in ("team", "user")]
        row = db.execute(BIND, (held.tenant_id, held.token, team, *names)).fetchone()
        return bool(row and row[0])

    def _refuse(self, db: Connection, held: Held, problem: str) -> bool:
        """The token opens nothing for this hotel."""
        db.execute(REFUSE, (held.tenant_id, held.token, problem))
        return False

    def _find_people(self, db: Connection, held: Held, client: WebClient) -> None:
        """Everybody who is not linked yet is asked for, once."""
        for member_id, email in db.execute(STRANGERS, (held.tenant_id,)).fetchall():
            try:
                found = client.users_lookupByEmail(email=email)
            except SlackApiError as refused:
                if refused.response.get("error") not in NOBODY:
                    raise
            else:
                db.execute(LINK, (held.tenant_id, member_id, str(found["user"]["id"])))
