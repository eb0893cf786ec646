"""tg_users__tell_each_hotel: a person's new e-mail is logged in every hotel they work for."""

from typing import Any

import pytest

from tests.passwords import HASH, has_chosen, was_given
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


def test_a_new_password_is_logged_where_it_opens_something_and_never_the_hash(undone: World) -> None:
    has_chosen(undone, RECEPTION)
    has_chosen(undone, RECEPTION, HASH.replace("m=8192", "m=8193"))
    logged = undone.rows(
        "select t.slug, a.operation, a.new_values ->> 'password_hash' from public.audit_log a"
        " join public.tenants t on t.id = a.tenant_id where a.table_name = 'identity.passwords' order by a.id"
    )
    assert logged == [("hamsun", "INSERT", "•••"), ("hamsun", "UPDATE", "•••")]
    was_given(undone, RECEPTION)
    digest = undone.value("select encode(one_time_digest, 'hex') from identity.passwords")
    for kept in ("argon2", digest):
        assert undone.value("select count(*) from public.audit_log a where a::text like %s", f"%{kept}%") == 0


def test_a_new_address_is_logged_with_the_old_one(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "email", "mohsin@hamsun.example")
    logged = undone.rows(LOGGED)
    assert len(logged) == 2
    assert {(str(old), str(new)) for _, _, old, new, _ in logged} == {
        (str({"email": RECEPTION}), str({"email": "mohsin@hamsun.example"}))
    }


def test_what_is_nobodys_business_is_not_logged(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "password_hash", "of the platform")
    change(undone, in_two_hotels, "email", RECEPTION)
    assert undone.rows(LOGGED) == []


def test_each_hotel_reads_its_own_entry(undone: World, in_two_hotels: Any) -> None:
    change(undone, in_two_hotels, "email", "mohsin@hamsun.example")
    with undone.member(MANAGER):
        assert undone.rows("select count(*) from api.audit_log where table_name = 'identity.users'") == [(1,)]
