"""The whole isolation matrix once more, on Supabase's shape; the short run walks a part of it."""

import pytest

from tests.isolation.conftest import conn, furnished
from tests.isolation.test_matrix import (
    report,
    test_every_open_cell_is_reached_from_its_own_side,
    test_nothing_of_the_stranger_is_reached,
    test_the_matrix_is_as_large_as_it_was,
)
from tests.isolation.test_planted_leaks import (
    test_a_planted_leak_is_found,
    test_without_a_leak_the_same_cells_are_clean,
)

__all__ = [
    "conn",
    "furnished",
    "report",
    "test_a_planted_leak_is_found",
    "test_every_open_cell_is_reached_from_its_own_side",
    "test_nothing_of_the_stranger_is_reached",
    "test_the_matrix_is_as_large_as_it_was",
    "test_without_a_leak_the_same_cells_are_clean",
]

pytestmark = pytest.mark.long
