"""Fit for a phone: accessible in every dress, strict about what runs, and small."""

from typing import Literal

import pytest

from tests.pages.browser import DESK, PHONE
from tests.pages.portal.conftest import Visit

BUDGET = 60 * 1024
PATHS = (
    "/",
    "/portal/request/housekeeping",
    "/portal/request/kitchen_fnb",
    "/portal/request/maintenance",
    "/portal/request/airport_transport",
    "/portal/requests",
    "/portal/charges",
)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(PHONE, "light", id="phone-light"),
        pytest.param(DESK, "dark", id="desk-dark", marks=pytest.mark.long),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.long),
        pytest.param(DESK, "light", id="desk-light", marks=pytest.mark.long),
    ],
)
def test_every_page_is_accessible(
    visit: Visit, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    guest = visit(size=size, scheme=scheme)
    request_id = guest.orders_towels()
    for path in (*PATHS, f"/portal/requests/{request_id}"):
        guest.go(path)
        assert (path, guest.screen.problems()) == (path, [])
    assert guest.screen.faults == []


def test_nothing_is_wider_than_the_phone(visit: Visit) -> None:
    guest = visit(size=(320, 640))
    for path in PATHS:
        guest.go(path)
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_first_page_is_small(visit: Visit) -> None:
    guest = visit()
    sizes: dict[str, int] = {}
    session = guest.screen.context.new_cdp_session(guest.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, str] = {}
    session.on(
        "Network.responseReceived", lambda seen: names.update({seen["requestId"]: seen["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda seen: sizes.update({names.get(seen["requestId"], ""): int(seen["encodedDataLength"])}),
    )
    guest.page.reload()
    guest.page.wait_for_load_state("load")
    loaded = {name: size for name, size in sizes.items() if name}
    assert f"{guest.home}/" in loaded
    assert sum(loaded.values()) < BUDGET, loaded


def test_pages_run_nothing_but_our_own_files(visit: Visit) -> None:
    guest = visit()
    answer = guest.page.goto(f"{guest.home}/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    addresses = guest.page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert all(address.startswith(guest.home) for address in addresses)


def test_assets_are_kept_for_a_year_and_sent_compressed(visit: Visit) -> None:
    guest = visit()
    for kind, attribute in (("link[rel=stylesheet]", "href"), ("script", "src")):
        address = guest.page.locator(kind).first.get_attribute(attribute)
        answer = guest.page.request.get(f"{guest.home}{address}")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] in ("gzip", "zstd")
