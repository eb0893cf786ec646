"""tell_of_guessing: one alert of a burst, wherever its ten minutes begin and whoever comes at once."""

from typing import Any

from tests import races
from tests.house import Database
from tests.world import World

ALERTS = "select count(*) from app.platform_alerts where kind = 'code_guessing'"


def tell(conn: races.Connection, within: str = "10 minutes") -> Any:
    return conn.execute("select app.tell_of_guessing(200, %s::interval)", (within,)).fetchone()


def test_a_burst_is_told_once(undone: World) -> None:
    for _ in range(3):
        tell(undone.conn)
    assert undone.value(ALERTS) == 1


def test_a_burst_that_goes_on_in_the_next_window_is_the_same(undone: World) -> None:
    tell(undone.conn)
    undone.conn.execute("update app.platform_alerts set dedupe_key = 'code_guessing:the window before'")
    tell(undone.conn)
    assert undone.value(ALERTS) == 1


def test_another_burst_later_is_told_again(undone: World) -> None:
    tell(undone.conn)
    undone.conn.execute(
        "update app.platform_alerts set raised_at = raised_at - interval '10 minutes', dedupe_key = 'earlier'"
    )
    tell(undone.conn)
    assert undone.value(ALERTS) == 2


def test_two_at_once_in_different_windows_tell_it_once(database: Database) -> None:
    races.at_once(database, tell, lambda conn: tell(conn, "11 minutes"))
    with database.connect() as conn:
        assert World(conn).value(ALERTS) == 1
