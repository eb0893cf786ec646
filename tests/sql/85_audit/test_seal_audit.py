"""seal_audit: a chain over the log that misses no late commit, whatever is open meanwhile."""

from typing import Any

from tests import races
from tests.house import Database
from tests.world import World

SEALED = """
select coalesce(sum(row_count), 0) from public.audit_seals
where tenant_id = (select id from public.tenants where slug = 'hamsun')
"""
WRITTEN = """
select count(*) from public.audit_log
where tenant_id = (select id from public.tenants where slug = 'hamsun')
"""
CHANGE = """
update public.guests set notes = coalesce(notes, '') || '.'
where last_name = 'Marutani' and tenant_id = (select id from public.tenants where slug = 'hamsun')
"""
HEAD = (
    "select h.number from app.audit_heads h join public.tenants t on t.id = h.tenant_id and t.slug = 'hamsun'"
)


def seal(world: World) -> int:
    sealed: int = world.value("select app.seal_audit()")
    return sealed


def test_every_tenants_rows_are_sealed_once(db: Any) -> None:
    world = World(db)
    assert seal(world) == world.value("select count(*) from public.audit_log")
    assert world.rows("select count(*) from public.audit_seals") == world.rows(
        "select count(distinct tenant_id) from public.audit_log"
    )
    assert seal(world) == 0


def test_the_next_seal_takes_what_came_since(db: Any) -> None:
    world = World(db)
    seal(world)
    db.execute(CHANGE)
    assert seal(world) == 1
    assert world.value(HEAD) == 2


def test_a_late_commit_lands_in_the_next_seal(database: Database) -> None:
    with database.connect() as writer, database.connect() as sealer:
        world = World(sealer)
        seal(world)
        with writer.transaction():
            writer.execute(CHANGE)
            sealer.execute(CHANGE.replace("Marutani", "Okafor"))
            assert seal(world) == 0, "what came after an open transaction waits with it"
        assert seal(world) == 2
        assert world.value(SEALED) == world.value(WRITTEN)
        assert world.value("select app.verify_audit(id, 0) ->> 'is_sound' from public.tenants limit 1")


def test_it_seals_no_row_of_the_transaction_it_runs_in(db: Any) -> None:
    world = World(db)
    seal(world)
    with db.transaction():
        db.execute(CHANGE)
        assert seal(world) == 0
    assert seal(world) == 1


def test_of_two_sealers_one_stands_back(database: Database) -> None:
    with database.connect() as one, database.connect() as other:
        one.execute("select app.seal_audit()")
        one.execute(CHANGE)
        with one.transaction():
            assert seal(World(one)) == 1
            assert seal(World(other)) == 0
        assert World(other).value(SEALED) == World(other).value(WRITTEN)


def test_many_writers_and_sealers_leave_a_sound_chain(database: Database) -> None:
    def write(conn: races.Connection) -> None:
        for _ in range(20):
            conn.execute(CHANGE)

    def seals(conn: races.Connection) -> None:
        for _ in range(20):
            conn.execute("select app.seal_audit()")

    assert races.all_at_once(database, [write, write, seals, seals]) == [None] * 4
    with database.connect() as conn:
        world = World(conn)
        seal(world)
        assert world.value(SEALED) == world.value(WRITTEN)
        sound = "select bool_and((app.verify_audit(id, 0) ->> 'is_sound')::boolean) from public.tenants"
        assert world.value(sound) is True


def test_after_a_restore_numbers_begin_anew(db: Any) -> None:
    world = World(db)
    db.execute(CHANGE)
    seal(world)
    # as if the log came from a house that had seen many more transactions, the last of them not yet sealed
    db.execute("set session_replication_role = replica")
    db.execute(
        "insert into public.audit_log (tenant_id, xid, table_name, row_key, operation, db_role)"
        " select id, '900000000000', 'public.guests', '{}', 'DELETE', 'x' from public.tenants"
        " where slug = 'hamsun'"
    )
    db.execute("set session_replication_role = origin")
    world.value("select app.begin_audit_epoch()")
    db.execute(CHANGE)
    assert seal(world) == 2
    assert world.value(SEALED) == world.value(WRITTEN)
    assert world.rows("select epoch from public.audit_seals where number > 1 order by number") == [(1,), (2,)]
    assert seal(world) == 0
    verified = world.value("select app.verify_audit(id, 0) from public.tenants where slug = 'hamsun'")
    assert verified["is_sound"]


def test_a_restore_that_nobody_told_of_is_noticed(undone: World) -> None:
    seal(undone)
    undone.conn.execute("set local session_replication_role = replica")
    undone.conn.execute("update public.audit_seals set until_xid = '900000000000'")
    seal(undone)
    assert undone.rows("select distinct epoch from app.audit_heads") == [(2,)]


def test_what_waits_too_long_is_an_alert_until_it_is_sealed(database: Database) -> None:
    alerts = (
        "select count(*) from app.platform_alerts where kind = 'audit_not_sealed' and resolved_at is null"
    )
    with database.connect() as writer, database.connect() as sealer:
        world = World(sealer)
        seal(world)
        with writer.transaction():
            writer.execute(CHANGE.replace("Marutani", "Okafor"))
            sealer.execute(CHANGE)
            seal(world)
            assert world.value(alerts) == 0
            sealer.execute("update app.clock set shift = shift + interval '16 minutes'")
            for _ in range(2):
                seal(world)
                assert world.value(alerts) == 1
        seal(world)
        assert world.value(alerts) == 0


def test_a_long_log_is_sealed_in_parts_that_part_no_transaction(db: Any) -> None:
    world = World(db)
    seal(world)
    db.execute("set session_replication_role = replica")
    for rows in (15000, 15000, 1):
        db.execute(
            "insert into public.audit_log (tenant_id, table_name, row_key, operation, db_role)"
            " select id, 'public.guests', '{}', 'DELETE', 'x' from public.tenants, generate_series(1, %s)"
            " where slug = 'hamsun'",
            (rows,),
        )
    assert seal(world) == 30001
    assert world.rows("select row_count from public.audit_seals where number > 1 order by number") == [
        (15000,),
        (15001,),
    ]
