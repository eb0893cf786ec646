"""The cookies of a sign-in flow: the secret that gives way to the next, and the access token beside it."""

from typing import Final

from fastapi import Request, Response

from functions.shared.callers import ACCESS_LIFE, SECRET_LIFE, Flow
from functions.shared.cookies import drop_cookie, put_cookie

AT_THE_SAME_DESK: Final = {Flow.STAFF: Flow.ADMIN, Flow.ADMIN: Flow.STAFF}


def set_cookies(
    response: Response, request: Request, flow: Flow, secret: str, access_token: str | None = None
) -> None:
    """Signs the browser in. Without an access token the next page mints one.

    Staff and admin sign in to one console: the newest sign-in takes the place of the other's.
    """
    put_cookie(response, flow.cookie, secret, SECRET_LIFE)
    if access_token is None:
        drop_cookie(response, flow.access_cookie)
    else:
        put_cookie(response, flow.access_cookie, access_token, ACCESS_LIFE)
    other = AT_THE_SAME_DESK.get(flow)
    if other and {other.cookie, other.access_cookie} & set(request.cookies):
        clear_cookies(response, other)


def clear_cookies(response: Response, flow: Flow) -> None:
    """The browser forgets a flow's sign-in."""
    drop_cookie(response, flow.cookie)
    drop_cookie(response, flow.access_cookie)
