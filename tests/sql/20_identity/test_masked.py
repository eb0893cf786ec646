"""masked: contact data of which only the ends can be read."""

import pytest

from tests.world import World


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("+12025550123", "+12•••23"),
        ("marutani@example.com", "m•••@example.com"),
        ("a@b.example", "a•••@b.example"),
        (None, None),
    ],
)
def test_only_the_ends_show(undone: World, contact: str | None, shown: str | None) -> None:
    assert undone.value("select app.masked(%s)", contact) == shown


def test_no_guest_reads_a_whole_phone(undone: World) -> None:
    phone = undone.value("select phone from public.guests where last_name = 'Marutani'")
    with undone.guest("Marutani", "identified"):
        assert phone not in str(undone.rows("select * from api.portal_stay"))
