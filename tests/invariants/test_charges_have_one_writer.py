"""app.post_charge is the only writer of charges and their taxes: reversals and workflows go through it."""

import pytest

from tests.world import World

WRITERS = """
select p.oid::regprocedure::text
from pg_proc as p
where p.pronamespace::regnamespace::text
      in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
  and p.prosrc ~* 'insert\\s+into\\s+(public\\.)?charge(s|_taxes)\\y'
"""


def writers(world: World) -> set[str]:
    return {row[0].split("(")[0] for row in world.rows(WRITERS)}


@pytest.mark.shows("invariant/charges_have_one_writer", "table/charges")
def test_charges_have_one_writer(undone: World) -> None:
    assert writers(undone) == {"app.post_charge"}


@pytest.mark.parametrize(
    "role", ["anon", "guest", "staff", "admin", "kiosk", "service", "resolver", "auditor"]
)
def test_no_session_writes_or_calls_it(undone: World, role: str) -> None:
    assert not undone.value("select has_table_privilege(%s, 'public.charges', 'insert')", role)
    callable_by = (
        "select has_function_privilege(%s, oid, 'execute') from pg_proc"
        " where proname = 'post_charge' and pronamespace = 'app'::regnamespace"
    )
    assert undone.value(callable_by, role) is (role == "service")


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "create function app.tip() returns void language sql set search_path = '' as"
        " $$insert into public.charges select * from public.charges limit 0$$"
    )
    assert writers(undone) == {"app.post_charge", "app.tip"}
