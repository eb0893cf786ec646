"""Every command takes a key, or its comment says what a second call does."""

from tests.world import World

# What the comments say of a second call.
WORDS = (
    "the same (key|again|document again|member.s repeat)|again changes nothing|answered as (it|he) is"
    "|a second call|a repeat"
)
SILENT = f"""
select p.proname
from pg_proc as p
where p.pronamespace = 'api'::regnamespace and p.provolatile = 'v'
  and coalesce(obj_description(p.oid, 'pg_proc'), '') !~* '({WORDS})'
"""


def test_every_command_is_idempotent_or_says_so(undone: World) -> None:
    assert undone.rows(SILENT) == []


def test_a_key_is_always_called_the_same(undone: World) -> None:
    odd = undone.rows(
        "select p.proname, n from pg_proc p, unnest(p.proargnames) n"
        " where p.pronamespace = 'api'::regnamespace and n ~ 'key' and n <> 'p_idempotency_key'"
    )
    assert odd == []


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "create function api.ring_the_bell() returns void language sql volatile"
        " set search_path = '' as 'select'"
    )
    undone.conn.execute("comment on function api.ring_the_bell() is 'Rings the bell at the desk.'")
    assert undone.rows(SILENT) == [("ring_the_bell",)]
