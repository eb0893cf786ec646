"""register_guest: a person who stays, known again by name, phone, e-mail and language together."""

from collections.abc import Iterator

import pytest
from psycopg.types.json import Jsonb

from tests.desk import MANAGER, RECEPTION, Desk

NOOR = {"first_name": "Noor", "last_name": "Haq", "phone": "+12025550147", "email": "noor@guest.example"}


def register(desk: Desk, *, by: str = RECEPTION, **changes: str | None) -> str:
    """The id of the guest."""
    with desk.db.transaction():
        desk.db.execute("select app.act_as_member(%s)", (by,))
        return str(desk.one("select app.register_guest(%s)", Jsonb(NOOR | changes)))


def test_knows_who_comes_again_however_it_is_written(desk: Desk) -> None:
    assert register(desk, by=MANAGER) == register(
        desk, by=MANAGER, first_name="NOOR ", email=" Noor@Guest.example", phone="001 202 555 0147"
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
    assert register(desk) != register(desk, by=RECEPTION, **change)


def test_two_without_a_phone_are_two(desk: Desk) -> None:
    assert register(desk, phone=None) != register(desk, phone=None)


@pytest.fixture
def passing(desk: Desk) -> Iterator[Desk]:
    """A desk whose members are as before when the test is over."""
    with desk.db.transaction(force_rollback=True):
        yield desk


def loses(desk: Desk, right: str, email: str = RECEPTION) -> None:
    """A member's roles lose a right."""
    desk.db.execute(
        "delete from identity.role_permissions where permission = %s and role_id in"
        " (select r.role_id from identity.membership_roles as r"
        " join identity.memberships as m on m.tenant_id = r.tenant_id and m.id = r.membership_id"
        " join identity.users as u on u.id = m.user_id where u.email = %s)",
        (right, email),
    )


def test_a_guess_at_a_phone_is_not_confirmed_to_who_may_not_read_it(passing: Desk) -> None:
    loses(passing, "hotel:guests:read")
    known = register(passing, by=MANAGER)
    right, again, wrong = (
        register(passing, phone=phone) for phone in (NOOR["phone"], NOOR["phone"], "+12025550199")
    )
    assert len({known, right, again, wrong}) == 4
    assert register(passing, by=MANAGER) == known


def test_a_guest_known_only_elsewhere_is_not_told_of_either(passing: Desk) -> None:
    known = register(passing, by=MANAGER)
    passing.db.execute(
        "update identity.memberships as m set property_ids = array[%s::uuid]"
        " from identity.users as u where u.id = m.user_id and u.email = %s",
        (passing.property_id, RECEPTION),
    )
    assert register(passing) != known
    passing.book(by=MANAGER, guest_id=known)
    assert register(passing) == known
