"""uuid_or_null: an id as someone typed it."""

import pytest

from tests.world import World

ID = "01a1fc1e-d3cf-7096-960d-5a78ab5b9084"


@pytest.mark.parametrize(
    ("typed", "found"),
    [(ID, ID), (ID.upper(), ID), ("", None), ("here", None), (ID[:-1], None), (f" {ID}", None), (None, None)],
)
def test_what_cannot_be_an_id_is_none(undone: World, typed: str | None, found: str | None) -> None:
    value = undone.value("select app.uuid_or_null(%s)", typed)
    assert value == found or str(value) == found
