"""What the desk's forms of a bill ask of the commands."""

import pytest

from functions.pages.folios.asked import body_of

FOLIO = {"id": "f", "booking_id": "b"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("2", 2), ("²", "²"), ("٣", "٣"), ("-1", "-1"), ("9" * 5000, "9" * 5000)]
)
def test_a_quantity_is_read_or_left_to_the_command(typed: str, meant: object) -> None:
    assert body_of("charge", {"quantity": typed}, FOLIO, "en")["quantity"] == meant


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1,850.50", "en", "1850.50"),
        ("1.850,50", "es", "1850.50"),
        ("1.850", "es", "1850"),
        ("12.5", "es", "12.5"),
        ("-3", "en", "-3"),
        ("a lot", "en", "a lot"),
    ],
)
def test_an_amount_is_read_as_it_is_written_or_left_to_the_command(
    typed: str, language: str, meant: str
) -> None:
    assert body_of("payment", {"amount": typed}, FOLIO, language)["amount"] == meant
