"""development_links: the live portal codes of the demo, in the development build."""

import pytest

from tests.world import World

LINKS = "select guest, state, property, tenant from app.development_links()"


def test_there_is_a_guest_in_each_state_of_a_stay(undone: World) -> None:
    states = {state for _, state, house, tenant in undone.rows(LINKS) if (house, tenant) == ("FSL", "hamsun")}
    assert states == {"pre_checkin", "arrival_day", "in_house", "departure_day", "post_checkout"}
    assert "alpine" in {tenant for *_, tenant in undone.rows(LINKS)}


def test_dead_codes_are_left_out(undone: World) -> None:
    undone.conn.execute("update app.clock set shift = interval '400 days'")
    assert {state for _, state, *_ in undone.rows(LINKS)} <= {"departure_day"}


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_reads_it(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.development_links()', 'execute')", role)
