"""open_features: the sub-flows open in a stay state; what is not built yet is not shown."""

from typing import Any

import pytest

from tests.door import code
from tests.world import World

EVERYWHERE = {"stay_info", "concierge", "lost_and_found"}
IN_THE_ROOM = {
    "airport_transport",
    "booking_action",
    "charges",
    "complaint",
    "housekeeping",
    "kitchen_fnb",
    "maintenance",
    "mini_shop",
    "wake_up_call",
}
OPEN_IN = {
    "pre_checkin": EVERYWHERE | {"airport_transport", "booking_action", "cleaning_preferences"},
    "arrival_day": EVERYWHERE
    | {"airport_transport", "booking_action", "charges", "cleaning_preferences", "menu_order"},
    "in_house": EVERYWHERE | IN_THE_ROOM | {"cleaning", "cleaning_preferences", "menu_order"},
    "departure_day": EVERYWHERE | IN_THE_ROOM,
    "post_checkout": EVERYWHERE | {"charges", "feedback"},
}
GUESTS = {
    "pre_checkin": "Okafor",
    "arrival_day": "Alvarez",
    "in_house": "Marutani",
    "departure_day": "Haddad",
    "post_checkout": "Lindqvist",
}


def open_features(world: World, state: str) -> list[str]:
    """As a command asks."""
    with world.owner():
        world.conn.execute("select app.set_caller(tenant_id) from public.properties where code = 'FSL'")
        world.conn.execute("set local role engine")
        features: list[str] = world.value(
            "select app.open_features(id, %s) from public.properties where code = 'FSL'", state
        )
    return features


@pytest.mark.shows(
    "feature/stay_info",
    "feature/breakfast",
    "feature/kitchen_fnb",
    "feature/mini_shop",
    "feature/housekeeping",
    "feature/cleaning_preferences",
    "feature/cleaning",
    "feature/maintenance",
    "feature/airport_transport",
    "feature/concierge",
    "feature/booking_action",
    "feature/charges",
    "feature/feedback",
)
@pytest.mark.parametrize("state", OPEN_IN)
def test_each_state_of_a_stay_opens_its_sub_flows(undone: World, state: str) -> None:
    assert open_features(undone, state) == sorted(OPEN_IN[state])


@pytest.mark.parametrize("state", OPEN_IN)
def test_the_guest_is_shown_the_same_by_page_and_by_code(undone: World, state: str) -> None:
    right, expected = code(undone, GUESTS[state]), sorted(OPEN_IN[state])
    with undone.guest(GUESTS[state]):
        assert undone.rows("select state, features from api.portal_stay") == [(state, expected)]
        assert undone.value("select api.portal_resolve_code(%s)", right)["features"] == expected


@pytest.mark.parametrize("is_offered", [True, False])
def test_a_type_that_is_offered_opens_its_feature(undone: World, is_offered: bool) -> None:
    undone.conn.execute(
        "update portal.request_types set is_offered = %s where slug = 'complaint'", (is_offered,)
    )
    assert ("complaint" in open_features(undone, "in_house")) is is_offered
    assert "complaint" not in open_features(undone, "pre_checkin")


def test_a_window_that_is_closed_stays_closed(undone: World) -> None:
    undone.conn.execute("update portal.feature_windows set is_open = false where feature = 'concierge'")
    assert "concierge" not in open_features(undone, "in_house")


def test_another_hotels_house_has_nothing_open_here(undone: World) -> None:
    theirs: Any = undone.value(
        "select p.id from public.properties p join public.tenants t on t.id = p.tenant_id"
        " where t.slug = 'alpine' limit 1"
    )
    with undone.owner():
        undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
        assert undone.value("select app.open_features(%s, 'in_house')", theirs) == []


@pytest.mark.parametrize("state", OPEN_IN)
def test_what_is_closed_says_in_which_state_it_opens(undone: World, state: str) -> None:
    to_come = list(OPEN_IN)[list(OPEN_IN).index(state) + 1 :]
    expected: dict[str, str] = {}
    for later in reversed(to_come):
        expected |= dict.fromkeys(OPEN_IN[later] - OPEN_IN[state], later)
    with undone.guest(GUESTS[state]):
        assert undone.value("select opens from api.portal_stay") == expected
