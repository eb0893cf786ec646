"""set_feature_windows: what a house's guests find open, chosen by the house; other houses keep theirs."""

from typing import Any

import pytest

from tests.world import MANAGER, RECEPTION, Refused, World


def choose(world: World, feature: str, states: list[str] | None, code: str = "FSL") -> Any:
    with world.member(MANAGER):
        return world.value("select api.set_feature_windows(%s, %s, %s)", code, feature, states)


def open_states(world: World, feature: str, code: str) -> list[str]:
    with world.member(MANAGER):
        return [
            state
            for (state,) in world.rows(
                "select stay_state from api.feature_windows where feature = %s and property_code = %s"
                " and is_open order by stay_state",
                *(feature, code),
            )
        ]


def test_a_house_opens_a_part_when_it_likes(undone: World) -> None:
    before = open_states(undone, "mini_shop", "CLF")
    assert choose(undone, "mini_shop", ["arrival_day", "in_house"])["states"] == ["arrival_day", "in_house"]
    choose(undone, "mini_shop", ["arrival_day", "in_house"])
    assert open_states(undone, "mini_shop", "FSL") == ["arrival_day", "in_house"]
    assert open_states(undone, "mini_shop", "CLF") == before
    assert undone.value("select count(*) from public.event_log where topic = 'portal.windows_changed'") == 1


def test_a_guest_finds_it_closed_at_once(undone: World) -> None:
    choose(undone, "housekeeping", [])
    with undone.guest("Marutani"):
        assert "housekeeping" not in undone.value("select features from api.portal_stay")
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        undone.submit({"type_slug": "housekeeping", "subtype": "towels"}, "towels, though closed")
    assert refused.value.slug == "feature_closed"


@pytest.mark.parametrize(
    ("feature", "states", "code", "slug"),
    [
        ("stay_info", [], "FSL", "feature_unknown"),
        ("spaceport", ["in_house"], "FSL", "feature_unknown"),
        ("mini_shop", ["somewhere"], "FSL", "input_invalid"),
        ("mini_shop", None, "FSL", "input_invalid"),
        ("mini_shop", ["in_house"], "XXX", "property_not_found"),
    ],
)
def test_what_is_not_there_is_refused(
    undone: World, feature: str, states: list[str] | None, code: str, slug: str
) -> None:
    with pytest.raises(Refused) as refused:
        choose(undone, feature, states, code)
    assert refused.value.slug == slug


def test_reception_may_not(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        undone.value("select api.set_feature_windows('FSL', 'mini_shop', array['in_house'])")
    assert refused.value.slug == "permission_missing"
