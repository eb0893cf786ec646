"""network_of: the neighbourhood of an address that limits count together."""

import pytest

from tests.world import World


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("198.51.100.255", "198.51.100.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::1", "2001:db8:1::/48"),
        ("", "unknown"),
        ("a phone", "unknown"),
        ("198.51.100.7, 1.1.1.1", "unknown"),
        (None, None),
    ],
)
def test_neighbours_are_one(undone: World, address: str | None, network: str | None) -> None:
    assert undone.value("select app.network_of(%s)", address) == network
