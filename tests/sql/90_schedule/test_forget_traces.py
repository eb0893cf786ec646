"""forget_traces: locks, registrations and the platform's sessions are not kept without end."""

from tests.world import World


def forget(world: World) -> None:
    world.conn.execute("select app.forget_traces()")


def test_a_lock_goes_two_days_after_the_last_failure(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.login_locks (bucket, failures, last_failed_at) values"
        " ('account:old', 9, now() - interval '49 hours'), ('account:new', 9, now() - interval '47 hours')"
    )
    forget(undone)
    assert undone.rows("select bucket from identity.login_locks") == [("account:new",)]


def test_a_registration_goes_after_a_week(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.registrations (key_digest, body_digest, made_at) values"
        " ('old', '', now() - interval '8 days'), ('new', '', now() - interval '6 days')"
    )
    forget(undone)
    assert undone.rows("select key_digest from identity.registrations") == [(b"new",)]


def test_the_platform_s_sessions_go_a_month_after_their_end(undone: World) -> None:
    undone.conn.execute(
        "with person as (insert into identity.platform_users (user_id, display_name)"
        " select id, 'Nadia' from identity.users limit 1 returning user_id)"
        " insert into identity.platform_sessions (user_id, address, expires_at, ended_at)"
        " select user_id, name, now() - expired, now() - ended from person, (values"
        " ('over', interval '31 days', null), ('signed out', interval '-1 day', interval '31 days'),"
        " ('just over', interval '29 days', null), ('open', interval '-1 hour', null)"
        ") as s (name, expired, ended)"
    )
    forget(undone)
    left = undone.rows("select address from identity.platform_sessions order by address")
    assert left == [("just over",), ("open",)]


def test_more_than_a_batch_goes_on_with_the_next_tick(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.login_locks (bucket, last_failed_at)"
        " select 'address:' || n, now() - interval '3 days' from generate_series(1, 700) as n"
    )
    for left in (200, 0):
        forget(undone)
        assert undone.value("select count(*) from identity.login_locks") == left


def test_the_tick_takes_the_step(undone: World) -> None:
    undone.conn.execute(
        "insert into identity.login_locks (bucket, last_failed_at)"
        " values ('account:old', now() - interval '3 days')"
    )
    undone.conn.execute("select app.tick()")
    assert undone.rows("select bucket from identity.login_locks where bucket = 'account:old'") == []
