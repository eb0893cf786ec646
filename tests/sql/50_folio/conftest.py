"""A bill to pay: that of Okafor, who has not arrived and owes nothing yet."""

from typing import Any

import pytest

from tests.folio import bill
from tests.world import World


@pytest.fixture
def booking(undone: World) -> Any:
    """Okafor's booking."""
    return undone.booking("Okafor")


@pytest.fixture
def folio(undone: World, booking: Any) -> str:
    """Okafor's folio, with 1,000 on it."""
    return bill(undone, booking, 1000)
