"""own_contact: before the second fact is given, nothing of what it asks for is shown."""

from typing import Any

import pytest

from tests.door import code
from tests.world import World

PHONE = "select phone from public.guests where last_name = 'Marutani'"
EMAIL = "update public.guests set email = 'kenji@marutani.example' where last_name = 'Marutani'"
READS = [
    "portal_stay",
    "portal_request_types",
    "portal_catalog",
    "portal_requests",
    "portal_request_comments",
    "portal_folio",
]


@pytest.mark.parametrize(
    ("contact", "shown", "identified"),
    [
        ("+12025550123", "+1 •••", "+12•••23"),
        ("+447700900123", "+44 •••", "+44•••23"),
        ("+923001234567", "+92 •••", "+92•••67"),
        ("+351912345678", "+351 •••", "+35•••78"),
        ("+77012345678", "+7 •••", "+77•••78"),
        ("+2901234", "+290 •••", "+29•••34"),
        ("marutani@example.com", "•••", "m•••@example.com"),
        (None, None, None),
    ],
)
def test_the_country_alone_shows(
    undone: World, contact: str | None, shown: str | None, identified: str | None
) -> None:
    for is_identified, told in ((False, shown), (True, identified)):
        assert undone.value("select app.own_contact(%s, %s)", contact, is_identified) == told


def test_no_phone_shows_a_digit_that_the_second_fact_asks_for(undone: World) -> None:
    told = undone.rows(
        "select p.phone, app.own_contact(p.phone, false) from generate_series(1, 999) as n,"
        " lateral (select '+' || rpad(n::text, 7, '0') as phone) as p"
    )
    assert len(told) == 999
    for phone, shown in told:
        calling_code = shown.removesuffix(" •••")
        assert len(calling_code) <= len("+123")
        assert phone.startswith(calling_code)


def test_a_code_alone_gives_no_part_of_the_second_fact(world: World) -> None:
    world.conn.execute(EMAIL)
    right, phone = code(world), world.value(PHONE)
    with world.guest("Marutani", "context"):
        shown = world.value("select guest_phone_masked from api.portal_stay")
        told = str([world.rows(f"select * from api.{view}") for view in READS])
        answer = world.value("select api.portal_resolve_code(%s)", right)
    assert (answer["guest"]["phone"], answer["guest"]["email"], shown) == ("+1 •••", "•••", "+1 •••")
    assert "marutani" not in told.lower()
    assert "marutani" not in str(answer).lower()
    assert f"•{phone[-2:]}" not in told


def test_who_gave_it_sees_the_ends_as_before(world: World) -> None:
    right, phone = code(world), world.value(PHONE)
    with world.guest("Marutani", "identified"):
        shown = world.value("select guest_phone_masked from api.portal_stay")
        answer: dict[str, Any] = world.value("select api.portal_resolve_code(%s)", right)
    assert answer["guest"]["phone"] == shown == f"{phone[:3]}•••{phone[-2:]}"
