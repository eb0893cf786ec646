"""issue_invoice: a closed bill gets the property's next invoice number."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.folio import as_command, bill, deposit, refund, send, slug_of
from tests.house import Database
from tests.races import at_once, is_blocked
from tests.world import MANAGER, RECEPTION, World

ISSUED = "select invoice_number from public.folios where booking_id = %s order by number"
LAST = (
    "select coalesce(max(invoice_serial), 0) from public.folios f"
    " join public.properties p on p.id = f.property_id where p.code = %s"
)


def close(world: World, folio: Any, note: str = "The company pays") -> Any:
    with world.member(RECEPTION):
        return world.value("select api.close_folio(%s, %s)", folio, note)["folio"]


def last(world: World, code: str = "FSL") -> int:
    """The last number that was given there."""
    return int(world.value(LAST, code))


def test_closing_issues_the_next_number(undone: World, booking: Any, folio: str) -> None:
    before = last(undone)
    acme = send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})["folio"]
    assert acme["invoice_number"] is None
    shares = [{"folio_id": folio, "share": "1"}, {"folio_id": acme["id"], "share": "1"}]
    send(undone, "split_folio", {"folio_id": folio, "shares": shares, "reason": "Halves"})
    first, second = close(undone, acme["id"]), close(undone, folio)
    assert first["invoice_number"] == f"INV-FSL-{before + 1:06}"
    assert second["invoice_number"] == f"INV-FSL-{before + 2:06}"
    assert first["invoiced_on"] == str(undone.value("select app.today_in('Asia/Karachi')"))
    assert close(undone, folio, "again")["invoice_number"] == second["invoice_number"]


def test_check_out_numbers_every_bill(undone: World, booking: Any, folio: str) -> None:
    before = last(undone)
    acme = send(undone, "add_folio", {"booking_id": booking, "payer_name": "Acme"})["folio"]["id"]
    shares = [{"folio_id": folio, "share": "1"}, {"folio_id": acme, "share": "1"}]
    send(undone, "split_folio", {"folio_id": folio, "shares": shares, "reason": "Halves"})
    as_command(undone, "close_folio", booking, "The company pays")
    assert [row[0] for row in undone.rows(ISSUED, booking)] == [
        f"INV-FSL-{before + 1:06}",
        f"INV-FSL-{before + 2:06}",
    ]


def test_nothing_charged_takes_no_number(undone: World, booking: Any) -> None:
    before = last(undone)
    as_command(undone, "close_folio", booking, None)
    assert undone.rows(ISSUED, booking) == [(None,)]
    assert last(undone) == before


def test_what_is_rolled_back_leaves_no_gap(undone: World, folio: str) -> None:
    before = last(undone)
    with undone.conn.transaction(force_rollback=True):
        close(undone, folio)
    assert close(undone, folio)["invoice_number"] == f"INV-FSL-{before + 1:06}"


def test_two_bills_closed_at_once_are_numbered_one_after_the_other(database: Database) -> None:
    with database.connect() as conn:
        world = World(conn)
        before = last(world)
        folios = [
            bill(world, world.booking(name), price) for name, price in (("Okafor", 10), ("Alvarez", 20))
        ]
    led, late = at_once(
        database,
        lambda one: close(World(one), folios[0]),
        lambda one: close(World(one), folios[1]),
    )
    assert [one["invoice_number"] for one in (led, late)] == [
        f"INV-FSL-{before + 1:06}",
        f"INV-FSL-{before + 2:06}",
    ]


def test_a_bill_is_numbered_while_rooms_are_laid(database: Database) -> None:
    with database.connect() as desk, database.connect() as office, database.connect() as watcher:
        world, manager = World(desk), World(office)
        booking = world.booking("Haddad")
        bill(world, booking, 10)
        line = world.value(
            "select jsonb_build_object('line', '1', 'room_number', r.room_number, 'room_type', t.code)"
            " from public.bookings b join public.rooms r on r.id = b.room_id"
            " join public.room_types t on t.id = r.room_type_id where b.id = %s",
            booking,
        )

        def lay() -> Any:
            with manager.member(MANAGER):
                return manager.value("select api.import_rooms('FSL', %s)", Jsonb([line]))

        with ThreadPoolExecutor(1) as pool:
            with world.member(RECEPTION):
                # a check-out has got as far as the room
                world.conn.execute("reset role")
                world.value(
                    "select app.lock_rooms(property_id, array[room_id]) from public.bookings where id = %s",
                    booking,
                )
                laid = pool.submit(lay)
                while not is_blocked(watcher, office, desk):
                    assert not laid.done()
                world.value("select api.check_out_guest(%s, 'The company pays')", booking)
            assert laid.result(20)["unchanged"] == 1


@pytest.mark.parametrize(
    "change",
    [
        "update public.folios set invoice_number = 'INV-1' where id = %s",
        "update public.folios set invoice_serial = null, invoice_number = null, invoiced_on = null,"
        " issuer = null, recipient = null, closed_at = null where id = %s",
        'update public.folios set recipient = recipient || \'{"name": "Acme"}\' where id = %s',
        "update public.folios set recipient = '{}' where id = %s",
        "update public.folios set payer_name = 'Acme' where id = %s",
        "delete from public.folios where id = %s",
    ],
)
def test_what_was_issued_stays(undone: World, folio: str, change: str) -> None:
    close(undone, folio)
    with pytest.raises(psycopg.Error) as refused:
        undone.conn.execute(change.encode(), (folio,))
    assert refused.value.diag.message_detail == "postings_are_never_changed"


def test_money_given_back_later_leaves_the_invoice_as_it_is(undone: World, booking: Any, folio: str) -> None:
    kept = deposit(undone, booking, 300)
    number = close(undone, folio)["invoice_number"]
    refund(undone, kept)
    assert undone.rows(ISSUED, booking) == [(number,)]


def test_a_property_writes_in_its_own_name(undone: World, folio: str) -> None:
    undone.conn.execute("update public.tenants set address = 'Karachi', gstin = 'G1', pan = null")
    paper = as_command(undone, "folio_document", folio, "en")
    assert paper["issuer"] == {"name": "Hamsun", "address": "Karachi", "tax_number": "GSTIN G1"}
    for key, value in (("invoice:address", "12 Beach Road"), ("invoice:tax_number", " NTN 1234567-8 ")):
        with undone.member(MANAGER):
            undone.value("select api.set_setting('FSL', %s, to_jsonb(%s::text))", key, value)
    own = {"name": "Hamsun", "address": "12 Beach Road", "tax_number": "NTN 1234567-8"}
    number = close(undone, folio)["invoice_number"]
    undone.conn.execute("delete from public.app_settings where key like 'invoice:%'")
    paper = as_command(undone, "folio_document", folio, "en")
    assert (paper["issuer"], paper["folio"]["invoice_number"]) == (own, number)


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "x" * 101])
def test_a_tax_number_is_one_line(undone: World, value: str) -> None:
    def put() -> None:
        with undone.member(MANAGER):
            undone.value("select api.set_setting('FSL', 'invoice:tax_number', to_jsonb(%s::text))", value)

    assert slug_of(put) == "setting_invalid"


RENAMED = """
with guest as (
  update public.guests set first_name = 'Ngozi', last_name = 'Adeyemi', address = '1 New Street'
  where last_name = 'Okafor' returning tenant_id, id)
update public.bookings b set guest_name = 'Ngozi Adeyemi', room_id = null, check_out = check_out - 1
from guest g where b.tenant_id = g.tenant_id and b.guest_id = g.id
"""
FILLED = "select id, recipient from public.folios where invoice_serial is not null order by id"


@pytest.fixture
def addressed(undone: World, folio: str) -> str:
    """The folio of a guest whose address the house knows."""
    undone.conn.execute(
        "update public.guests set address = E'4 Harbour Road\nLagos' where last_name = 'Okafor'"
    )
    return folio


def paper(world: World, folio: str, by: str = RECEPTION) -> Any:
    with world.member(by):
        return world.value("select api.folio_document(%s)", folio)


def test_a_reprint_says_to_whom_it_was_issued_and_for_which_stay(undone: World, addressed: str) -> None:
    """The living row until it is issued, what it was from then on."""
    before = paper(undone, addressed)
    assert before["recipient"]["name"].endswith("Okafor")
    assert before["recipient"]["details"] == "4 Harbour Road\nLagos"
    close(undone, addressed)
    undone.conn.execute("set constraints all deferred")
    undone.conn.execute(RENAMED)
    after = paper(undone, addressed)
    assert (after["recipient"], after["stay"]) == (before["recipient"], before["stay"])


def test_an_open_bill_is_written_to_who_the_guest_is_now(undone: World, addressed: str) -> None:
    undone.conn.execute("set constraints all deferred")
    undone.conn.execute(RENAMED)
    printed = paper(undone, addressed)
    assert printed["recipient"] == {"name": "Ngozi Adeyemi", "details": "1 New Street"}
    undone.conn.execute("select app.set_caller(tenant_id) from public.folios where id = %s", (addressed,))
    assert undone.value("select app.invoice_recipient(%s)", addressed) == printed["recipient"] | {
        "stay": {name: value for name, value in printed["stay"].items() if name != "booking_id"}
    }


def test_another_payers_invoice_is_in_the_payers_name(undone: World, booking: Any, folio: str) -> None:
    body = {"booking_id": booking, "payer_name": "Acme", "payer_details": "NTN 7"}
    acme = send(undone, "add_folio", body)["folio"]["id"]
    shares = [{"folio_id": folio, "share": "1"}, {"folio_id": acme, "share": "1"}]
    send(undone, "split_folio", {"folio_id": folio, "shares": shares, "reason": "Halves"})
    close(undone, acme)
    printed = paper(undone, acme)
    assert printed["recipient"] == {"name": "Acme", "details": "NTN 7"}
    assert printed["stay"]["guest_name"].endswith("Okafor")


def test_an_address_is_for_who_may_read_guests(undone: World, addressed: str) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:guests:read'")
    for _ in ("open", "issued"):
        assert set(paper(undone, addressed)["recipient"]) == {"name"}
        close(undone, addressed)


def test_the_log_tells_of_the_name_only_under_the_guests_key(undone: World, addressed: str) -> None:
    close(undone, addressed)
    entry = (
        "select a.guest_id is not null, a.new_values -> 'recipient' ? 'encrypted' from public.audit_log a"
        " where a.table_name = 'public.folios' and a.new_values ->> 'recipient' is not null"
        " and a.row_key ->> 'id' = %s"
    )
    assert undone.rows(entry, addressed) == [(True, True)]


def test_what_was_issued_before_gets_its_recipient_and_the_log_no_name(undone: World, addressed: str) -> None:
    close(undone, addressed)
    issued = undone.rows(FILLED)
    undone.conn.execute(
        "alter table public.folios drop constraint an_invoice_is_issued_whole;"
        "alter table public.folios disable trigger user;"
        "update public.folios set recipient = null;"
        "alter table public.folios enable trigger record_change"
    )
    logged = undone.value("select count(*) from public.audit_log")
    fill = Path("db/migrations/V0045__invoice_recipients.sql").read_text().split("do $$")[1].split("$$;")[0]
    undone.conn.execute(f"do $${fill}$$".encode())
    assert undone.rows(FILLED) == issued
    assert undone.value("select count(*) from public.audit_log") == logged
