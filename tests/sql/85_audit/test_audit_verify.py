"""audit_verify: the first broken link, whoever broke it; what no trigger stops is found."""

from typing import Any

import pytest

from tests.world import OWNER, RECEPTION, STRANGER, Refused, World

OURS = "(select id from public.tenants where slug = 'hamsun')"
ROW = "update public.audit_log set"
SEAL = "update public.audit_seals set"
COPY = """
insert into public.audit_log (tenant_id, xid, table_name, row_key, operation, db_role)
select tenant_id, xid, table_name, row_key, operation, db_role from public.audit_log where position = {first}
"""
SWAPPED = """
alter table public.audit_log alter position drop identity;
update public.audit_log set position = {first} + {second} - position where position in ({first}, {second});
"""
TAMPERINGS = [
    (f"{ROW} actor_name = 'Nobody' where position = {{first}}", "rows_or_seal_changed"),
    (f"{ROW} new_values = '{{{{}}}}' where position = {{first}}", "rows_or_seal_changed"),
    (f"{ROW} at = at + interval '1 microsecond' where position = {{first}}", "rows_or_seal_changed"),
    (SWAPPED, "rows_or_seal_changed"),
    ("delete from public.audit_log where position = {first}", "rows_missing"),
    (COPY, "rows_added"),
    (f"{SEAL} sealed_at = sealed_at - interval '1 day' where number = 1", "rows_or_seal_changed"),
    (f"{SEAL} row_count = row_count - 1 where number = 1", "rows_added"),
    (f"{SEAL} digest = sha256('x') where number = 1", "rows_or_seal_changed"),
]


@pytest.fixture
def chain(db: Any) -> World:
    """A log of ours with three seals, on a connection whom no trigger stops."""
    for note in ("one", "two", "three"):
        db.execute(
            f"update public.guests set notes = %s where last_name = 'Marutani' and tenant_id = {OURS}",
            (note,),
        )
        db.execute("select app.seal_audit()")
    db.execute("set session_replication_role = replica")
    return World(db)


def verified(world: World, *arguments: object) -> dict[str, Any]:
    """What an owner is told."""
    marks = ", ".join(["%s"] * len(arguments))
    with world.member(OWNER):
        answer: dict[str, Any] = world.value(f"select api.audit_verify({marks})", *arguments)
    return answer


def test_an_untouched_chain_is_sound(chain: World) -> None:
    answer = verified(chain)
    assert answer["is_sound"]
    assert answer["checked_until"] == 3
    assert answer["rows"] == chain.value(f"select count(*) from public.audit_log where tenant_id = {OURS}")
    assert "unsealed_since" not in answer


@pytest.mark.parametrize(("tampering", "reason"), TAMPERINGS)
def test_a_superusers_tampering_is_found(chain: World, tampering: str, reason: str) -> None:
    first, second = chain.value(
        "select array_agg(position) from (select position from public.audit_log"
        f" where tenant_id = {OURS} order by position limit 2) as a"
    )
    chain.conn.execute(tampering.format(first=first, second=second).encode())
    answer = verified(chain)
    assert (answer["is_sound"], answer["broken_at"], answer["reason"]) == (False, 1, reason)


def test_a_cut_tail_is_found(chain: World) -> None:
    chain.conn.execute(f"delete from public.audit_seals where tenant_id = {OURS} and number = 3".encode())
    assert verified(chain)["reason"] == "tail_cut"
    chain.conn.execute(
        f"delete from public.audit_log where tenant_id = {OURS} and new_values ->> 'notes' is not null"
        " and position = (select max(position) from public.audit_log)".encode()
    )
    answer = verified(chain)
    assert (answer["is_sound"], answer["broken_at"], answer["reason"]) == (False, 3, "tail_cut")


def test_a_seal_taken_out_of_the_middle_is_found(chain: World) -> None:
    chain.conn.execute(f"delete from public.audit_seals where tenant_id = {OURS} and number = 2".encode())
    answer = verified(chain)
    assert (answer["broken_at"], answer["reason"]) == (2, "seal_missing")


def test_seals_in_another_order_are_found(chain: World) -> None:
    for old, new in ((2, 20), (3, 2), (20, 3)):
        chain.conn.execute(f"{SEAL} number = {new} where tenant_id = {OURS} and number = {old}".encode())
    answer = verified(chain)
    assert (answer["broken_at"], answer["reason"]) == (2, "gap_between_seals")


def test_a_head_set_back_with_its_tail_is_found_by_who_noted_it(chain: World) -> None:
    noted = verified(chain)["head"]
    assert verified(chain, 0, noted)["noted_head_is_in_the_chain"]
    chain.conn.execute(f"delete from public.audit_seals where tenant_id = {OURS} and number = 3".encode())
    chain.conn.execute(
        "update app.audit_heads as h set number = 2, digest = s.digest from public.audit_seals as s"
        f" where s.tenant_id = h.tenant_id and s.number = 2 and h.tenant_id = {OURS}".encode()
    )
    answer = verified(chain, 0, noted)
    assert (answer["is_sound"], answer["noted_head_is_in_the_chain"]) == (True, False)


def test_a_head_that_does_not_fit_is_found(chain: World) -> None:
    chain.conn.execute("update app.audit_heads set digest = sha256('')")
    assert verified(chain)["reason"] == "head_changed"


@pytest.mark.parametrize("epoch", [0, 2])
def test_a_row_where_no_seal_looks_is_found(chain: World, epoch: int) -> None:
    chain.conn.execute(
        "insert into public.audit_log (tenant_id, epoch, table_name, row_key, operation, db_role)"
        f" values ({OURS}, %s, 'public.charges', '{{}}', 'DELETE', 'admin')".encode(),
        (epoch,),
    )
    assert verified(chain)["reason"] == "rows_added"


def test_it_says_how_many_changes_wait_for_their_seal_and_since_when(chain: World) -> None:
    chain.conn.execute("set session_replication_role = origin")
    chain.conn.execute("update public.guests set notes = 'four' where last_name = 'Marutani'")
    answer = verified(chain)
    assert "unsealed_since" in answer
    assert (answer["is_sound"], answer["unsealed_rows"], answer["grace_seconds"]) == (True, 1, 3600)


@pytest.mark.parametrize(("minutes", "is_sound"), [(59, True), (61, False)])
def test_a_change_that_waits_an_hour_is_not_sound(chain: World, minutes: int, is_sound: bool) -> None:
    chain.conn.execute("set session_replication_role = origin")
    chain.conn.execute("update public.guests set notes = 'four' where last_name = 'Marutani'")
    chain.conn.execute("update app.clock set shift = shift + make_interval(mins => %s)", (minutes,))
    answer = verified(chain)
    assert answer["is_sound"] is is_sound
    assert answer.get("reason") == (None if is_sound else "seal_overdue")
    assert "broken_at" not in answer
    chain.value("select app.seal_audit()")
    assert (verified(chain)["is_sound"], verified(chain)["unsealed_rows"]) == (True, 0)


def test_a_log_that_was_never_sealed_is_not_sound(db: Any) -> None:
    world = World(db)
    db.execute("set session_replication_role = replica")
    db.execute("delete from public.audit_seals; delete from app.audit_heads")
    db.execute("update app.clock set shift = shift + interval '61 minutes'")
    answer = verified(world)
    assert (answer["is_sound"], answer["reason"]) == (False, "seal_overdue")
    assert answer["unsealed_rows"] == world.value(
        f"select count(*) from public.audit_log where tenant_id = {OURS}"
    )


def test_a_part_can_be_verified_from_where_the_last_ended(chain: World) -> None:
    chain.conn.execute("update public.audit_log set actor_name = 'x' where position = (select min(position)"
                       f" from public.audit_log where tenant_id = {OURS})".encode())  # fmt: skip
    assert verified(chain, 1)["is_sound"]


def test_a_long_chain_is_answered_in_parts(chain: World) -> None:
    chain.conn.execute("update public.audit_seals set row_count = 120000 where number = 2")
    chain.conn.execute(
        "insert into public.audit_log (tenant_id, xid, table_name, row_key, operation, db_role)"
        " select s.tenant_id, s.from_xid, 'public.guests', '{}', 'DELETE', 'x'"
        " from public.audit_seals as s, generate_series(1, 119999)"
        f" where s.tenant_id = {OURS} and s.number = 2".encode()
    )
    chain.conn.execute(
        "update public.audit_seals as s set digest = app.digest_seal(s, b.digest,"
        " (app.digest_rows(s.tenant_id, s.epoch, s.from_xid, s.until_xid)).digest)"
        " from public.audit_seals as b where b.tenant_id = s.tenant_id and b.number = 1 and s.number = 2"
    )
    answer = verified(chain)
    assert (answer["is_sound"], answer["continue_after"]) == (True, 2)
    assert verified(chain, answer["continue_after"])["reason"] == "rows_or_seal_changed"


@pytest.mark.parametrize("bound", [False, True])
def test_it_is_for_those_who_may_read_the_whole_log(undone: World, bound: bool) -> None:
    if bound:
        undone.conn.execute("update identity.memberships set property_ids = array[gen_random_uuid()]")
    with pytest.raises(Refused) as refused, undone.member(OWNER if bound else RECEPTION):
        undone.value("select api.audit_verify()")
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")


def test_the_stranger_is_told_of_another_chain(chain: World) -> None:
    chain.conn.execute(f"delete from public.audit_seals where tenant_id = {OURS}".encode())
    with chain.member(STRANGER):
        assert chain.value("select api.audit_verify()")["is_sound"]
        assert chain.value("select count(*) from api.audit_seals") == 1
