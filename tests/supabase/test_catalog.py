"""Every rule of the catalog holds on Supabase's shape too, and finds its planted mistake there."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.catalog.allowed import ALLOWED
from tests.catalog.test_rules import (
    test_a_planted_mistake_is_found,
    test_every_allowance_is_used,
    test_the_catalog_holds,
)
from tests.house import Database
from tests.supabase.house import as_superuser

__all__ = ["test_a_planted_mistake_is_found", "test_every_allowance_is_used", "test_the_catalog_holds"]


# The project's own, which our tables have no grant for: tests/supabase/test_shape.py looks.
OF_THE_PROJECT = {"nobody_bypasses": {"service_role"}}


@pytest.fixture(autouse=True)
def _allowances(monkeypatch: pytest.MonkeyPatch) -> None:
    for rule, allowed in OF_THE_PROJECT.items():
        monkeypatch.setitem(ALLOWED, rule, ALLOWED.get(rule, set()) | allowed)


@pytest.fixture
def db(shared_database: Database) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection as the superuser: some mistakes its `postgres` could not even make."""
    with as_superuser(shared_database.cluster, shared_database.name) as connection:
        yield connection
