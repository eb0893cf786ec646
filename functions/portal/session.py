"""portal-session: from the code on a link to a session, its first token and the browser's cookie."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from functions.identity.cookies import set_cookies
from functions.portal.turns import hold_back, too_many_tries, turn
from functions.shared.addresses import client_address
from functions.shared.bodies import JsonObject
from functions.shared.callers import SECRET_LIFE, Flow, digest_of_secret
from functions.shared.cookies import put_cookie
from functions.shared.db import service_value
from functions.shared.errors import Problem, RequestRefused, refusals
from functions.shared.origins import refuse_other_sites
from functions.shared.settings import get_settings
from functions.shared.tokens import mint
from functions.shared.writes import described_body

DEVICE_LIFE: Final = timedelta(days=400)
MOST_CODE_CHARACTERS: Final = 64

router = APIRouter()


class CodeBody(BaseModel):
    """The code as the guest has it; case and spaces are forgiven."""

    code: str = Field(examples=["K7QM2P"], max_length=MOST_CODE_CHARACTERS)


class SessionBody(BaseModel):
    """An open session. `level` says what it may do, `state` where the stay stands."""

    access_token: str
    expires_at: datetime
    level: str = Field(description="unproven, context or identified")
    state: str = Field(examples=["in_house"])


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A guest's session just opened, with the secrets that go into the browser's cookies."""

    answer: SessionBody
    refresh_secret: str
    device_secret: str

    def put_cookies(self, response: Response, request: Request) -> None:
        """All are out of reach for scripts; the refresh secret goes along on links from WhatsApp."""
        set_cookies(response, request, Flow.GUEST, self.refresh_secret, self.answer.access_token)
        put_cookie(response, device_cookie(), self.device_secret, DEVICE_LIFE)


def device_cookie() -> str:
    """The cookie by which a device is known again. `__Host-` needs https."""
    return f"{'__Host-' if get_settings().is_https else ''}staybase_device"


def code_of(body: JsonObject) -> str:
    """The code in the body."""
    code = body.get("code")
    if not isinstance(code, str) or not code.strip() or len(code) > MOST_CODE_CHARACTERS:
        raise RequestRefused(400, "code_missing", "There is no code in it.", 'Send {"code": "K7QM2P"}.')
    return code


@router.post(
    "/functions/v1/portal-session",
    response_model=SessionBody,
    responses=refusals(400, 403, 404, 429, 503),
    openapi_extra=described_body(CodeBody),
)
async def portal_session(request: Request, code: Annotated[str, Depends(code_of)]) -> Response:
    """Opens a guest's session with a code. Unknown and dead codes answer alike."""
    settings = get_settings()
    refuse_other_sites(request, settings)
    opened = await open_portal_session(request, code)
    response = Response(opened.answer.model_dump_json(), media_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    opened.put_cookies(response, request)
    return response


async def open_portal_session(request: Request, code: str) -> OpenedSession:
    """The session that a code opens from this browser. Refuses unknown codes and too many tries.

    Pages call it too, for `/?c=CODE`. No code has other characters than ASCII, so those may become anything.
    """
    plain = code[:MOST_CODE_CHARACTERS].encode("ascii", "replace").decode().replace("\0", "?")
    device_secret = request.cookies.get(device_cookie()) or secrets.token_urlsafe(32)
    async with turn():
        found: dict[str, Any] = await service_value(
            request,
            "select app.open_portal_session(%s, %s, %s)",
            (plain, client_address(request), digest_of_secret(device_secret)),
        )
    if found["outcome"] != "opened":
        await hold_back()
        raise _refusal(found)
    refresh_secret = secrets.token_urlsafe(32)
    await service_value(
        request,
        "select app.issue_refresh_token(%s, %s, %s, %s)",
        (found["tenant_id"], found["session_id"], digest_of_secret(refresh_secret), SECRET_LIFE),
    )
    token, claims = mint(get_settings(), {**found, "role": "guest", "sub": found["booking_id"]})
    answer = SessionBody(
        access_token=token,
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        level=found["level"],
        state=found["state"],
    )
    return OpenedSession(answer, refresh_secret, device_secret)


def _refusal(found: dict[str, Any]) -> Problem:
    if found["outcome"] == "throttled":
        return too_many_tries(found["retry_after"])
    return Problem(
        404,
        "portal_code_unknown",
        "This code opens no stay.",
        "Open the link from your message again, or ask reception for a new one.",
    )
