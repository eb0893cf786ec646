"""register_guest: a person who stays, known again by name, phone, e-mail and language together."""

import pytest
from psycopg.types.json import Jsonb

from tests.desk import Desk

NOOR = {"first_name": "Noor", "last_name": "Haq", "phone": "+12025550147", "email": "noor@guest.example"}


def register(desk: Desk, **changes: str | None) -> str:
    """The id of the guest."""
    with desk.db.transaction():
        desk.db.execute("select set_config('app.tenant_id', %s, true)", (desk.tenant_id,))
        return str(desk.one("select app.register_guest(%s)", Jsonb(NOOR | changes)))


def test_knows_who_comes_again_however_it_is_written(desk: Desk) -> None:
    assert register(desk) == register(
        desk, first_name="NOOR ", email=" Noor@Guest.example", phone="001 202 555 0147"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "Nur"},
        {"phone": "+12025550148"},
        {"email": "other@guest.example"},
        {"email": None},
        {"language": "es"},
    ],
)
def test_takes_nobody_for_somebody_else(desk: Desk, change: dict[str, str | None]) -> None:
    assert register(desk) != register(desk, **change)


def test_two_without_a_phone_are_two(desk: Desk) -> None:
    assert register(desk, phone=None) != register(desk, phone=None)
