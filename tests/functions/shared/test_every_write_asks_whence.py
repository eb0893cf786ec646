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


@pytest.mark.parametrize(
    ("visitor", "headers"),
    [(visitor, FROM_ELSEWHERE[0]) for visitor in VISITORS]
    + [("owner", headers) for headers in FROM_ELSEWHERE[1:]],
)
def test_a_write_from_elsewhere_is_refused(stack: Stack, visitor: str, headers: dict[str, str]) -> None:
    let_in = {}
    with browser(stack, visitor) as client:
        for route in WRITES:
            answer = write(client, route.method, route.at(), headers)
            if answer.status_code != 403:
                let_in[f"{route.method} {route.path}"] = (answer.status_code, answer.text[:120])
    assert let_in == {}


def data_api_writes(stack: Stack, headers: dict[str, str]) -> list[tuple[str, str]]:
    """Method and path of every command and every list behind /rest/v1, those too that are only read."""
    described = httpx2.get(f"{stack.url}/rest/v1/", headers=headers).json()["paths"]
    commands = [("POST", f"/rest/v1{path}") for path in described if path.startswith("/rpc/")]
    lists = [f"/rest/v1{path}" for path in described if path != "/" and not path.startswith("/rpc/")]
    return commands + [(method, path) for path in lists for method in ("POST", "PATCH", "PUT", "DELETE")]


@pytest.mark.parametrize("email", [None, "owner@hamsun.example"])
@pytest.mark.parametrize(
    ("headers", "each"),
    [
        (FROM_ELSEWHERE[0], 1),
        *((headers, 25) for headers in FROM_ELSEWHERE[1:]),
        ({"Sec-Fetch-Site": "cross-site"}, 25),
        ({"Sec-Fetch-Site": "same-site"}, 25),
    ],
)
def test_a_write_from_elsewhere_does_not_reach_the_data_api(
    stack: Stack, email: str | None, headers: dict[str, str], each: int
) -> None:
    """Every write as a browser of today says it; each 25th, which is some of each kind, as others would."""
    bearer = {"Authorization": f"Bearer {stack.token(email)}"} if email else {}
    writes = data_api_writes(stack, {"Authorization": f"Bearer {stack.token('owner@hamsun.example')}"})
    assert len(writes) > 150
    writes = writes[::each]
    assert {method for method, _ in writes} == {"POST", "PATCH", "PUT", "DELETE"}
    let_in = {}
    with httpx2.Client(base_url=stack.url, timeout=30) as client:
        for method, path in writes:
            answer = write(client, method, path, {**bearer, **headers})
            if (answer.status_code, slug(answer)) != (403, "origin_not_ours"):
                let_in[f"{method} {path}"] = (answer.status_code, answer.text[:120])
    assert let_in == {}


@pytest.mark.parametrize("own", [True, False])
def test_the_data_api_takes_what_our_pages_and_programs_write(stack: Stack, own: bool) -> None:
    headers = {"Origin": stack.url, "Sec-Fetch-Site": "same-origin"} if own else {}
    with httpx2.Client(base_url=stack.url) as client:
        answer = client.post("/rest/v1/rpc/portal_resolve_code", json={"p_code": "NOCODE"}, headers=headers)
        assert slug(answer) != "origin_not_ours"
        read = client.get("/rest/v1/portal_stay", headers={"Origin": "https://evil.example"})
        assert read.status_code != 403


def slug(answer: httpx2.Response) -> str | None:
    """The refusal's slug."""
    body = answer.json() if answer.text else {}
    return body.get("details") if isinstance(body, dict) else None


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
