"""guest_phone_is_e164: a phone number as WhatsApp wants it."""

import pytest

from tests.desk import Desk, refused


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+12025550123", "+12025550123"),
        (" +1 (202) 555-0123 ", "+12025550123"),
        ("0044 7700.900/123", "+447700900123"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_forgives_how_it_is_written(desk: Desk, written: str | None, kept: str | None) -> None:
    assert desk.one("select app.e164_phone(%s)", written) == kept


@pytest.mark.parametrize(
    "written", ["0300 1234567", "12025550123", "+0202555", "+1202", "+1 202 CALL ME", "+1" * 12]
)
def test_refuses_what_is_no_international_number(desk: Desk, written: str) -> None:
    with refused("guest_phone_is_e164", 422):
        desk.one("select app.e164_phone(%s)", written)
