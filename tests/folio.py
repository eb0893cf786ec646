"""Folios in domain words: a private function as a command calls it, and something to pay."""

import uuid
from collections.abc import Callable
from typing import Any

from psycopg.types.json import Jsonb

from tests.world import RECEPTION, Refused, World


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


def send(world: World, command: str, body: dict[str, Any], by: str = RECEPTION, key: str = "") -> Any:
    """A command of the bill: {body, key}, a key of its own unless one is given. Answers the body."""
    text = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in body.items()}
    with world.member(by):
        answer = world.value(f"select api.{command}(%s, %s)", Jsonb(text), key or str(uuid.uuid4()))
    return answer["body"]


def bill(world: World, booking: Any, *prices: int) -> str:
    """The guest's own folio with charges on it; its id."""
    for price in prices:
        charge(world, booking, price)
    folio = world.value("select id from public.folios where booking_id = %s and number = 1", booking)
    return str(folio)


def pay(world: World, folio: Any, amount: Any, method: str = "card", **more: Any) -> Any:
    """A payment on a folio."""
    key = more.pop("key", "")
    body = {"folio_id": str(folio), "amount": str(amount), "method": method}
    return send(world, "take_payment", body | more, key=key)["payment"]


def deposit(world: World, booking: Any, amount: Any, method: str = "cash") -> Any:
    """Money for what has not been earned yet."""
    body = {"booking_id": booking, "amount": str(amount), "method": method}
    return send(world, "take_deposit", body)["payment"]


def refund(world: World, payment: Any, amount: Any = None, reason: str = "Too much") -> Any:
    """Money back from a payment or deposit; all that is left without an amount."""
    body = {"payment_id": payment["id"], "reason": reason}
    return send(world, "refund_payment", body | ({"amount": str(amount)} if amount else {}))["payment"]


def owed(world: World, folio: Any) -> Any:
    """What a folio still owes."""
    return as_command(world, "folio_balance", folio)


def slug_of(act: Callable[[], Any]) -> str | None:
    """What an act was refused with; None when it went through."""
    try:
        act()
    except Refused as refused:
        return refused.slug
    return None
