"""What the desk's forms of a bill ask of the commands."""

import pytest

from functions.pages.folios.asked import body_of

FOLIO = {"id": "f", "booking_id": "b"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("2", 2), ("²", "²"), ("٣", "٣"), ("-1", "-1"), ("9" * 5000, "9" * 5000)]
)
def test_a_quantity_is_read_or_left_to_the_command(typed: str, meant: object) -> None:
    assert body_of("charge", {"quantity": typed}, FOLIO)["quantity"] == meant
