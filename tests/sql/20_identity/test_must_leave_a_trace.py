"""must_leave_a_trace: a try that counts can neither be taken back nor told apart by how it fails."""

import pytest
from psycopg import sql

from tests.house import Database
from tests.world import Refused, World

SHAPES = {
    "a cast": "select cast(to_jsonb(pgrst_scalar)->>{} as int) from pgrst_source",
    "a filter": "select * from pgrst_source where true",
}
AS_CALLED = "with pgrst_source as (select api.portal_resolve_code('ZZZZZZ') as pgrst_scalar) "


def hits(world: World) -> int:
    return int(world.value("select coalesce(sum(hits), 0) from app.limits where bucket = 'code-all'"))


def ask(world: World, query: str) -> None:
    with world.owner():
        world.conn.execute("set local role anon")
        world.conn.execute(sql.SQL(AS_CALLED + query).format("details"))


@pytest.mark.parametrize("query", SHAPES.values(), ids=SHAPES)
def test_an_answer_that_is_shaped_is_refused(undone: World, query: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(undone, query)
    assert (refused.value.code, refused.value.slug) == ("PT400", "answer_is_taken_whole")


def test_an_answer_that_is_handed_over_is_counted(undone: World) -> None:
    before = hits(undone)
    ask(undone, "select coalesce(json_agg(t.pgrst_scalar)->0, 'null') from pgrst_source as t")
    assert hits(undone) == before + 1


def ask_read_only(world: World, tenant: object, booking: object, call: str) -> None:
    with world.owner():
        world.conn.execute("select app.enter_as_guest(%s, %s, null, 'context')", (tenant, booking))
        world.conn.execute("set transaction_read_only = on")
        world.conn.execute(f"select {call}".encode())


@pytest.mark.parametrize(
    "call",
    [
        "api.portal_resolve_code('ZZZZZZ')",
        "api.portal_resolve_code((select code from portal.codes limit 1))",
        "api.portal_confirm_identity('Marutani')",
        "api.portal_confirm_identity('Haddad')",
    ],
)
def test_a_call_that_could_not_count_is_refused_before_it_looks(database: Database, call: str) -> None:
    with database.connect() as conn:
        world = World(conn)
        [(tenant, booking)] = world.rows(
            "select tenant_id, id from public.bookings where id = %s", world.booking("Marutani")
        )
        with pytest.raises(Refused) as refused:
            ask_read_only(world, tenant, booking, call)
    assert (refused.value.code, refused.value.slug) == ("PT405", "method_not_allowed")
