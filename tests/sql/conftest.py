"""What every SQL test has: the cast."""

import pytest

from tests.world import World


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """The cast: on a database of its own where the test asks for one, else where everything is undone."""
    if {"database", "db"} & set(request.fixturenames):
        return World(request.getfixturevalue("db"))
    undone: World = request.getfixturevalue("undone")
    return undone
