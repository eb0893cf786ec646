"""give_password_for_once, password_state: how long a given password holds, and what use leaves of it."""

import os

import pytest

from tests.manager import invite, member_id
from tests.passwords import kept, was_given
from tests.world import RECEPTION, World

GIVEN = "abcdefghjkmnpqrs"
LEFT = "select one_time_until - app.now() = %s::interval from identity.passwords"


def state(world: World, typed: str = GIVEN) -> str | None:
    begun = world.value(
        "select app.begin_login('staff', %s, '198.51.100.7', sha256(%s))", RECEPTION, typed.encode()
    )
    given: str | None = begun["logins"][0]["one_time"]
    return given


def accept(world: World, typed: str = GIVEN) -> bool:
    """Whether a password for once opens a session."""
    opened = world.value(
        "select app.accept_login(%s, '198.51.100.7', m.tenant_id, m.id, null, sha256(%s), %s)"
        " from identity.memberships m where m.id = %s",
        *(RECEPTION, typed.encode(), os.urandom(32), member_id(world, RECEPTION)),
    )
    return opened is not None


def test_it_holds_for_seven_days(undone: World) -> None:
    invite(undone)
    assert undone.value(LEFT, "7 days")


@pytest.mark.parametrize(("left", "stands"), [("1 microsecond", "right"), ("0", "over"), ("-1 day", "over")])
def test_it_ends_at_its_time(undone: World, left: str, stands: str) -> None:
    was_given(undone, RECEPTION, GIVEN)
    undone.conn.execute("update identity.passwords set one_time_until = app.now() + %s::interval", (left,))
    assert state(undone) == stands
    assert accept(undone) is (stands == "right")


def test_once_used_it_stands_for_a_quarter_of_an_hour_and_no_longer(undone: World) -> None:
    was_given(undone, RECEPTION, GIVEN)
    assert accept(undone)
    assert undone.value(LEFT, "15 minutes")
    undone.conn.execute("update identity.passwords set one_time_until = app.now() + interval '1 minute'")
    assert accept(undone)
    assert undone.value(LEFT, "1 minute")


def test_another_one_opens_nothing(undone: World) -> None:
    was_given(undone, RECEPTION, GIVEN)
    assert state(undone, GIVEN[::-1]) is None
    assert not accept(undone, GIVEN[::-1])


def test_without_any_password_nothing_opens(undone: World) -> None:
    assert state(undone, "") is None
    assert not accept(undone, "")


def test_only_its_digest_is_kept(undone: World) -> None:
    given = invite(undone)["one_time_password"].replace("-", "")
    digest = undone.value("select sha256(%s)", given.encode())
    assert kept(undone, "noor@example.com") == (None, digest, False)
    assert undone.value("select count(*) from identity.passwords w where w::text like %s", f"%{given}%") == 0


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "service"])
def test_nobody_reads_what_opens_a_membership(undone: World, role: str) -> None:
    assert not undone.value("select has_any_column_privilege(%s, 'identity.passwords', 'select')", role)
