"""count_hit and limit_wait: how often something was tried, and how long to wait then."""

import pytest

from tests.house import Database
from tests.world import World


def count(world: World, bucket: str = "code:198.51.100.7", window: str = "1 minute") -> int:
    return int(world.value("select app.count_hit(%s, %s)", bucket, window))


def wait(world: World, most: int, bucket: str = "code:198.51.100.7", window: str = "1 minute") -> int | None:
    seconds: int | None = world.value("select app.limit_wait(%s, %s, %s)", bucket, window, most)
    return seconds


def test_hits_are_counted_per_bucket_and_window(undone: World) -> None:
    # windows long enough that none ends between two calls
    assert [count(undone, window="1000 days") for _ in range(3)] == [1, 2, 3]
    assert count(undone, "code:203.0.113.9", "1000 days") == 1
    assert count(undone, window="2000 days") in (1, 4)


def test_there_is_room_until_the_limit(undone: World) -> None:
    assert wait(undone, 1, window="1000 days") is None
    count(undone, window="1000 days")
    assert wait(undone, 2, window="1000 days") is None
    assert wait(undone, 1, window="1000 days") is not None


def fill(world: World, window: str, now: int, before: int) -> float:
    """So many tries in this calendar window and in the one before; the part of this one that is over."""
    world.conn.execute("delete from app.limits where bucket = 'b'")
    world.conn.execute(
        "insert into app.limits select 'b', date_bin(%(w)s, clock_timestamp() - x.ago * %(w)s::interval,"
        " '2000-01-01'), x.hits from (values (0, %(now)s), (1, %(before)s)) as x (ago, hits)"
        " where x.hits > 0",
        {"w": window, "now": now, "before": before},
    )
    part = world.value(
        "select extract(epoch from clock_timestamp() - date_bin(%(w)s, clock_timestamp(), '2000-01-01'))"
        " / extract(epoch from %(w)s::interval)".replace("%(w)s", f"'{window}'::interval")
    )
    return float(part)


def test_tries_of_the_window_before_count_by_the_share_that_is_not_over(undone: World) -> None:
    part = fill(undone, "1000 days", now=2, before=1000)
    left = round(1000 * (1 - part))
    assert count(undone, "b", "1000 days") == pytest.approx(3 + left, abs=1)
    assert wait(undone, left + 1, "b", "1000 days") is not None
    assert wait(undone, left + 6, "b", "1000 days") is None


def test_ten_at_the_end_of_a_minute_leave_no_room_for_ten_at_the_start_of_the_next(undone: World) -> None:
    # a window that has only just begun: everything before it is still within its length
    window = undone.value(
        "select (extract(epoch from clock_timestamp() - '2000-01-01')::bigint - 60)::text || ' seconds'"
    )
    fill(undone, window, now=0, before=10)
    assert wait(undone, 10, "b", window) is not None
    fill(undone, window, now=0, before=9)
    assert wait(undone, 10, "b", window) is None


def test_the_wait_is_over_when_it_says(undone: World) -> None:
    days = 24 * 60 * 60
    part = fill(undone, "1000 days", now=0, before=100)
    most = round(100 * (1 - part)) - 10
    # room again when 100 x (1 - part) has fallen below the limit less a half
    expected = (1 - (most - 0.5) / 100 - part) * 1000 * days
    assert wait(undone, most, "b", "1000 days") == pytest.approx(expected, rel=0.001)


def test_a_full_window_makes_wait_into_the_next_and_never_longer_than_itself(undone: World) -> None:
    days = 24 * 60 * 60
    part = fill(undone, "1000 days", now=100, before=0)
    assert wait(undone, 60, "b", "1000 days") == pytest.approx(
        min(1.0, 2 - 59.5 / 100 - part) * 1000 * days, rel=0.001
    )
    assert wait(undone, 1, "b", "1000 days") == 1000 * days
    fill(undone, "1 hour", now=5, before=0)
    assert 1 <= (wait(undone, 5, "b", "1 hour") or 0) <= 3600


def test_limits_use_the_real_clock(undone: World) -> None:
    count(undone, window="1000 days")
    undone.conn.execute("update app.clock set shift = interval '3000 days'")
    assert wait(undone, 1, window="1000 days") is not None


def test_a_refused_call_loses_its_count_and_an_answered_one_keeps_it(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        with conn.transaction(force_rollback=True):
            count(world, window="1000 days")
        assert count(world, window="1000 days") == 1
        assert count(world, window="1000 days") == 2
