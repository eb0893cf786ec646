"""A posting is never edited, deleted or truncated, by anyone: not by the owner of the table either."""

import pytest
from psycopg.types.json import Jsonb

from tests.world import RECEPTION, Refused, World

CHANGES = [
    "update public.{} set tenant_id = tenant_id",
    "delete from public.{}",
    "truncate public.{} cascade",
]


def post(world: World) -> None:
    charge = {
        "booking_id": str(world.booking("Marutani")),
        "category": "fee",
        "description": "Lost key",
        "unit_price": "1000",
    }
    with world.member(RECEPTION):
        posted = world.value("select api.post_charge(%s, 'k')", Jsonb(charge))
    paid = {"folio_id": posted["body"]["charge"]["folio_id"], "amount": "5", "method": "cash"}
    with world.member(RECEPTION):
        world.value("select api.take_payment(%s, 'k')", Jsonb(paid))


@pytest.mark.parametrize("table", ["charges", "charge_taxes", "payments"])
@pytest.mark.parametrize("change", CHANGES)
def test_postings_are_never_changed(undone: World, table: str, change: str) -> None:
    post(undone)
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute(change.format(table).encode())
    assert refused.value.slug == "postings_are_never_changed"


def test_the_control_is_found(undone: World) -> None:
    post(undone)
    undone.conn.execute("drop trigger charge_taxes__never_change on public.charge_taxes")
    assert undone.conn.execute("delete from public.charge_taxes").rowcount > 0
