"""An address that is forgotten is not kept as a digest either: who tries all numbers would find it."""

from hashlib import md5, sha1, sha256, sha512
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from functions.cli.home import ROOT
from functions.notify.messages import Accepted
from tests.notify.ladder import NO, told
from tests.notify.ledger import Ledger
from tests.world import RECEPTION, World

PHONE, MAIL, STRANGER = "+12025550199", "astrid@fjord.example", "+12025550163"
TABLES = """
select c.oid::regclass::text from pg_class as c
where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'portal', 'identity', 'notify', 'app')
"""  # noqa: E501
SAYS = "select exists (select from {} as t where to_jsonb(t)::text ilike any (%s))"
WRITES = "select app.receive_message(%s, %s, %s, %s, '[]')"
GUEST = "update public.guests set phone = %s, email = %s where last_name = 'Lindqvist'"
PILES = "select dedupe_key from public.alerts where kind = 'notifications_pile_up'"
MIGRATION = next(ROOT.glob("db/migrations/V*__addresses_leave_no_digest.sql"))


def digests(*addresses: str) -> list[str]:
    """The beginnings of all the usual digests, and the addresses themselves, as patterns."""
    made = [way(each.encode()).hexdigest()[:12] for each in addresses for way in (md5, sha1, sha256, sha512)]
    return [f"%{each}%" for each in (*made, *addresses)]


def tables_that_say(ledger: Ledger, *addresses: str) -> set[str]:
    found = ledger.conn.execute(TABLES).fetchall()
    return {
        table
        for (table,) in found
        if (row := ledger.conn.execute(SAYS.format(table).encode(), (digests(*addresses),)).fetchone())
        and row[0]
    }


def writes(ledger: Ledger, words: str, number: int, phone: str) -> Any:
    hotel = ledger.value(
        "select address from notify.senders where tenant_id = %s and channel = 'whatsapp'", ledger.tenant
    )
    return ledger.value(WRITES, hotel, phone, f"SM{number:032d}", words)


def test_erasure_takes_every_trace_of_the_address(ledger: Ledger) -> None:
    # before anybody knew whose number it was
    writes(ledger, "Hello?", 1, PHONE)
    writes(ledger, "STOP ALL", 2, PHONE)
    writes(ledger, "START", 3, PHONE)
    ledger.conn.execute(GUEST, (PHONE, MAIL))
    for dedupe in "abc":
        told(ledger, dedupe, "Lindqvist")
        ledger.try_one(NO)
    guest = ledger.value("select id from public.guests where last_name = 'Lindqvist'")
    folio = ledger.value("select id from public.folios where booking_id = %s", ledger.booking_of("Lindqvist"))
    with World(ledger.conn).member(RECEPTION) as reception:
        reception.value("select api.send_folio(%s)", folio)
    assert tables_that_say(ledger, PHONE, MAIL) >= {"notification_log", "guests"}
    ledger.as_engine("select app.make_guest_nobody(%s)", guest)
    assert tables_that_say(ledger, PHONE, MAIL) == set()


def test_a_pile_is_known_by_the_booking(ledger: Ledger) -> None:
    for dedupe in "abc":
        told(ledger, dedupe)
        ledger.try_one(NO)
    assert ledger.value(PILES) == f"pile:whatsapp:{ledger.booking_of('Marutani')}"
    told(ledger, "d")
    ledger.try_one(Accepted("SM" + "4" * 32))
    assert ledger.alerts("notifications_pile_up") == []


def test_who_is_unknown_is_answered_once_without_being_noted(ledger: Ledger) -> None:
    """stranger_has_heard."""
    for number, words in enumerate(("Hello?", "DAILY", "Anybody?"), 1):
        assert writes(ledger, words, number, STRANGER) == "unknown"
    for number, words in enumerate(("STOP", "stop all", "START", "start"), 10):
        writes(ledger, words, number, STRANGER)
    keys = ledger.conn.execute(
        "select template_key, dedupe_key from public.notification_log order by created_at, id"
    ).fetchall()
    assert [key for key, _ in keys] == ["unknown_number", "messages_stopped", "messages_resumed"]
    assert not any(found[1:-1] in key for found in digests(STRANGER) for _, key in keys)


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
def test_what_stands_from_before_is_renamed(ledger: Ledger, channel: str) -> None:
    digest = sha256(PHONE.encode()).hexdigest()
    ledger.as_engine(
        "select app.raise_alert(%s, null, 'notifications_pile_up', 'high', 'x', '{}', %s)",
        ledger.tenant,
        f"pile:{channel}:{digest}",
    )
    entries = "select count(*) from public.audit_log where table_name = 'public.alerts'"
    before = ledger.value(entries)
    for key in (
        f"unknown_number:{digest}",
        f"messages_stopped:{digest}:2026-04-25",
        f"mail:invoice:0190a000-0000-7000-8000-000000000001:2:t:{digest[:12]}",
        "guest:request_done:1",
    ):
        ledger.as_engine(
            "select app.queue_notification('whatsapp', 'request_done', %s, %s, %s)", STRANGER, key, Jsonb({})
        )
    for _ in range(2):
        ledger.conn.execute(MIGRATION.read_bytes())
    assert (
        ledger.value("select count(*) from public.notification_log where dedupe_key ~ '[0-9a-f]{12}$'") == 3
    )
    assert (
        ledger.value("select count(*) from public.notification_log where dedupe_key ~ %s", digest[:12]) == 0
    )
    assert ledger.value("select count(*) from public.alerts where dedupe_key ~ %s", digest) == 0
    assert ledger.alerts("notifications_pile_up") == []
    assert ledger.value(entries) == before
