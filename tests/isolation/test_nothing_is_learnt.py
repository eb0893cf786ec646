"""Not even a number: what a hotel reads is the same, byte for byte, in a world without the other hotel."""

from typing import Any

import psycopg
import pytest

from tests.isolation import catalog
from tests.isolation.actors import HOTELS, Actor, actor
from tests.isolation.arguments import Arguments, outcome_of
from tests.isolation.catalog import Connection
from tests.isolation.matrix import stranger_of
from tests.isolation.statements import statement

OWNED = """
select c.oid::regclass::text from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
where c.relkind in ('r', 'p')
"""


def everything_told(conn: Connection, actors: list[Actor]) -> dict[str, Any]:
    """What each role of the hotel reads in every list, and by every command that only reads."""
    told: dict[str, Any] = {}
    for someone in actors:
        role = someone.role
        for rows in catalog.lists(conn, role):
            if rows.readable:
                told[f"{rows.name} {role}"] = sorted(map(str, read(conn, someone, statement(rows, "read"))))
        for command in catalog.commands(conn, role):
            if command.is_open and not command.is_volatile:
                given = Arguments(conn).own(command, role, someone.tenant)
                with conn.transaction(force_rollback=True):
                    someone.enter(conn)
                    told[f"{command.name} {role}"] = outcome_of(conn, command, given)
    return told


def read(conn: Connection, someone: Actor, query: str) -> list[Any]:
    with conn.transaction(force_rollback=True):
        someone.enter(conn)
        return [row[0] for row in conn.execute(query.encode()).fetchall()]


def learnt(conn: Connection, hotel: str) -> set[str]:
    """What reads differently once the stranger is gone."""
    with conn.transaction(force_rollback=True):
        found = [actor(conn, role, hotel) for role in catalog.roles(conn)]
        # the platform's people are of no hotel, and may see that there is another
        actors = [one for one in found if one is not None and one.role != "platform"]
        before = everything_told(conn, actors)
        stranger = conn.execute(
            "select id from public.tenants where slug = %s", (stranger_of(hotel),)
        ).fetchone()
        assert stranger is not None
        conn.execute("set local session_replication_role = replica")
        for (table,) in conn.execute(OWNED).fetchall():
            conn.execute(f"delete from {table} where tenant_id = %s".encode(), stranger)
        conn.execute("delete from public.tenants where id = %s", stranger)
        after = everything_told(conn, actors)
    assert before.keys() == after.keys()
    return {name for name, told in before.items() if after[name] != told}


@pytest.mark.parametrize("hotel", HOTELS)
def test_a_world_without_the_stranger_reads_the_same(hotel: str, conn: Connection) -> None:
    assert learnt(conn, hotel) == set()


def test_the_control_is_found(conn: Connection) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute("create view api.crowd as select count(*) from public.guests")
        conn.execute("grant select on api.crowd to staff")
        assert learnt(conn, "hamsun") == {"api.crowd staff"}


def test_nothing_was_left_behind(conn: Connection) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        conn.execute("select from api.crowd")
