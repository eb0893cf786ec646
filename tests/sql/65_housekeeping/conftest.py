"""A Lodge where guests have told what they want of cleaning, and a clock that is moved to the morning."""

from collections.abc import Iterator
from itertools import count

import pytest

from functions.cli.cluster import Cluster
from tests.cleaning import Lodge
from tests.desk import open_lodge
from tests.house import Database, cloned

numbers = count(101)


@pytest.fixture(scope="module")
def town(cluster: Cluster, template: str) -> Iterator[Database]:
    """One database for a file's tests: a Lodge has nothing in common with the next but the clock."""
    with cloned(cluster, template) as database:
        yield database


@pytest.fixture
def lodge(town: Database) -> Iterator[Lodge]:
    """A Lodge of this test's own."""
    with town.connect() as db:
        desk = open_lodge(town, db, f"H{next(numbers)}")
        with db.transaction():
            db.execute("select app.set_caller(%s)", (desk.tenant_id,))
            db.execute("select app.copy_feature_windows()")
        lodge = Lodge(desk)
        lodge.not_before_noon()
        yield lodge
