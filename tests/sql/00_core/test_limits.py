"""count_hit and limit_wait: how often something was tried, and how long to wait then."""

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


def test_the_wait_ends_with_the_window(undone: World) -> None:
    undone.conn.execute(
        "insert into app.limits values"
        " ('b', date_bin('1 hour', clock_timestamp(), '2000-01-01'), 5),"
        " ('b', date_bin('1 hour', clock_timestamp() - interval '1 hour', '2000-01-01'), 99)"
    )
    assert 1 <= (wait(undone, 5, "b", "1 hour") or 0) <= 3600
    assert wait(undone, 6, "b", "1 hour") is None


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
