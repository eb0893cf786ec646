"""post_request_charges and posted_for_request: what a finished request adds to the folio."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.world import RECEPTION, Refused, World

SHOP = {
    "type_slug": "mini_shop",
    "items": [{"sku": "cola", "quantity": 2}, {"sku": "water", "quantity": 1}],
}
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
PICKUP = {"type_slug": "airport_transport", "subtype": "airport_pickup", "scheduled_for": SOON}
RIDE: list[tuple[str, dict[str, Any]]] = [
    ("schedule", {"scheduled_for": SOON}),
    ("assign_driver", {"driver": "Asif"}),
    ("depart", {}),
]


def finished(world: World, request: dict[str, Any], *steps: tuple[str, dict[str, Any]]) -> Any:
    with world.guest("Marutani"):
        asked = world.submit(request, "k")["body"]["request"]["id"]
    for action, given in steps:
        with world.member(RECEPTION):
            world.act(asked, action, None, given)
    return asked


def posted(world: World, request: Any) -> Decimal:
    world.conn.execute("select app.set_caller(tenant_id) from portal.requests where id = %s", (request,))
    total: Decimal = world.value("select app.posted_for_request(%s)", request)
    return total


def receipts(world: World, request: Any) -> int:
    return int(
        world.value(
            "select count(*) from public.notification_log"
            " where request_id = %s and event_key = 'folio_charge_posted'",
            request,
        )
    )


def test_each_priced_line_is_a_charge_and_all_are_one_receipt(undone: World) -> None:
    request = finished(undone, SHOP, ("confirm", {}), ("deliver", {}))
    total = undone.value("select total from portal.requests where id = %s", request)
    assert posted(undone, request) == total == 500
    assert undone.value("select count(*) from public.charges where request_id = %s", request) == 1
    assert receipts(undone, request) == 1


def test_done_a_third_time_it_is_posted_whichever_undoing_began_first(undone: World) -> None:
    undone.conn.execute("delete from public.app_settings where key = 'undo_seconds'")
    request = finished(undone, SHOP, ("confirm", {}), ("deliver", {}))
    for _ in range(2):
        with undone.member(RECEPTION):
            undone.value("select api.portal_undo_action(%s)", request)
            undone.act(request, "deliver")
        undone.conn.execute(
            "update portal.request_status_history set at = at + interval '1 second'"
            " where undoes_id is not null"
        )
    gross = "select sum(gross) from public.charges where request_id = %s"
    assert undone.value(gross, request) == posted(undone, request) == 500


def test_nothing_is_posted_before_success(undone: World) -> None:
    request = finished(undone, SHOP, ("confirm", {}), ("cancel", {"reason": "x"}))
    assert (int(posted(undone, request)), receipts(undone, request)) == (0, 0)


def test_a_free_order_has_no_receipt(undone: World) -> None:
    water = {"type_slug": "mini_shop", "items": [{"sku": "water", "quantity": 1}]}
    request = finished(undone, water, ("confirm", {}), ("deliver", {}))
    assert (int(posted(undone, request)), receipts(undone, request)) == (0, 0)


@pytest.mark.parametrize(("given", "total"), [({}, 4500), ({"amount": "5200"}, 5200), ({"amount": "0"}, 0)])
def test_a_ride_costs_its_price_or_the_amount_given(undone: World, given: dict[str, Any], total: int) -> None:
    request = finished(undone, PICKUP, *RIDE, ("complete", given))
    assert posted(undone, request) == total


def test_a_ride_without_a_price_asks_for_one(undone: World) -> None:
    undone.conn.execute(
        "update portal.request_types set subtypes = jsonb_set(subtypes, '{0,price}', 'null')"
        " where slug = 'airport_transport'"
    )
    kinds = "select subtypes #>> '{0,key}' from portal.request_types where slug = 'airport_transport' limit 1"
    unpriced = PICKUP | {"subtype": undone.value(kinds)}
    with pytest.raises(Refused) as refused:
        finished(undone, unpriced, *RIDE, ("complete", {}))
    assert (refused.value.slug, refused.value.code) == ("charge_amount_missing", "PT422")


def test_staffs_own_task_has_no_folio(undone: World) -> None:
    with undone.member(RECEPTION):
        request = undone.submit({**SHOP, "property_code": "FSL"}, "k")["body"]["request"]["id"]
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    assert posted(undone, request) == 0
