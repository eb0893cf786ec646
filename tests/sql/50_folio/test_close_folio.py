"""close_folio: the bill is settled, or left open for a stated reason."""

from typing import Any

import pytest

from tests.folio import as_command, charge, pay, send, slug_of
from tests.house import Database
from tests.races import at_once
from tests.world import HOUSEKEEPER, RECEPTION, STRANGER, Refused, World


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


def test_nothing_is_charged_while_it_closes(database: Database) -> None:
    with database.connect() as conn:
        booking = World(conn).booking("Okafor")
    _, late = at_once(
        database,
        lambda one: as_command(World(one), "close_folio", booking, None),
        lambda one: slug_of(lambda: charge(World(one), booking)),
    )
    assert late == "folio_closed"


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_calls_it_alone(undone: World, role: str) -> None:
    assert not undone.value(
        "select has_function_privilege(%s, 'app.close_folio(uuid, text)', 'execute')", role
    )


def close(world: World, folio: str, note: str | None = None, by: str = RECEPTION) -> Any:
    with world.member(by):
        return world.value("select api.close_folio(%s, %s)", folio, note)["folio"]


def test_reception_closes_one_bill_of_several(undone: World, booking: Any) -> None:
    charge(undone, booking)
    second = send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})["folio"]["id"]
    assert close(undone, second)["closed_at"]
    assert close(undone, second, "again")["closed_note"] is None
    charge(undone, booking, 5)


def test_reception_closes_what_is_paid(undone: World, folio: str) -> None:
    assert slug_of(lambda: close(undone, folio)) == "folio_not_settled"
    pay(undone, folio, 1000)
    assert close(undone, folio)["balance"] == 0


def test_check_out_closes_every_bill(undone: World, booking: Any) -> None:
    charge(undone, booking)
    send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})
    as_command(undone, "close_folio", booking, "The company pays")
    assert undone.value(
        "select bool_and(closed_at is not null) from public.folios where booking_id = %s", booking
    )


@pytest.mark.parametrize(
    ("member", "slug"), [(HOUSEKEEPER, "permission_missing"), (STRANGER, "folio_not_found")]
)
def test_closing_is_not_for_everybody(undone: World, folio: str, member: str, slug: str) -> None:
    assert slug_of(lambda: close(undone, folio, by=member)) == slug
