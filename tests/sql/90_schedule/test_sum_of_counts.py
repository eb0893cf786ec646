"""sum_of_counts: what the batches of a run came to together."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import World


@pytest.mark.parametrize(
    ("before", "more", "both"),
    [
        ({}, {"sheep": 2}, {"sheep": 2}),
        ({"sheep": 2, "goats": 1}, {"sheep": 3}, {"sheep": 5, "goats": 1}),
        ({"said": "one"}, {"said": "two"}, {"said": "two"}),
        ({"sheep": 2}, None, {"sheep": 2}),
    ],
)
def test_numbers_are_added(
    undone: World, before: dict[str, Any], more: dict[str, Any] | None, both: dict[str, Any]
) -> None:
    given = Jsonb(more) if more is not None else None
    assert undone.value("select app.sum_of_counts(%s, %s::jsonb)", Jsonb(before), given) == both
