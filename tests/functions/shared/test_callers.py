"""Who calls, by token or by cookie: the flows stay apart, and a cookie alone does not write."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response

from functions.identity.cookies import clear_cookies, set_cookies
from functions.shared.caller import Caller
from functions.shared.callers import Flow, caller_from
from functions.shared.db import Database as Pools
from functions.shared.errors import Problem
from functions.shared.settings import get_settings
from functions.shared.tokens import verify
from tests import loops
from tests.functions.server import House, environment
from tests.world import MANAGER, RECEPTION


@pytest.fixture(autouse=True)
def _settings_of_the_house(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in environment(house.database).items():
        monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture(scope="module")
def staff_cookie(house: House) -> str:
    return sign_in(house, RECEPTION)


@pytest.fixture(scope="module")
def guest_cookie(house: House) -> str:
    answer = house.client.post("/functions/v1/portal-session", json={"code": house.code_of("Marutani")})
    return kept(answer, "staybase_guest")


def sign_in(house: House, email: str) -> str:
    """The secret's cookie of a member who has just signed in."""
    answer = house.client.get(f"/dev/sign-in?as={email}")
    return kept(answer, "staybase_admin" if email == MANAGER else "staybase_staff")


def kept(answer: httpx2.Response, name: str) -> str:
    """A cookie of an answer, as a browser sends it back."""
    lines = answer.headers.get_list("set-cookie")
    return next(line.split(";")[0] for line in lines if line.startswith(f"{name}="))


def caller(house: House, *flows: Flow, method: str = "GET", **headers: str) -> Caller | None:
    return visit(house, *flows, method=method, **headers)[0]


def visit(
    house: House, *flows: Flow, method: str = "GET", **headers: str
) -> tuple[Caller | None, dict[str, str]]:
    """Who calls, and the cookies that the answer will bring."""

    async def run() -> tuple[Caller | None, dict[str, str]]:
        class State:
            database = Pools(house.settings)

        class App:
            state = State

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope: dict[str, Any] = {"type": "http", "method": method, "path": "/", "app": App, "headers": pairs}
        scope["state"] = {"request_id": "a call"}
        await State.database.open()
        try:
            found = await caller_from(Request(scope), *flows)
            return found, scope["state"].get("cookies_to_put", {}) if "state" in scope else {}
        finally:
            await State.database.close()

    return loops.run(run())


def test_a_cookie_brings_a_token_for_its_session(house: House, staff_cookie: str) -> None:
    found = caller(house, Flow.STAFF, cookie=staff_cookie)
    assert found is not None
    assert found.token is not None
    assert (found.role, verify(house.settings, found.token)) == ("staff", found.claims)


def test_a_guest_s_cookie_brings_the_booking(house: House, guest_cookie: str) -> None:
    found = caller(house, Flow.GUEST, cookie=guest_cookie)
    assert found is not None
    assert found.booking_id == found.claims["sub"]


def test_the_flows_do_not_mix(house: House, staff_cookie: str, guest_cookie: str) -> None:
    swapped_staff = guest_cookie.replace("staybase_guest", "staybase_staff")
    swapped_guest = staff_cookie.replace("staybase_staff", "staybase_guest")
    assert caller(house, Flow.STAFF, cookie=guest_cookie) is None
    assert caller(house, Flow.GUEST, cookie=staff_cookie) is None
    assert caller(house, Flow.STAFF, cookie=swapped_staff) is None
    assert caller(house, Flow.GUEST, cookie=swapped_guest) is None


def test_a_write_by_cookie_comes_from_our_own_pages(house: House, staff_cookie: str) -> None:
    assert (
        caller(house, Flow.STAFF, method="POST", cookie=staff_cookie, sec_fetch_site="same-origin")
        is not None
    )
    for elsewhere in ({}, {"sec_fetch_site": "cross-site"}, {"origin": "https://evil.example"}):
        with pytest.raises(Problem) as refused:
            caller(house, Flow.STAFF, method="POST", cookie=staff_cookie, **elsewhere)
        assert (refused.value.status, refused.value.slug) == (403, "origin_not_ours")


def test_a_token_needs_no_origin_and_goes_before_a_cookie(house: House, staff_cookie: str) -> None:
    guest = house.guest()
    bearer = guest.bearer["Authorization"]
    found = caller(house, Flow.GUEST, method="POST", cookie=staff_cookie, authorization=bearer)
    assert found is not None
    assert found.session_id == guest.session["session_id"]


def test_an_ended_session_s_cookie_opens_nothing(house: House) -> None:
    cookie = sign_in(house, MANAGER)
    found, brought = visit(house, Flow.ADMIN, cookie=cookie)
    assert found is not None
    access = brought["staybase_admin_access"].split(";")[0]
    assert caller(house, Flow.ADMIN, cookie=access) == found
    house.ask("update identity.sessions set ended_at = now() where id = %s returning 1", found.session_id)
    assert caller(house, Flow.ADMIN, cookie=cookie) is None
    assert caller(house, Flow.ADMIN, cookie=access) is None


def test_a_token_of_another_flow_opens_no_page_of_this_one(house: House) -> None:
    manager = house.member(MANAGER).bearer["Authorization"]
    assert caller(house, Flow.ADMIN, authorization=manager) is not None
    for flow in (Flow.STAFF, Flow.GUEST, Flow.PLATFORM):
        assert caller(house, flow, authorization=manager) is None


def test_a_page_turns_the_secret_and_the_next_does_not(house: House) -> None:
    cookie = sign_in(house, MANAGER)
    found, brought = visit(house, Flow.ADMIN, cookie=cookie)
    assert found is not None
    assert set(brought) == {"staybase_admin", "staybase_admin_access"}
    both = "; ".join(line.split(";")[0] for line in brought.values())
    assert visit(house, Flow.ADMIN, cookie=both) == (found, {})
    secret = brought["staybase_admin"]
    assert "Max-Age=604800" in secret
    assert "HttpOnly" in secret
    assert "Max-Age=900" in brought["staybase_admin_access"]


def test_an_access_token_in_another_flow_s_cookie_opens_nothing(house: House) -> None:
    _, brought = visit(house, Flow.ADMIN, cookie=sign_in(house, MANAGER))
    access = brought["staybase_admin_access"].split(";")[0].partition("=")[2]
    for flow in (Flow.STAFF, Flow.GUEST, Flow.PLATFORM):
        assert caller(house, flow, cookie=f"{flow.access_cookie}={access}") is None


def test_a_page_brings_its_visitor_the_next_secret(house: House) -> None:
    answer = house.client.get("/app/inbox", headers={"Cookie": sign_in(house, RECEPTION)})
    assert {line.split("=")[0] for line in answer.headers.get_list("set-cookie")} == {
        "staybase_staff",
        "staybase_staff_access",
    }


def test_the_newest_sign_in_is_the_console_s(house: House) -> None:
    first = sign_in(house, RECEPTION)
    answer = house.client.get(f"/dev/sign-in?as={MANAGER}", headers={"Cookie": first})
    assert kept(answer, "staybase_staff") == 'staybase_staff=""'
    assert caller(house, Flow.ADMIN, Flow.STAFF, cookie=kept(answer, "staybase_admin")) is not None


@pytest.mark.parametrize("flow", Flow)
def test_cookies_are_bound_to_this_host_where_there_is_https(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert flow.cookie == f"staybase_{flow.value}"
    monkeypatch.setenv("STAYBASE_PUBLIC_URL", "https://stay.example")
    get_settings.cache_clear()
    assert (flow.cookie, flow.access_cookie) == (
        f"__Host-staybase_{flow.value}",
        f"__Host-staybase_{flow.value}_access",
    )
    answer = Response()
    request = Request({"type": "http", "headers": [], "method": "POST"})
    set_cookies(answer, request, flow, "secret", "token")
    for line in answer.headers.getlist("set-cookie"):
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line
    clear_cookies(answer, flow)
    assert [line.partition(";")[0] for line in answer.headers.getlist("set-cookie")[2:]] == [
        f'{flow.cookie}=""',
        f'{flow.access_cookie}=""',
    ]
