"""object_or_empty and array_or_empty: a document not yet known to be sound can be walked through."""

import pytest
from psycopg.types.json import Jsonb

from tests.world import World

VALUES: list[object] = [{"a": 1}, {}, [1], [], 7, "text", True, None]


@pytest.mark.parametrize("value", VALUES)
def test_an_object_stays_and_all_else_is_empty(undone: World, value: object) -> None:
    kept = value if isinstance(value, dict) else {}
    assert undone.value("select app.object_or_empty(%s)", Jsonb(value)) == kept


@pytest.mark.parametrize("value", VALUES)
def test_a_list_stays_and_all_else_is_empty(undone: World, value: object) -> None:
    kept = value if isinstance(value, list) else []
    assert undone.value("select app.array_or_empty(%s)", Jsonb(value)) == kept


def test_what_is_not_there_is_empty_too(undone: World) -> None:
    assert undone.rows("select app.object_or_empty(null), app.array_or_empty(null)") == [({}, [])]
