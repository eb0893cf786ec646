"""A write that only a cookie vouches for must come from our own pages."""

import pytest
from starlette.requests import Request

from functions.shared.errors import RequestRefused
from functions.shared.origins import require_same_origin
from functions.shared.settings import Settings

SETTINGS = Settings(
    authenticator_url="x", service_url="x", jwt_secret="x" * 32, public_url="https://stay.example"
)


def request(method: str = "POST", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "headers": [(b"host", b"127.0.0.1:8080"), *pairs]})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"origin": "https://stay.example"},
        {"origin": "http://127.0.0.1:8080"},
    ],
)
def test_our_own_page_may_write(headers: dict[str, str]) -> None:
    require_same_origin(request(**headers), SETTINGS)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "origin": "https://stay.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[", "sec_fetch_mode": "cors"},
    ],
)
def test_anything_else_may_not(headers: dict[str, str]) -> None:
    with pytest.raises(RequestRefused) as refused:
        require_same_origin(request(**headers), SETTINGS)
    assert (refused.value.status, refused.value.slug) == (403, "origin_not_ours")


def test_reading_is_free() -> None:
    require_same_origin(request("GET"), SETTINGS)
