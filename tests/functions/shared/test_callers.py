"""Who calls, by token or by cookie: the flows stay apart, and a cookie alone does not write."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request

from functions.shared.callers import Caller, Flow, caller_from
from functions.shared.db import Database as Pools
from functions.shared.errors import Problem
from functions.shared.settings import get_settings
from functions.shared.tokens import verify
from tests import loops
from tests.functions.server import House, environment


@pytest.fixture(autouse=True)
def _settings_of_the_house(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in environment(house.database).items():
        monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture(scope="module")
def staff_cookie(house: House) -> str:
    answer = house.client.get("/dev/sign-in?as=reception@hamsun.example")
    return str(answer.headers["set-cookie"].split(";")[0])


@pytest.fixture(scope="module")
def guest_cookie(house: House) -> str:
    answer = house.client.post("/functions/v1/portal-session", json={"code": house.code_of("Marutani")})
    return str(answer.headers.get_list("set-cookie")[0].split(";")[0])


def caller(house: House, flow: Flow, method: str = "GET", **headers: str) -> Caller | None:
    async def run() -> Caller | None:
        class State:
            database = Pools(house.settings)

        class App:
            state = State

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope: dict[str, Any] = {"type": "http", "method": method, "path": "/", "app": App, "headers": pairs}
        await State.database.open()
        try:
            return await caller_from(Request(scope), flow)
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
    assert caller(house, Flow.STAFF, "POST", cookie=staff_cookie, sec_fetch_site="same-origin") is not None
    for elsewhere in ({}, {"sec_fetch_site": "cross-site"}, {"origin": "https://evil.example"}):
        with pytest.raises(Problem) as refused:
            caller(house, Flow.STAFF, "POST", cookie=staff_cookie, **elsewhere)
        assert (refused.value.status, refused.value.slug) == (403, "origin_not_ours")


def test_a_token_needs_no_origin_and_goes_before_a_cookie(house: House, staff_cookie: str) -> None:
    guest = house.guest()
    bearer = guest.bearer["Authorization"]
    found = caller(house, Flow.STAFF, "POST", cookie=staff_cookie, authorization=bearer)
    assert found is not None
    assert found.session_id == guest.session["session_id"]


def test_an_ended_session_s_cookie_opens_nothing(house: House) -> None:
    cookie = house.client.get("/dev/sign-in?as=manager@hamsun.example").headers["set-cookie"].split(";")[0]
    found = caller(house, Flow.STAFF, cookie=cookie)
    assert found is not None
    house.ask("update identity.sessions set ended_at = now() where id = %s returning 1", found.session_id)
    assert caller(house, Flow.STAFF, cookie=cookie) is None
