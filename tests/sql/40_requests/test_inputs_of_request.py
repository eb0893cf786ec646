"""inputs_of_request and basket_of_request: what a submission says is read, or refused by its name."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.world import Refused, World


@pytest.mark.parametrize(
    ("request_body", "slug"),
    [
        ({"type_slug": "spa"}, "request_type_unknown"),
        ({"type_slug": "task"}, "request_type_unknown"),
        ({"type_slug": "maintenance", "subtype": "roof"}, "subtype_unknown"),
        ({"type_slug": "airport_transport"}, "subtype_unknown"),
        ({"type_slug": "airport_transport", "subtype": "airport_pickup"}, "input_missing"),
        (
            {"type_slug": "airport_transport", "subtype": "airport_pickup", "scheduled_for": "soon"},
            "input_invalid",
        ),
        (
            {
                "type_slug": "airport_transport",
                "subtype": "airport_pickup",
                "scheduled_for": "2001-01-01T10:00",
            },
            "scheduled_for_is_past",
        ),
        (
            {"type_slug": "airport_transport", "subtype": "airport_pickup", "scheduled_for": "infinity"},
            "input_invalid",
        ),
        ({"type_slug": "maintenance", "subtype": "plumbing", "severity": "terrible"}, "input_invalid"),
        ({"type_slug": "kitchen_fnb"}, "items_missing"),
        ({"type_slug": "housekeeping"}, "items_missing"),
        ({"type_slug": "housekeeping", "items": [], "note": " "}, "items_missing"),
        ({"type_slug": "maintenance", "items": [{"sku": "cola", "quantity": 1}]}, "items_not_taken"),
        ({"type_slug": "kitchen_fnb", "items": [{"sku": "unicorn", "quantity": 1}]}, "item_unknown"),
        ({"type_slug": "kitchen_fnb", "items": [{"sku": "cola", "quantity": 1}]}, "item_unknown"),
        ({"type_slug": "kitchen_fnb", "items": "everything"}, "item_unknown"),
        ({"type_slug": "kitchen_fnb", "items": [7]}, "item_unknown"),
        ({"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": "2"}]}, "item_unknown"),
        (
            {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": -1}]},
            "quantity_invalid",
        ),
        (
            {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": 1.5}]},
            "quantity_invalid",
        ),
        (
            {"type_slug": "kitchen_fnb", "items": [{"sku": "club_sandwich", "quantity": 10000}]},
            "quantity_invalid",
        ),
        ({"type_slug": "concierge", "note": "a" * 2001}, "note_too_long"),
        ({"type_slug": "concierge", "note": {"words": "hello"}}, "input_invalid"),
        ({"type_slug": "concierge", "colour": "blue"}, "input_unknown"),
        (["concierge"], "input_invalid"),
        ("concierge", "input_invalid"),
    ],
)
def test_bad_input_is_named(world: World, request_body: dict[str, object], slug: str) -> None:
    with pytest.raises(Refused) as refused, world.guest("Marutani"):
        world.submit(request_body, "k")
    assert refused.value.slug == slug
    assert refused.value.code in {"PT409", "PT422"}


def test_a_pickup_time_without_an_offset_is_the_propertys(world: World) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    with world.guest("Marutani"):
        request = world.submit(
            {
                "type_slug": "airport_transport",
                "subtype": "airport_pickup",
                "scheduled_for": f"{tomorrow}T06:10",
            },
            "k",
        )["body"]["request"]
    assert request["scheduled_for"] == f"{tomorrow}T01:10:00+00:00"
    assert request["total"] == 4500


def test_two_point_zero_towels_are_two(undone: World) -> None:
    with undone.guest("Marutani"):
        request = undone.value(
            "select api.portal_submit_request(%s::jsonb, 'k')",
            '{"type_slug": "housekeeping", "items": [{"sku": "towel", "quantity": 2.0}]}',
        )["body"]["request"]
    assert [line["quantity"] for line in request["lines"]] == [2]
