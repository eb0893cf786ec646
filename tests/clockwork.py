"""A job made for a test, and the clock that is moved for it."""

from typing import Any

from tests.world import World

ZONE = "update public.properties set time_zone = %s where code = 'FSL'"
RUNS = (
    "select to_char(r.slot at time zone 'UTC', 'MM-DD HH24:MI'), r.state, r.tries from app.job_runs as r"
    " join public.properties as p on p.id = r.property_id where r.job = 'count_sheep' and p.code = 'FSL'"
    " order by r.slot"
)


WITHOUT_SLOTS = ("  on conflict", "  returning * into v_run")
"""Between these words run_job says that a slot runs once."""


def forget_slots(world: World) -> None:
    """A slot may run as often as somebody finds it due: what the unique slot is there against."""
    text = world.value("select pg_get_functiondef('app.run_job(app.job_plans)'::regprocedure)")
    world.conn.execute("alter table app.job_runs drop constraint a_slot_runs_once")
    begin, end = (text.index(words) for words in WITHOUT_SLOTS)
    world.conn.execute((text[:begin] + text[end:]).encode())


def set_clock(world: World, moment: str) -> None:
    """It is that instant now."""
    world.conn.execute("update app.clock set shift = %s::timestamptz - now()", (moment,))


def make_job(
    world: World,
    body: str = "return '{\"sheep\": 1}';",
    at: str | None = "09:00",
    every: str | None = None,
    grace: str = "6 hours",
) -> None:
    """The job count_sheep, planned at every property; each run is a row of the table sheep."""
    world.conn.execute("create table if not exists app.sheep (property_id uuid, slot timestamptz)")
    world.conn.execute(
        "create or replace function app.count_sheep(p_run app.job_runs)"
        " returns jsonb language plpgsql set search_path = '' as $$ begin"
        f" insert into app.sheep values (p_run.property_id, p_run.slot); {body} end $$".encode()
    )
    world.conn.execute(
        "insert into app.jobs (key, position, label, at_time, every, grace, is_on)"
        ' values (\'count_sheep\', 1, \'{"en": "Count sheep", "es": "Contar ovejas"}\', %s, %s, %s, true)',
        (at, every, grace),
    )
    world.conn.execute("select app.plan_jobs(p) from public.properties as p")


def runs(world: World) -> list[tuple[Any, ...]]:
    """(slot in UTC, state, tries) at FSL."""
    return world.rows(RUNS)


def sheep(world: World) -> int:
    """How often it ran to its end at FSL."""
    return int(
        world.value(
            "select count(*) from app.sheep as s join public.properties as p on p.id = s.property_id"
            " where p.code = 'FSL'"
        )
    )


def tick(world: World) -> None:
    """A minute's tick."""
    world.conn.execute("select app.tick()")


def next_at(world: World) -> str:
    """When it is due next at FSL, in UTC."""
    return str(
        world.value(
            "select to_char(j.next_at at time zone 'UTC', 'MM-DD HH24:MI') from app.job_plans as j"
            " join public.properties as p on p.id = j.property_id"
            " where j.job = 'count_sheep' and p.code = 'FSL'"
        )
    )
