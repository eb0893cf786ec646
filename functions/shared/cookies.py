"""Our cookies: this origin's, out of reach for scripts, not sent along by other sites' forms.

A page that turned a visitor's secret on its way in has no answer yet to put the next one on: it says so with
`put_cookie_later`, and the doorway puts it on whatever is answered.
"""

from datetime import timedelta

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from functions.shared.settings import get_settings


def put_cookie(response: Response, name: str, value: str, life: timedelta) -> None:
    """A cookie on an answer."""
    response.set_cookie(
        name,
        value,
        max_age=int(life.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=get_settings().is_https,
    )


def drop_cookie(response: Response, name: str) -> None:
    """The browser forgets a cookie."""
    put_cookie(response, name, "", timedelta(0))


def put_cookie_later(request: HTTPConnection, name: str, value: str, life: timedelta) -> None:
    """A cookie on the answer that this request will get."""
    carrier = Response()
    put_cookie(carrier, name, value, life)
    waiting: dict[str, str] = request.scope.setdefault("state", {}).setdefault("cookies_to_put", {})
    waiting[name] = carrier.headers["set-cookie"]


def add_waiting_cookies(scope: Scope, headers: MutableHeaders) -> None:
    """Puts what waits on an answer, save where the answer itself says something about that cookie."""
    said = {line.partition("=")[0] for line in headers.getlist("set-cookie")}
    for name, line in scope.get("state", {}).get("cookies_to_put", {}).items():
        if name not in said:
            headers.append("set-cookie", line)
