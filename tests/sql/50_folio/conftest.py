"""The booking that folio tests begin with."""

from typing import Any

import pytest

from tests.world import World


@pytest.fixture
def booking(undone: World) -> Any:
    """A guest who has not been charged anything: Okafor, not arrived yet."""
    return undone.booking("Okafor")
