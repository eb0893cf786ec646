"""What happens and the message that tells of it are one transaction: both are there, or neither."""

from tests.world import RECEPTION, World

# Requests of which nobody was told, and messages about requests that are not there.
UNTOLD = """
select r.number
from portal.requests as r
where not exists (select from public.notification_log as n
                  where n.request_id = r.id and n.channel = 'slack' and n.event_key = 'request_received')
   or (r.booking_id is not null
       and not exists (select from public.notification_log as n
                       where n.request_id = r.id and n.channel = 'whatsapp'
                         and n.event_key = 'request_received'))
   or (r.booking_id is not null and r.outcome = 'success'
       and not exists (select from public.notification_log as n
                       where n.request_id = r.id and n.event_key = 'request_done'))
"""
COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}


def order_and_deliver(world: World) -> None:
    with world.guest("Marutani"):
        request = world.submit(COLA, "k")["body"]["request"]["id"]
    for action in ("confirm", "deliver"):
        with world.member(RECEPTION):
            world.act(request, action)


def messages(world: World) -> int:
    return int(world.value("select count(*) from public.notification_log"))


def test_a_notification_is_queued_with_its_cause(undone: World) -> None:
    order_and_deliver(undone)
    assert undone.rows(UNTOLD) == []
    before = messages(undone)
    with undone.conn.transaction(force_rollback=True), undone.guest("Marutani"):
        undone.submit({"type_slug": "concierge", "note": "?"}, "never")
        undone.conn.execute("reset role")
        assert messages(undone) > before
    assert messages(undone) == before


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "create or replace rule forget as on insert to public.notification_log do instead nothing"
    )
    order_and_deliver(undone)
    assert len(undone.rows(UNTOLD)) == 1
