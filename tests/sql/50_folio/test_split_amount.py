"""split_amount, split_onward: parts by largest remainder, which sum to the whole."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import World


def split(world: World, amount: Any, shares: list[int], currency: str, turn: int = 0) -> list[Decimal]:
    parts: list[Decimal] = world.value(
        "select app.split_amount(%s, %s::numeric[], %s, %s)", Decimal(amount), shares, currency, turn
    )
    return parts


@pytest.mark.parametrize(
    ("amount", "shares", "currency", "parts"),
    [
        ("100", [1, 1, 1], "PKR", "33.34 33.33 33.33"),
        ("100", [1, 1, 1], "JPY", "34 33 33"),
        ("100", [1, 1, 1], "KWD", "33.334 33.333 33.333"),
        ("1", [1, 2], "PKR", "0.33 0.67"),
        ("0.05", [7, 2, 1], "EUR", "0.04 0.01 0"),
        ("0.01", [1, 1], "EUR", "0.01 0"),
        ("-100", [1, 1, 1], "PKR", "-33.34 -33.33 -33.33"),
        ("0", [1, 1], "PKR", "0 0"),
    ],
)
def test_what_is_over_goes_to_the_largest_remainder(
    undone: World, amount: str, shares: list[int], currency: str, parts: str
) -> None:
    assert split(undone, amount, shares, currency) == [Decimal(part) for part in parts.split()]


def test_among_equals_they_take_turns(undone: World) -> None:
    firsts = [split(undone, "100", [1, 1, 1], "PKR", turn).index(Decimal("33.34")) for turn in range(3)]
    assert sorted(firsts) == [0, 1, 2]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    units=st.integers(-(10**9), 10**9),
    shares=st.lists(st.integers(1, 1000), min_size=1, max_size=20),
    currency=st.sampled_from(["JPY", "PKR", "KWD"]),
    turn=st.integers(0, 50),
)
def test_the_parts_sum_to_the_whole(
    undone: World, units: int, shares: list[int], currency: str, turn: int
) -> None:
    amount = Decimal(units) / {"JPY": 1, "PKR": 100, "KWD": 1000}[currency]
    parts = split(undone, amount, shares, currency, turn)
    assert sum(parts) == amount
    unit = Decimal(1) / {"JPY": 1, "PKR": 100, "KWD": 1000}[currency]
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - amount * share / sum(shares)) < unit


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.integers(1, 5000), min_size=1, max_size=12),
    shares=st.lists(st.integers(1, 40), min_size=1, max_size=5),
)
def test_many_amounts_are_split_as_fairly_as_one(
    undone: World, amounts: list[int], shares: list[int]
) -> None:
    held = [Decimal(0)] * len(shares)
    for units in amounts:
        parts = undone.value(
            "select app.split_onward(%s, %s::numeric[], 'JPY', %s::numeric[])", units, shares, held
        )
        assert sum(parts) == units
        assert min(parts) >= 0
        held = [one + part for one, part in zip(held, parts, strict=True)]
    for one, share in zip(held, shares, strict=True):
        assert abs(one - Decimal(sum(amounts)) * share / sum(shares)) < 2
