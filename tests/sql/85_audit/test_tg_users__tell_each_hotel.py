"""tg_users__tell_each_hotel: a person's new e-mail or password is logged in every hotel they work for."""

from typing import Any

import pytest

from tests.world import MANAGER, RECEPTION, World

LOGGED = (
    "select t.slug, a.operation, a.old_values, a.new_values, a.actor_name from public.audit_log a"
    " join public.tenants t on t.id = a.tenant_id where a.table_name = 'identity.users' order by a.id"
)


@pytest.fixture
def in_two_hotels(undone: World) -> Any:
    """Reception of one hotel, who also helps out in the other."""
    user = undone.value("select id from identity.users where email = %s", RECEPTION)
    undone.conn.execute(
        "insert into identity.memberships (tenant_id, user_id, display_name, session_type)"
        " select id, %s, 'Mo', 'staff' from public.tenants where slug = 'alpine'",
        (user,),
    )
    return user


def change(world: World, user: Any, column: str, value: str) -> None:
    """Somebody of the first hotel changes it."""
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (MANAGER,))
        world.conn.execute(f"update identity.users set {column} = %s where id = %s".encode(), (value, user))


def test_a_new_password_is_logged_in_each_hotel_and_never_the_hash(undone: World, in_two_hotels: Any) -> None:
    name = undone.value(
        "select display_name from identity.memberships m join identity.users u"
        " on u.id = m.user_id where u.email = %s",
        MANAGER,
    )
    change(undone, in_two_hotels, "password_hash", "$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA")
    hidden = {"password": "•••"}
    assert sorted(undone.rows(LOGGED), key=str) == [
        ("alpine", "UPDATE", hidden, hidden, None),
        ("hamsun", "UPDATE", hidden, hidden, name),
    ]
    assert undone.value("select count(*) from public.audit_log a where a::text like '%%argon2%%'") == 0


def test_a_new_address_is_logged_with_the_old_one(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "email", "mohsin@hamsun.example")
    logged = undone.rows(LOGGED)
    assert len(logged) == 2
    assert {(str(old), str(new)) for _, _, old, new, _ in logged} == {
        (str({"email": RECEPTION}), str({"email": "mohsin@hamsun.example"}))
    }


def test_what_is_nobodys_business_is_not_logged(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "must_change_password", "true")
    change(undone, in_two_hotels, "email", RECEPTION)
    assert undone.rows(LOGGED) == []


def test_each_hotel_reads_its_own_entry(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "email", "mohsin@hamsun.example")
    with undone.member(MANAGER):
        assert undone.rows("select count(*) from api.audit_log where table_name = 'identity.users'") == [(1,)]
