"""open_folio, close_folio, folio_balance: the one bill of a booking, from first need to settlement."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import MANAGER, RECEPTION, Refused, World


def as_command(world: World, function: str, *values: object, by: str = RECEPTION) -> Any:
    """A private function as a command calls it: in a member's name, with engine's rights."""
    with world.owner():
        world.conn.execute("select app.act_as_member(%s)", (by,))
        world.conn.execute("set local role engine")
        places = ", ".join(["%s"] * len(values))
        return world.value(f"select app.{function}({places})", *values)


def charge(world: World, booking: Any, price: int = 1000) -> str:
    body = {"booking_id": str(booking), "category": "fee", "description": "Key", "unit_price": str(price)}
    with world.member(RECEPTION):
        answer = world.value("select api.post_charge(%s, %s)", Jsonb(body), f"k{price}")
    return str(answer["body"]["charge"]["id"])


@pytest.fixture
def booking(undone: World) -> Any:
    """A guest who has not been charged anything: Okafor, not arrived yet."""
    return undone.booking("Okafor")


def test_a_booking_has_one_folio_however_often_it_is_opened(undone: World, booking: Any) -> None:
    first = as_command(undone, "open_folio", booking)
    assert as_command(undone, "open_folio", booking) == first
    assert undone.value("select count(*) from public.folios where booking_id = %s", booking) == 1


def test_it_takes_currency_and_tax_mode_of_the_house(undone: World, booking: Any) -> None:
    folio = as_command(undone, "open_folio", booking)
    assert undone.rows("select currency, tax_mode from public.folios where id = %s", folio) == [
        ("PKR", "inclusive")
    ]


def test_a_booking_that_does_not_exist_has_none(undone: World) -> None:
    stranger = undone.value(
        "select b.id from public.bookings b join public.tenants t on t.id = b.tenant_id"
        " where t.slug = 'alpine' limit 1"
    )
    for booking in ("00000000-0000-0000-0000-000000000000", stranger):
        with pytest.raises(Refused) as refused:
            as_command(undone, "open_folio", booking)
        assert (refused.value.slug, refused.value.code) == ("booking_not_found", "PT404")


def test_the_balance_is_the_sum_of_the_charges(undone: World, booking: Any) -> None:
    folio = as_command(undone, "open_folio", booking)
    assert as_command(undone, "folio_balance", folio) == 0
    charge(undone, booking, 1000)
    key = charge(undone, booking, 500)
    assert as_command(undone, "folio_balance", folio) == 1500
    with undone.member(MANAGER):
        undone.value("select api.reverse_charge(%s, 'found')", key)
    assert as_command(undone, "folio_balance", folio) == 1000
    with undone.member(MANAGER):
        assert undone.rows("select gross, balance, charges from api.folios where id = %s", folio) == [
            (1000, 1000, 3)
        ]


def test_a_settled_folio_closes_without_a_word(undone: World, booking: Any) -> None:
    as_command(undone, "close_folio", booking, None)
    assert undone.value("select closed_at is not null from public.folios where booking_id = %s", booking)


@pytest.mark.parametrize("note", [None, "", "  "])
def test_an_open_balance_asks_for_a_note(undone: World, booking: Any, note: str | None) -> None:
    charge(undone, booking)
    with pytest.raises(Refused) as refused:
        as_command(undone, "close_folio", booking, note)
    assert (refused.value.slug, refused.value.code) == ("folio_not_settled", "PT409")


def test_with_a_note_it_closes_open(undone: World, booking: Any) -> None:
    charge(undone, booking)
    as_command(undone, "close_folio", booking, " The company pays ")
    assert undone.rows(
        "select closed_note, closed_at is not null from public.folios where booking_id = %s", booking
    ) == [("The company pays", True)]


def test_closing_again_changes_nothing(undone: World, booking: Any) -> None:
    as_command(undone, "close_folio", booking, None)
    undone.conn.execute("update app.clock set shift = shift + interval '1 day'")
    state = "select closed_at, closed_note from public.folios where booking_id = %s"
    before = undone.rows(state, booking)
    as_command(undone, "close_folio", booking, "again")
    assert undone.rows(state, booking) == before


def test_a_closed_folio_takes_nothing(undone: World, booking: Any) -> None:
    as_command(undone, "close_folio", booking, None)
    with pytest.raises(Refused) as refused:
        charge(undone, booking)
    assert refused.value.slug == "folio_closed"


@pytest.mark.parametrize("function", ["open_folio(uuid)", "close_folio(uuid, text)", "folio_balance(uuid)"])
def test_no_session_calls_it_alone(undone: World, function: str) -> None:
    for role in ("anon", "guest", "staff", "admin", "kiosk"):
        assert not undone.value("select has_function_privilege(%s, %s, 'execute')", role, f"app.{function}")
