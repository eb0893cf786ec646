"""close_folio: the bill is settled, or left open for a stated reason."""

from typing import Any

import pytest

from tests.folio import as_command, charge
from tests.house import Database
from tests.races import at_once
from tests.world import Refused, World


@pytest.fixture
def booking(undone: World) -> Any:
    """A guest who has not been charged anything: Okafor, not arrived yet."""
    return undone.booking("Okafor")


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
        lambda one: slug_of(World(one), booking),
    )
    assert late == "folio_closed"


def slug_of(world: World, booking: Any) -> str | None:
    try:
        charge(world, booking)
    except Refused as refused:
        return refused.slug
    return None


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_calls_it_alone(undone: World, role: str) -> None:
    assert not undone.value(
        "select has_function_privilege(%s, 'app.close_folio(uuid, text)', 'execute')", role
    )
