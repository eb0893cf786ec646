"""code_wait: ten wrong codes a minute an address, a hundred a network, and how long until there is room."""

import pytest

from tests.world import World

ADDRESS = "198.51.100.7"


def try_wrong(world: World, times: int, address: str = ADDRESS) -> list[str]:
    return [
        world.value("select outcome from app.try_code('ZZZZZZ', %s, null)", address) for _ in range(times)
    ]


def wait(world: World, address: str = ADDRESS, most: int = 10) -> int | None:
    seconds: int | None = world.value("select app.code_wait(%s, %s)", address, most)
    return seconds


def test_the_eleventh_wrong_code_waits(undone: World) -> None:
    assert try_wrong(undone, 9) == ["unknown"] * 9
    assert wait(undone) is None
    assert try_wrong(undone, 2) == ["unknown", "throttled"]
    assert 1 <= (wait(undone) or 0) <= 60


def test_a_network_is_shut_after_a_hundred(undone: World) -> None:
    for host in range(1, 11):
        try_wrong(undone, 10, f"203.0.113.{host}")
    assert wait(undone, "203.0.113.99")
    assert wait(undone, "203.0.112.1") is None


def test_one_wrong_code_is_seen(undone: World) -> None:
    assert wait(undone, most=1) is None
    try_wrong(undone, 1)
    assert wait(undone, most=1)


@pytest.mark.parametrize("address", ["", None, "unknown", "2001:db8::1"])
def test_odd_addresses_wait_too(undone: World, address: str) -> None:
    assert try_wrong(undone, 11, address)[-1] == "throttled"
    assert wait(undone, address)


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_api_role_asks(undone: World, role: str) -> None:
    assert not undone.value(
        "select has_function_privilege(%s, 'app.code_wait(text, integer)', 'execute')", role
    )
