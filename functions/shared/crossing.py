"""Calls from other origins: a tenant's kiosks and widgets may read what the API answers, no other page may.

Cookies never cross: no answer allows credentials, so a page elsewhere has to bring a token of its own.
"""

import re
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.shared.callers import caller_from_authorization
from functions.shared.db import service_value
from functions.shared.errors import Problem, show
from functions.shared.origins import READING, is_our_own, not_ours, refuse_other_sites
from functions.shared.settings import get_settings

OPEN: Final = ("/functions/v1/", "/rest/v1/", "/api/")
ASKED_FOR: Final = re.compile(r"[A-Za-z0-9, -]{1,1000}")
READABLE: Final = "Content-Range, Idempotent-Replayed, Location, Retry-After, X-Request-Id"

router = APIRouter(include_in_schema=False)


@router.get("/functions/v1/origin")
async def origin(request: Request) -> Response:
    """Asked by the gateway before a call from elsewhere goes to PostgREST: a write of a page that no tenant
    named is refused, and for the rest the headers are the answer."""
    refuse_other_sites(request, get_settings(), request.headers.get("x-forwarded-method"))
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


class Crossing:
    """Wraps the application: lets pages of known origins read its answers, and others write nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Our own pages and programs pass untouched."""
        if scope["type"] != "http" or not scope["path"].startswith(OPEN):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        comes_from = request.headers.get("origin")
        if comes_from is None or is_our_own(comes_from, request, get_settings()):
            await self.app(scope, receive, send)
            return
        is_known = await is_allowed(request, comes_from)
        scope.setdefault("state", {})["is_known_origin"] = is_known
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            await preflight(request, comes_from if is_known else None)(scope, receive, send)
            return
        if not is_known and request.method not in READING:
            await show(request, not_ours())(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if is_known:
                    headers["Access-Control-Allow-Origin"] = comes_from
                    headers["Access-Control-Expose-Headers"] = READABLE
            await send(message)

        await self.app(scope, receive, send_on)


async def is_allowed(request: Request, comes_from: str) -> bool:
    """Whether a tenant named this origin: the caller's own, where a token says whose it is."""
    tenants = await service_value(
        request, "select app.tenants_of_origin(%s)", (comes_from.replace("\0", ""),)
    )
    try:
        caller = caller_from_authorization(request)
    except Problem:
        caller = None
    if caller is None or not caller.tenant_id:
        return bool(tenants)
    return caller.tenant_id in {str(tenant) for tenant in tenants}


def preflight(request: Request, allowed: str | None) -> Response:
    """What a browser asks before it sends a call from elsewhere; without an origin it sends none."""
    headers = {"Vary": "Origin, Access-Control-Request-Headers", "Cache-Control": "no-store"}
    if allowed is not None:
        asked = request.headers.get("access-control-request-headers", "")
        headers |= {
            "Access-Control-Allow-Origin": allowed,
            "Access-Control-Allow-Methods": "GET, HEAD, POST, PATCH, DELETE",
            "Access-Control-Allow-Headers": asked if ASKED_FOR.fullmatch(asked) else "",
            "Access-Control-Max-Age": "600",
        }
    return Response(status_code=204, headers=headers)
