"""Who gets in where: every page, asked for by everybody. The first word of its address decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx2
import pytest

from tests.functions.routes import Route, browser, every_route
from tests.pages.test_policy import named
from tests.stack import Stack

PROGRAMS = ("/functions/", "/api/")
PAGES = [route for route in every_route() if route.method == "GET" and not route.path.startswith(PROGRAMS)]
KIOSK = "kiosk"
VISITORS = ("nobody", "guest", "reception", "owner", KIOSK, "platform")

# Whose pages begin so, and where everybody else is led to.
OWNERS = {
    "/admin": ({"owner"}, "/admin/login"),
    "/app": ({"owner", "reception"}, None),
    "/staff": ({"reception"}, "/staff/access"),
    "/guest": ({"guest"}, "/guest/access"),
    "/portal": ({"guest"}, None),
    "/platform": ({"platform"}, "/platform/login"),
}
DOORS = {"/admin/login", "/admin/register", "/staff/access", "/guest/access", "/platform/login"}
ASKED = "/guest/identify"  # for whoever has scanned a code, and is nobody yet
OLD = {"/register", "/owner-login", "/onboarding", "/dashboard", "/admin/dashboard"}
# Nobody's in particular: the start asks for a code, /403 tells, and development has its own door.
OPEN = {"/", "/403", "/favicon.ico", "/static", "/dev"}


@contextmanager
def visit(stack: Stack, visitor: str) -> Iterator[httpx2.Client]:
    """A browser with a visitor's cookies, or a kiosk with its token."""
    if visitor != KIOSK:
        with browser(stack, visitor) as client:
            yield client
        return
    manager = {"Authorization": f"Bearer {stack.token('owner@hamsun.example')}"}
    with httpx2.Client(base_url=stack.url, timeout=30) as client:
        made = client.post(
            "/functions/v1/kiosk-register", json={"name": f"At the door {uuid4()}"}, headers=manager
        ).json()
        client.headers["Authorization"] = f"Bearer {made['device_token']}"
        assert client.get("/rest/v1/kiosks").json()
        yield client
        gone = {"p_kiosk_id": made["kiosk_id"]}
        assert client.post("/rest/v1/rpc/revoke_kiosk", json=gone, headers=manager).is_success


def area(path: str) -> str:
    """The first word of an address."""
    return "/" + path.split("/")[1]


def look(client: httpx2.Client, path: str) -> tuple[int, str]:
    """Status of the answer, and where it leads; a stream is not waited for."""
    with client.stream("GET", path, headers={"Accept": "text/html"}) as answer:
        return answer.status_code, answer.headers.get("location", "").partition("?")[0]


def belongs(path: str, status: int, leads_to: str, owners: set[str], door: str | None, visitor: str) -> bool:
    """Whether an answer is what this visitor must get at this page."""
    if visitor in owners:
        return status in (200, 404) or (status == 303 and leads_to != door)
    if status == 303:
        return door is not None and leads_to == door
    return status == 403 or (status == 401 and door is None)


@pytest.mark.parametrize("visitor", VISITORS)
def test_who_gets_in_is_decided_by_the_address(stack: Stack, visitor: str) -> None:
    """Admin can access all /admin/* routes; a guest neither /admin/* nor /staff/*; and so on."""
    gaps = named(stack)
    wrong, let_in = {}, set()
    with visit(stack, visitor) as client:
        for path in sorted({path for route in guarded() for path in (route.at(**gaps), route.at())}):
            owners, door = OWNERS[area(path)]
            status, leads_to = look(client, path)
            if not belongs(path, status, leads_to, owners, door, visitor):
                wrong[path] = (status, leads_to)
            if status in (200, 404):
                let_in.add(area(path))
    assert wrong == {}
    assert let_in == {prefix for prefix, (owners, _) in OWNERS.items() if visitor in owners}


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("prefix", ["/admin", "/staff", "/guest", "/platform"])
def test_a_page_that_is_nowhere_is_guarded_too(stack: Stack, visitor: str, prefix: str) -> None:
    owners, door = OWNERS[prefix]
    with visit(stack, visitor) as client:
        for path in (f"{prefix}/nowhere", f"{prefix}/no/where", f"{prefix}/{uuid4()}"):
            status, leads_to = look(client, path)
            if visitor in owners:
                assert status == 404, path
            else:
                assert (status, leads_to) in ((303, door), (403, "")), (path, status, leads_to)


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_door_is_open_to_whoever_is_to_come_in_by_it(stack: Stack, visitor: str) -> None:
    with visit(stack, visitor) as client:
        for path in sorted(DOORS):
            status, leads_to = look(client, path)
            if visitor in OWNERS[area(path)][0]:
                assert status in (200, 303), path
            else:
                assert (status, leads_to) == (200, ""), path
        assert look(client, ASKED) == (303, "/guest/access")
        for path in sorted(OLD):
            status, leads_to = look(client, path)
            assert (status, area(leads_to)) == (303, "/admin"), path


def test_every_page_is_somebodys() -> None:
    unknown = {
        route.path for route in PAGES if area(route.path) not in {*OWNERS, *OPEN} and not is_old(route.path)
    }
    assert unknown == set()
    assert {route.path for route in PAGES} >= DOORS
    assert len(guarded()) >= 40


def is_old(path: str) -> bool:
    return path.rstrip("/") in OLD or path.startswith("/dashboard/")


def guarded() -> list[Route]:
    """The pages that are for somebody."""
    return [
        route
        for route in PAGES
        if area(route.path) in OWNERS and route.path not in {*DOORS, ASKED} and not is_old(route.path)
    ]
