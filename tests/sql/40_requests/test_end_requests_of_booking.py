"""end_requests_of_booking: a booking that ends leaves no request behind."""

from typing import Any

import pytest

from tests.house import Database
from tests.races import Connection, at_once
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
        return int(world.value("select app.end_requests_of_booking(%s, 'cancel', %s)", booking, reason))


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


BY_HAND = {
    "cancelled": "update public.bookings set status = 'cancelled', cancelled_at = app.now(),"
    " cancel_reason = 'Channel' where id = %s",
    "no_show": "update public.bookings set status = 'no_show' where id = %s",
}


@pytest.mark.parametrize(
    ("status", "ended", "reason"),
    [("cancelled", "cancelled", "Channel"), ("no_show", "expired", "guest_never_came")],
)
def test_however_a_booking_ends_its_requests_end_with_it(
    undone: World, status: str, ended: str, reason: str
) -> None:
    """tg_bookings__requests_end, end_request."""
    booking = undone.booking("Okafor")
    with undone.guest("Okafor"):
        request = undone.submit({"type_slug": "concierge", "note": "?"}, "a")["body"]["request"]["id"]
    with undone.owner():
        undone.conn.execute(BY_HAND[status].encode(), (booking,))
    assert undone.rows(
        "select r.status, h.actor_kind, h.input ->> 'reason' from portal.requests r"
        " join portal.request_status_history h on h.request_id = r.id and h.to_status = r.status"
        " where r.id = %s",
        request,
    ) == [(ended, "system", reason)]


def test_a_request_born_with_an_earlier_workflow_ends_without_a_word(undone: World) -> None:
    with undone.guest("Okafor"):
        request = undone.submit({"type_slug": "concierge", "note": "?"}, "a")["body"]["request"]["id"]
    undone.conn.execute("set local session_replication_role = replica")
    undone.conn.execute(
        "update portal.workflow_versions set workflow = workflow #- '{actions,expire,requires,reason}'"
    )
    undone.conn.execute("set local session_replication_role = origin")
    with undone.owner():
        undone.conn.execute(BY_HAND["no_show"].encode(), (undone.booking("Okafor"),))
    assert undone.value("select status from portal.requests where id = %s", request) == "expired"


def test_what_was_asked_for_a_moment_before_is_cancelled_too(database: Database) -> None:
    """A guest submits while reception cancels: whoever is second waits."""
    with database.connect() as conn:
        booking = World(conn).booking("Okafor")

    def ask_late(conn: Connection) -> Any:
        with World(conn).guest("Okafor") as okafor:
            return okafor.submit({"type_slug": "concierge", "note": "Late"}, "late")["body"]["request"]["id"]

    def cancel_it(conn: Connection) -> None:
        with World(conn).member(RECEPTION) as mohsin:
            mohsin.value("select api.cancel_booking(%s, 'Ill')", booking)

    made, _ = at_once(database, ask_late, cancel_it)
    with database.connect() as conn:
        left = (
            "select r.status, b.status from portal.requests r join public.bookings b on b.id = r.booking_id"
        )
        assert World(conn).rows(left + " where r.id = %s", made) == [("cancelled", "cancelled")]
