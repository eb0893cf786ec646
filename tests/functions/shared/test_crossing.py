"""A tenant's kiosks and widgets may read the API from elsewhere and frame the portal; no other page may."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from tests.stack import Stack

KIOSK = "https://kiosk.hamsun.example"
ALPINES = "https://kiosk.alpine.example"
EVIL = "https://evil.example"
DOORS = ["/rest/v1/properties?select=code", "/functions/v1/health"]
OWNERS = {"owner@hamsun.example": KIOSK, "stranger@alpine.example": ALPINES}


def set_origins(stack: Stack, email: str, origins: list[str]) -> None:
    """As the owner does it."""
    answer = httpx2.post(
        f"{stack.url}/rest/v1/rpc/set_origins",
        json={"p_origins": [{"origin": one, "kind": "kiosk"} for one in origins]},
        headers=bearer(stack, email),
    )
    assert answer.status_code == 200, answer.text


def have_their_kiosks(stack: Stack) -> None:
    for email, origin in OWNERS.items():
        set_origins(stack, email, [origin])


@pytest.fixture(scope="module", autouse=True)
def _origins(stack: Stack) -> Iterator[None]:
    """Each hotel has a kiosk of its own."""
    have_their_kiosks(stack)
    yield
    for email in OWNERS:
        set_origins(stack, email, [])


@pytest.fixture
def kiosks_come_back(stack: Stack) -> Iterator[None]:
    """For a test that takes a kiosk away: the next one finds it again."""
    yield
    have_their_kiosks(stack)


def bearer(stack: Stack, email: str = "reception@hamsun.example") -> dict[str, str]:
    return {"Authorization": f"Bearer {stack.token(email)}"}


def ask(stack: Stack, door: str, origin: str | None, **headers: str) -> httpx2.Response:
    told = {"Origin": origin} if origin else {}
    return httpx2.get(f"{stack.url}{door}", headers={**told, **headers})


def crossing(answer: httpx2.Response) -> dict[str, str]:
    """The headers that let other pages in."""
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control-")}


@pytest.mark.parametrize("door", DOORS)
def test_the_tenants_own_kiosk_may_read(stack: Stack, door: str) -> None:
    answer = ask(stack, door, KIOSK, **bearer(stack))
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == KIOSK
    assert "access-control-allow-credentials" not in answer.headers
    assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "origin", [EVIL, "null", f"{KIOSK}.evil.example", f"{KIOSK}:8443", ALPINES, "x" * 900]
)
def test_no_other_page_may(stack: Stack, door: str, origin: str) -> None:
    answer = ask(stack, door, origin, **bearer(stack))
    assert answer.status_code == 200
    assert crossing(answer) == {}


@pytest.mark.parametrize("door", DOORS)
def test_nobody_says_for_themselves_what_is_allowed(stack: Stack, door: str) -> None:
    answer = ask(stack, door, EVIL, **bearer(stack), **{"X-Allowed-Origin": EVIL, "X-Readable": "a"})
    assert crossing(answer) == {}
    answer = ask(stack, door, None, **bearer(stack), **{"X-Allowed-Origin": EVIL})
    assert crossing(answer) == {}


@pytest.mark.parametrize("door", DOORS)
def test_refusals_can_be_read_too(stack: Stack, door: str) -> None:
    answer = ask(stack, door.replace("health", "nothing"), KIOSK, Authorization="Bearer nonsense")
    assert answer.status_code in (401, 404)
    assert answer.headers["access-control-allow-origin"] == KIOSK


@pytest.mark.parametrize("door", DOORS)
def test_our_own_pages_and_programs_are_answered_as_ever(stack: Stack, door: str) -> None:
    for origin in (stack.url, None):
        assert crossing(ask(stack, door, origin, **bearer(stack))) == {}


@pytest.mark.parametrize("door", ["/rest/v1/rpc/portal_resolve_code", "/functions/v1/portal-session"])
@pytest.mark.parametrize(("origin", "may"), [(KIOSK, True), (ALPINES, True), (EVIL, False)])
def test_a_browser_asks_first(stack: Stack, door: str, origin: str, may: bool) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, apikey, content-type, idempotency-key",
    }
    answer = httpx2.options(f"{stack.url}{door}", headers=asked)
    assert answer.status_code == 204
    if may:
        assert answer.headers["access-control-allow-origin"] == origin
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "idempotency-key" in answer.headers["access-control-allow-headers"]
    else:
        assert crossing(answer) == {}


def test_a_kiosk_opens_a_stay_and_another_page_does_not(stack: Stack) -> None:
    body = {"code": stack.link("in_house").code}
    path = f"{stack.url}/functions/v1/portal-session"
    told = {"Sec-Fetch-Site": "cross-site"}
    opened = httpx2.post(path, json=body, headers={"Origin": KIOSK, **told})
    assert opened.status_code == 200
    assert opened.headers["access-control-allow-origin"] == KIOSK
    refused = httpx2.post(path, json=body, headers={"Origin": EVIL, **told})
    assert (refused.status_code, refused.json()["details"]) == (403, "origin_not_ours")


@pytest.mark.parametrize(("origin", "may"), [(KIOSK, True), (ALPINES, False), (EVIL, False)])
def test_the_own_kiosk_alone_commands_the_data_api(stack: Stack, origin: str, may: bool) -> None:
    path = f"{stack.url}/rest/v1/rpc/set_language"
    told = {"Origin": origin, "Sec-Fetch-Site": "cross-site", **bearer(stack)}
    answer = httpx2.post(path, json={"p_language": "en"}, headers=told)
    if may:
        assert answer.is_success, answer.text
        assert answer.headers["access-control-allow-origin"] == origin
    else:
        assert (answer.status_code, answer.json()["details"]) == (403, "origin_not_ours")


def test_a_cookie_never_crosses(stack: Stack) -> None:
    with guests_browser(stack) as browser:
        refused = browser.post(
            f"{stack.url}/language",
            data={"language": "es"},
            headers={"Origin": KIOSK, "Sec-Fetch-Site": "cross-site"},
        )
    assert refused.status_code == 403


@pytest.mark.usefixtures("kiosks_come_back")
def test_an_empty_list_shuts_the_door_at_once(stack: Stack) -> None:
    set_origins(stack, "owner@hamsun.example", [])
    assert crossing(ask(stack, DOORS[0], KIOSK, **bearer(stack))) == {}


def test_the_data_api_answers_at_its_root_as_ever(stack: Stack) -> None:
    for path in ("/rest/v1", "/rest/v1/"):
        assert httpx2.get(f"{stack.url}{path}").status_code == 200


@pytest.mark.usefixtures("kiosks_come_back")
def test_the_portal_of_a_guest_may_be_framed_by_the_own_tenant_alone(stack: Stack) -> None:
    with guests_browser(stack) as browser:
        assert frame_ancestors(browser.get(f"{stack.url}/")) == ["'self'", KIOSK]
        set_origins(stack, "owner@hamsun.example", [])
        assert frame_ancestors(browser.get(f"{stack.url}/")) == ["'none'"]


@pytest.mark.parametrize("path", ["/", "/app/inbox"])
def test_no_other_page_may_be_framed(stack: Stack, path: str) -> None:
    assert frame_ancestors(httpx2.get(f"{stack.url}{path}", follow_redirects=True)) == ["'none'"]


@contextmanager
def guests_browser(stack: Stack) -> Iterator[httpx2.Client]:
    """A browser in which a guest's stay is open."""
    with httpx2.Client() as browser:
        browser.get(f"{stack.url}/", params={"c": stack.link("in_house").code})
        yield browser


def frame_ancestors(answer: httpx2.Response) -> list[str]:
    policy = answer.headers["content-security-policy"]
    return str(policy.partition("frame-ancestors ")[2].partition(";")[0]).split()
