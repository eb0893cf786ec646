"""cancel_requests_of_booking: a cancelled booking leaves no request behind."""

from typing import Any

import pytest

from tests.world import RECEPTION, Refused, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 2}]}


def cancel(world: World, reason: str | None = "The flight was cancelled", by: str | None = RECEPTION) -> int:
    """As cancel_booking calls it: in the caller's name, with engine's rights."""
    booking = world.booking("Marutani")
    with world.owner():
        if by:
            world.conn.execute("select app.act_as_member(%s)", (by,))
        else:
            world.conn.execute(
                "select app.set_caller(tenant_id) from public.bookings where id = %s", (booking,)
            )
        world.conn.execute("set local role engine")
        return int(world.value("select app.cancel_requests_of_booking(%s, %s)", booking, reason))


def ask(world: World, request: dict[str, Any], key: str) -> Any:
    with world.guest("Marutani"):
        return world.submit(request, key)["body"]["request"]["id"]


def still_open(world: World) -> int:
    return int(
        world.value(
            "select count(*) from portal.requests where booking_id = %s and phase <> 'closed'",
            world.booking("Marutani"),
        )
    )


def colas(world: World) -> int:
    return int(world.value("select sum(stock) from portal.catalog_items where sku = 'cola'"))


def test_every_open_request_is_cancelled_with_actor_and_reason(undone: World) -> None:
    request = ask(undone, COLA, "a")
    ask(undone, {"type_slug": "concierge", "note": "?"}, "b")
    count = still_open(undone)
    assert cancel(undone) == count
    assert still_open(undone) == 0
    assert undone.rows(
        "select actor_name, input ->> 'reason' from portal.request_status_history"
        " where request_id = %s and action = 'cancel'",
        request,
    ) == [("Mohsin", "The flight was cancelled")]


def test_stock_goes_back(undone: World) -> None:
    before = colas(undone)
    ask(undone, COLA, "a")
    assert colas(undone) == before - 2
    cancel(undone)
    assert colas(undone) == before


def test_what_is_closed_stays_as_it_is(undone: World) -> None:
    request = ask(undone, COLA, "a")
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    cancel(undone)
    assert undone.value("select status from portal.requests where id = %s", request) == "delivered"


def test_a_second_time_finds_nothing(undone: World) -> None:
    ask(undone, COLA, "a")
    cancel(undone)
    assert cancel(undone) == 0


def test_the_system_needs_no_reason(undone: World) -> None:
    ask(undone, COLA, "a")
    assert cancel(undone, None, None) > 0


def test_a_member_says_why(undone: World) -> None:
    ask(undone, COLA, "a")
    with pytest.raises(Refused) as refused:
        cancel(undone, None)
    assert refused.value.slug == "input_missing"


def test_every_type_can_be_cancelled_from_every_open_status(undone: World) -> None:
    stuck = undone.rows(
        "select t.slug, s.key from portal.request_types t"
        " join portal.workflow_versions v on v.tenant_id = t.tenant_id and v.id = t.current_version_id,"
        " jsonb_each(v.workflow -> 'statuses') s"
        " where s.value ->> 'phase' <> 'closed'"
        " and not coalesce(app.action_leads_from(v.workflow, v.workflow #> '{actions,cancel}', s.key), false)"
    )
    assert stuck == []
