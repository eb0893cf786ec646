"""Who may show a page in a frame: nobody, save a tenant's kiosks and widgets the portal of its own guests."""

from fastapi import Request, Response

from functions.shared.caller import Caller
from functions.shared.callers import Flow
from functions.shared.db import service_value

NOBODY = "frame-ancestors 'none'"


async def let_own_frames_in(request: Request, answer: Response) -> None:
    """Name the tenant's origins in the policy of a page that a guest's session opened."""
    policy = answer.headers.get("content-security-policy", "")
    callers: dict[Flow, Caller | None] = request.scope.get("state", {}).get("callers", {})
    guest = callers.get(Flow.GUEST)
    if guest is None or NOBODY not in policy:
        return
    origins = await service_value(request, "select app.origins_of_tenant(%s)", (guest.tenant_id,))
    if origins:
        named = f"frame-ancestors 'self' {' '.join(origins)}"
        answer.headers["Content-Security-Policy"] = policy.replace(NOBODY, named)
