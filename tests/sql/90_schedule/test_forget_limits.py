"""forget_limits: what only counts for a while is forgotten."""

from tests.world import World


def test_limits_of_yesterday_are_forgotten_by_the_real_clock(undone: World) -> None:
    undone.conn.execute(
        "insert into app.limits values"
        " ('b', now() - interval '25 hours', 1), ('b', now() - interval '1 hour', 1)"
    )
    undone.conn.execute("update app.clock set shift = interval '10 days'")
    undone.conn.execute("select app.forget_limits()")
    assert undone.value("select count(*) from app.limits where bucket = 'b'") == 1


def test_an_alert_of_guessed_codes_stands_for_a_day(undone: World) -> None:
    undone.conn.execute(
        "insert into app.platform_alerts (kind, dedupe_key, raised_at) values"
        " ('code_guessing', 'yesterday', app.now() - interval '25 hours'),"
        " ('code_guessing', 'today', app.now() - interval '23 hours'),"
        " ('channel_closed', 'channel:slack', app.now() - interval '3 days')"
    )
    undone.conn.execute("select app.forget_limits()")
    assert undone.rows(
        "select dedupe_key from app.platform_alerts where resolved_at is null order by dedupe_key"
    ) == [("channel:slack",), ("today",)]
