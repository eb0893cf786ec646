"""Folios in domain words: a private function as a command calls it, and something to pay."""

from typing import Any

from psycopg.types.json import Jsonb

from tests.world import RECEPTION, World


def as_command(world: World, function: str, *values: object, by: str = RECEPTION) -> Any:
    """A private function as a command calls it: in a member's name, with engine's rights."""
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (by,))
        world.conn.execute("set local role engine")
        places = ", ".join(["%s"] * len(values))
        return world.value(f"select app.{function}({places})", *values)


def charge(world: World, booking: Any, price: int = 1000) -> str:
    """A fee on the booking; the charge's id."""
    body = {"booking_id": str(booking), "category": "fee", "description": "Key", "unit_price": str(price)}
    with world.member(RECEPTION):
        answer = world.value("select api.post_charge(%s, %s)", Jsonb(body), f"k{price}")
    return str(answer["body"]["charge"]["id"])
