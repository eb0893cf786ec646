"""What every SQL test has: the cast on a database of its own."""

from typing import Any

import psycopg
import pytest

from tests.world import World


@pytest.fixture
def world(db: "psycopg.Connection[tuple[Any, ...]]") -> World:
    """The cast, acting on this test's database."""
    return World(db)
