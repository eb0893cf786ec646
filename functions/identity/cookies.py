"""The cookies of a sign-in flow: the secret that gives way to the next, and the access token beside it."""

from typing import Final

from fastapi import Request, Response

from functions.shared.callers import ACCESS_LIFE, SECRET_LIFE, Flow
from functions.shared.cookies import drop_cookie, put_cookie
from functions.shared.settings import get_settings

AT_THE_SAME_DESK: Final = {Flow.STAFF: Flow.ADMIN, Flow.ADMIN: Flow.STAFF}


def visit_cookie() -> str:
    """The cookie that says a guest's visit came by a code on the wall. `__Host-` needs https."""
    return f"{'__Host-' if get_settings().is_https else ''}staybase_visit"


def set_cookies(
    response: Response,
    request: Request,
    flow: Flow,
    secret: str,
    access_token: str | None = None,
    *,
    by_house_code: bool = False,
) -> None:
    """Signs the browser in. Without an access token the next page mints one.

    Staff and admin sign in to one console: the newest sign-in takes the place of the other's. A guest's visit
    by a code on the wall leads back to the guests' door when it is over, one by the message's link does not.
    """
    put_cookie(response, flow.cookie, secret, SECRET_LIFE)
    if access_token is None:
        drop_cookie(response, flow.access_cookie)
    else:
        put_cookie(response, flow.access_cookie, access_token, ACCESS_LIFE)
    other = AT_THE_SAME_DESK.get(flow)
    if other and {other.cookie, other.access_cookie} & set(request.cookies):
        clear_cookies(response, other)
    if by_house_code:
        put_cookie(response, visit_cookie(), "code", SECRET_LIFE)
    elif flow is Flow.GUEST and visit_cookie() in request.cookies:
        drop_cookie(response, visit_cookie())


def clear_cookies(response: Response, flow: Flow) -> None:
    """The browser forgets a flow's sign-in."""
    drop_cookie(response, flow.cookie)
    drop_cookie(response, flow.access_cookie)
