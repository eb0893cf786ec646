"""A clock that stands still is told to a person, once, and that it goes again; so is a job that fails."""

import re
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from functions.notify.alarm import Alarm
from functions.notify.channels.email import Email
from functions.notify.messages import Message, Outcome
from functions.notify.settings import WorkerSettings
from tests import races
from tests.clockwork import make_job, set_clock, tick
from tests.house import Database
from tests.notify.test_email import with_mail
from tests.notify.workers import Workers
from tests.sandbox.running import RunningSandbox
from tests.world import World, wait_for

OPERATOR = "operator@platform.example"
SILENT = "update app.last_tick set ticked_at = clock_timestamp() - %s::interval"
HOLD = "select pg_advisory_lock(hashtextextended('app.tick', 0))"
STEP_FAILS = (
    "insert into app.platform_alerts (kind, dedupe_key, details)"
    """ values ('tick_failed', 'tick_failed:1', '{"step": "seal_audit", "code": "P0001"}')"""
)
CLAIM = "select count(*) from app.claim_operator_mails('operator@platform.example')"
FAILS = "perform 1 / 0; return '{}';"
MENDED = (
    "create or replace function app.count_sheep(p_run app.job_runs) returns jsonb language sql"
    """ set search_path = '' as $$ select '{"sheep": 1}'::jsonb $$"""
)
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$" + "A" * 43


@pytest.fixture
def world(database: Database) -> Any:
    """The tick is the test's own: it goes only when it is called."""
    with database.connect() as conn:
        yield World(conn)


def alarm(database: Database, sandbox: RunningSandbox, operator: str = OPERATOR, **server: Any) -> Alarm:
    """As a worker has it after each start."""
    settings: WorkerSettings = replace(
        with_mail(sandbox, **server), service_url=database.service_url, operator=operator
    )
    return Alarm(settings, Email(settings))


def letters(sandbox: RunningSandbox) -> list[dict[str, Any]]:
    """What the people who run the installation got."""
    return [each for each in sandbox.messages(channel="email") if each["to"].endswith("@platform.example")]


def mails(sandbox: RunningSandbox) -> list[tuple[str, str]]:
    """To whom and about what, in English."""
    said = re.compile(r"Staybase: (.+?) ·")
    return sorted((each["to"], said.findall(each["subject"])[0]) for each in letters(sandbox))


def test_a_silence_is_one_mail_and_its_end_another(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    first = alarm(database, sandbox)
    assert [first.look(), first.look()] == [1, 0]
    # a restart, and a silence that goes on
    assert alarm(database, sandbox).look() == 0
    assert mails(sandbox) == [(OPERATOR, "the clock stands still")]
    [mail] = letters(sandbox)
    assert "Nobody has ticked since" in mail["body"]
    assert "Nadie da la hora desde" in mail["body"]

    tick(world)
    assert [alarm(database, sandbox).look() for _ in range(2)] == [1, 0]
    assert mails(sandbox) == [(OPERATOR, "the clock goes again"), (OPERATOR, "the clock stands still")]
    world.conn.execute(SILENT, ("4 minutes",))
    assert alarm(database, sandbox).look() == 1


def test_two_minutes_are_no_silence(database: Database, world: World, sandbox: RunningSandbox) -> None:
    world.conn.execute(SILENT, ("2 minutes",))
    assert alarm(database, sandbox).look() == 0


def test_what_is_over_before_anybody_could_write_is_one_mail(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    world.conn.execute("select app.watch_tick()")
    tick(world)
    assert [alarm(database, sandbox).look() for _ in range(2)] == [1, 0]
    assert mails(sandbox) == [(OPERATOR, "the clock goes again")]


def test_without_an_address_the_platforms_people_are_written_to(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    assert alarm(database, sandbox, "").look() == 0
    for name in ("ada", "ben"):
        world.value("select app.add_platform_user(%s, %s, %s)", f"{name}@platform.example", name, HASH)
    assert [alarm(database, sandbox, "").look() for _ in range(2)] == [2, 0]
    assert [to for to, _ in mails(sandbox)] == ["ada@platform.example", "ben@platform.example"]


def test_what_the_server_did_not_take_is_tried_again_and_what_nobody_knows_is_not(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    assert [alarm(database, sandbox, password="wrong").look() for _ in range(2)] == [1, 0]
    world.conn.execute("update app.operator_mails set next_try_at = clock_timestamp() where state = 'failed'")
    sandbox.switch("accept_then_drop", provider="smtp")
    assert [alarm(database, sandbox).look() for _ in range(2)] == [1, 0]
    assert world.rows("select state, tries from app.operator_mails") == [("unknown", 2)]
    assert mails(sandbox) == [(OPERATOR, "the clock stands still")]


class Broken(Email):
    """A channel with a defect of ours."""

    def send(self, message: Message) -> Outcome:
        raise KeyError(message.event_key)


def test_a_defect_leaves_no_mail_half_sent(database: Database, world: World, sandbox: RunningSandbox) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    settings = replace(with_mail(sandbox), service_url=database.service_url, operator=OPERATOR)
    assert [Alarm(settings, Broken(settings)).look() for _ in range(2)] == [1, 0]
    assert world.rows("select state from app.operator_mails") == [("unknown",)]


def test_two_workers_at_once_claim_it_once(database: Database, world: World) -> None:
    world.conn.execute(SILENT, ("4 minutes",))
    world.conn.execute("select app.watch_tick()")

    def claim(conn: "psycopg.Connection[Any]") -> int:
        row = conn.execute(CLAIM).fetchone()
        assert row
        return int(row[0])

    assert races.at_once(database, claim, claim) == (1, 0)


def test_a_job_that_fails_to_the_end_is_one_mail_for_all_houses(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    """watch_jobs, tell_job_failed."""
    set_clock(world, "2026-05-05 03:00+00")
    world.conn.execute("truncate app.job_plans")
    make_job(world, FAILS, grace="2 hours")
    world.conn.execute("update app.job_plans set is_on = false where job <> 'count_sheep'")
    for moment in ("04:00", "05:00"):
        set_clock(world, f"2026-05-05 {moment}+00")
        tick(world)
        assert alarm(database, sandbox).look() == 0
    set_clock(world, "2026-05-05 06:01+00")
    tick(world)
    assert [alarm(database, sandbox).look() for _ in range(2)] == [1, 0]
    assert mails(sandbox) == [(OPERATOR, "a job fails to the end")]
    assert "The job count_sheep" in letters(sandbox)[0]["body"]

    world.conn.execute(MENDED)
    set_clock(world, "2026-05-06 04:00+00")
    tick(world)
    assert [alarm(database, sandbox).look() for _ in range(2)] == [1, 0]
    assert mails(sandbox) == [(OPERATOR, "a job fails to the end"), (OPERATOR, "the job works again")]


def test_a_recurring_job_has_failed_to_the_end_when_the_next_slot_fails_too(
    database: Database, world: World, sandbox: RunningSandbox
) -> None:
    """watch_jobs."""
    set_clock(world, "2026-05-05 03:01+00")
    world.conn.execute("truncate app.job_plans")
    make_job(world, FAILS, at=None, every="5 minutes")
    world.conn.execute("update app.job_plans set is_on = false where job <> 'count_sheep'")
    for moment, mailed in (("03:05", 0), ("03:06", 0), ("03:10:30", 1), ("03:15", 0)):
        set_clock(world, f"2026-05-05 {moment}+00")
        tick(world)
        assert alarm(database, sandbox).look() == mailed, moment


def test_a_worker_tells_it_and_the_next_one_does_not_tell_it_again(
    database: Database, world: World, sandbox: RunningSandbox, workers: Workers
) -> None:
    world.conn.execute(HOLD)
    world.conn.execute(SILENT, ("4 minutes",))
    first = workers.start(operator=OPERATOR)
    wait_for(lambda: len(letters(sandbox)) == 1, "the mail", 20)
    assert workers.stop(first) == 0
    # what the next one has to tell shows that it has looked
    world.conn.execute(STEP_FAILS)
    workers.start(operator=OPERATOR)
    wait_for(lambda: len(letters(sandbox)) == 2, "the next mail", 20)
    assert mails(sandbox) == [(OPERATOR, "a step of the clock fails"), (OPERATOR, "the clock stands still")]
