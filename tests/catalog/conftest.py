"""The catalog is only looked at, and planted mistakes are rolled back: one database serves all."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.house import Database


@pytest.fixture
def db(shared_database: Database) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A connection to the shared database as the migrating role, autocommit."""
    with shared_database.connect() as connection:
        yield connection
