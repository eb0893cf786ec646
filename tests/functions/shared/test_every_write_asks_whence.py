"""No write that a browser brings from elsewhere has an effect, whatever its cookies: each route is walked."""

import httpx2
import pytest

from tests.functions.routes import VISITORS, browser, every_route
from tests.stack import Stack

WRITES = [route for route in every_route() if route.method not in ("GET", "HEAD", "OPTIONS")]
FROM_ELSEWHERE = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null", "Sec-Fetch-Site": "same-site"},
]


def write(client: httpx2.Client, method: str, path: str, headers: dict[str, str]) -> httpx2.Response:
    """A form of some other page, as a browser would send it."""
    return client.request(method, path, data={"a": "b"}, headers=headers)


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_a_write_from_elsewhere_is_refused(stack: Stack, visitor: str, headers: dict[str, str]) -> None:
    let_in = {}
    with browser(stack, visitor) as client:
        for route in WRITES:
            answer = write(client, route.method, route.at(), headers)
            if answer.status_code != 403:
                let_in[f"{route.method} {route.path}"] = (answer.status_code, answer.text[:120])
    assert let_in == {}


@pytest.mark.parametrize("visitor", ["guest", "reception", "owner"])
def test_our_own_pages_are_not_refused_for_it(stack: Stack, visitor: str) -> None:
    own = {"Origin": stack.url, "Sec-Fetch-Site": "same-origin"}
    kept = [route for route in WRITES if route.is_page and "{" in route.path]
    assert kept
    with browser(stack, visitor) as client:
        for route in kept:
            assert (
                "This was not sent by our own page" not in write(client, route.method, route.at(), own).text
            )


def test_session_cookies_keep_to_this_site(stack: Stack) -> None:
    for visitor in ("guest", "reception", "owner"):
        with httpx2.Client(base_url=stack.url) as client:
            path = f"/?c={stack.link('in_house').code}" if visitor == "guest" else ""
            answer = client.get(path or f"/dev/sign-in?as={visitor}@hamsun.example")
            lines = answer.headers.get_list("set-cookie")
            assert lines
            assert all(
                "samesite=lax" in one.lower() and "httponly" in one.lower() and "path=/" in one.lower()
                for one in lines
            )
