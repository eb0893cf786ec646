"""new_id: neighbours in time are neighbours in the index."""

from tests.world import World


def test_ids_are_version_seven(undone: World) -> None:
    for (one,) in undone.rows("select app.new_id() from generate_series(1, 200)"):
        assert (one.version, one.variant) == (7, "specified in RFC 4122")


def test_ids_follow_the_clock(undone: World) -> None:
    millisecond = "('x' || substr(replace(app.new_id()::text, '-', ''), 1, 12))::bit(48)::bigint"
    off = undone.value(f"select abs(extract(epoch from clock_timestamp()) * 1000 - {millisecond})")
    assert off < 1000


def test_no_two_are_the_same(undone: World) -> None:
    assert undone.value("select count(distinct app.new_id()) from generate_series(1, 5000)") == 5000
