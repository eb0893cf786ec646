"""Fixtures for all tests. Each xdist worker has a cluster of its own: nothing is shared."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from functions.cli.cluster import Cluster
from tests import frugal, portal_lines, prepared
from tests.frugal import pytest_collection_finish
from tests.house import TEMPLATE, Database, cloned
from tests.order import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.pages.browser import launched
from tests.prepared import pytest_unconfigure, running_copy
from tests.stack import Stack, running_stack
from tests.summary import pytest_terminal_summary
from tests.world import UndoneWorld, World

__all__ = [
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "pytest_xdist_make_scheduler",
]


def pytest_configure(config: pytest.Config) -> None:
    """What every process of a run begins with."""
    portal_lines.pytest_configure(config)
    prepared.pytest_configure(config)
    frugal.pytest_configure(config)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A temporary PostgreSQL 15 cluster."""
    with running_copy() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """A database of it that is migrated and holds the reference data and the cast; nobody connects to it."""
    return TEMPLATE


@pytest.fixture
def database(cluster: Cluster, template: str) -> Iterator[Database]:
    """A database of this test's own: `.url`, `.service_url`, `.authenticator_url`, `.connect()`."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def db(database: Database) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A connection to this test's database as the migrating role, autocommit."""
    with database.connect() as connection:
        yield connection


@pytest.fixture(scope="session")
def shared_database(cluster: Cluster, template: str) -> Iterator[Database]:
    """One database for all tests that only read or that undo what they do: none of them commits."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def undone(shared_database: Database) -> Iterator[World]:
    """The cast in a single transaction that is rolled back: time stands still, and nothing stays."""
    with shared_database.connect() as connection, connection.transaction(force_rollback=True):
        yield UndoneWorld(connection)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A complete running copy: `.url`, `.settings`, `.link(state)`, `.token(email)`, `.connect()`."""
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all page tests of a worker; each test opens screens of its own in it."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
