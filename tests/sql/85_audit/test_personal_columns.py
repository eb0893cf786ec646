"""personal_columns: what tells about a guest enters the log under the guest's own key, and nothing else."""

import json
from typing import Any

import psycopg
import pytest

from tests.world import HOUSEKEEPER, OWNER, RECEPTION, World

# Columns that can hold words, of tables that are about a guest, a stay or a request.
WORDS = """
select c.relnamespace::regnamespace::text || '.' || c.relname, a.attname
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind = 'r' and c.relnamespace::regnamespace::text in (
  'public', 'portal', 'service_menus', 'identity', 'kiosk')
  and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
  and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'record_change')
  and (c.oid = 'public.guests'::regclass
       or exists (select from pg_attribute as k where k.attrelid = c.oid and not k.attisdropped
                  and k.attname in ('guest_id', 'booking_id', 'request_id')))
"""
# Words of the house about itself: nothing a guest said, and nothing that tells who the guest is.
OF_THE_HOUSE = {
    "public.guests": {"language"},
    "public.bookings": {
        "status",
        "checkin_status",
        "currency",
        "channel",
        "payment_ref",
        "cleaning_opt_in_source",
    },
    "portal.requests": {
        "number",
        "type_slug",
        "subtype",
        "status",
        "phase",
        "outcome",
        "priority",
        "severity",
        "driver",
        "currency",
        "tax_mode",
        "subtype_taxes",
        "source",
    },
    "portal.request_comments": {"author_kind"},
    "portal.feedback": {"language"},
    "portal.request_lines": {"sku", "name", "currency", "taxes", "charge_category"},
    "service_menus.orders": {"pricing_mode", "taxes"},
    # withheld, the same for everyone
    "portal.codes": {"code"},
    "identity.sessions": {"session_type", "level", "device_digest", "ended_because"},
    "identity.qr_tokens": {"purpose", "digest", "label"},
    # invoices stay, and so does what they say
    "public.folios": {
        "currency",
        "tax_mode",
        "closed_note",
        "invoice_number",
        "issuer",
    },
    "public.charges": {
        "category",
        "description",
        "currency",
        "source",
        "reason",
        "posted_by_name",
    },
}
PLAIN = "Zaubernuss"


def unclassified(world: World) -> set[str]:
    """Columns of which nobody has said whether they tell about a guest."""
    personal = {
        table: set(world.value("select coalesce(app.personal_columns(%s), '{}')", table))
        for table, _ in world.rows(WORDS)
    }
    return {
        f"{table}.{column}"
        for table, column in world.rows(WORDS)
        if column not in personal[table] | OF_THE_HOUSE.get(table, set())
    }


def test_of_every_column_it_is_said_whether_it_tells_about_a_guest(undone: World) -> None:
    assert unclassified(undone) == set()


def test_a_new_column_of_words_is_found(undone: World) -> None:
    undone.conn.execute("alter table public.bookings add column shoe_size text")
    assert unclassified(undone) == {"public.bookings.shoe_size"}


def said_in_the_log(world: World, word: str) -> set[str]:
    return {
        row[0]
        for row in world.rows(
            "select distinct table_name from public.audit_log as a where to_jsonb(a)::text ilike %s",
            f"%{word}%",
        )
    }


def test_no_name_of_a_guest_is_in_the_log(undone: World) -> None:
    """The whole cast, with all that the demo has done for them."""
    with undone.guest("Marutani"):
        undone.submit({"type_slug": "concierge", "note": PLAIN}, "k")
    for name in ("Marutani", "Okafor", "Alvarez", PLAIN):
        assert said_in_the_log(undone, name) == set()


def test_who_pays_for_a_guest_is_not_in_the_log_either(undone: World) -> None:
    undone.conn.execute(
        "update public.folios set payer_name = %s, payer_details = %s where booking_id = %s",
        (f"{PLAIN} Ltd", f"{PLAIN} Street 1", undone.booking("Marutani")),
    )
    assert said_in_the_log(undone, PLAIN) == set()


def test_what_is_hidden_is_never_twice_the_same(undone: World) -> None:
    for notes in (PLAIN, "", PLAIN):
        undone.conn.execute("update public.guests set notes = %s where last_name = 'Marutani'", (notes,))
    hidden = undone.rows(
        "select new_values #>> '{notes,encrypted}' from public.audit_log"
        " where table_name = 'public.guests' and xid = pg_current_xact_id() order by position"
    )
    assert len({text for (text,) in hidden}) == 3


def read(world: World, email: str) -> list[Any]:
    with world.member(email):
        return world.rows(
            "select new_values ->> 'notes' from api.audit_log where table_name = 'public.guests'"
            " and new_values ? 'notes' and operation = 'UPDATE'"
        )


def test_who_may_read_guests_reads_them_in_the_log(undone: World) -> None:
    undone.conn.execute("update public.guests set notes = %s where last_name = 'Marutani'", (PLAIN,))
    assert read(undone, OWNER) == [(PLAIN,)]


def test_who_may_not_read_guests_sees_that_something_changed(undone: World) -> None:
    undone.conn.execute("update public.guests set notes = %s where last_name = 'Marutani'", (PLAIN,))
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:guests:read'")
    assert read(undone, OWNER) == [("•••",)]


def test_without_its_key_it_is_unreadable_for_everyone(undone: World) -> None:
    undone.conn.execute("update public.guests set notes = %s where last_name = 'Marutani'", (PLAIN,))
    undone.conn.execute("delete from app.guest_keys")
    assert read(undone, OWNER) == [("•••",)]
    undone.conn.execute("update public.guests set notes = 'Nachtigall' where last_name = 'Marutani'")
    assert said_in_the_log(undone, "Nachtigall") == set()


def test_a_note_that_looks_encrypted_is_read_as_it_is(undone: World) -> None:
    looks = json.dumps({"encrypted": "AAAA"})
    undone.conn.execute("update public.guests set notes = %s where last_name = 'Marutani'", (looks,))
    assert read(undone, OWNER) == [(looks,)]


def test_the_houses_own_work_is_in_plain_words(undone: World) -> None:
    with undone.member(RECEPTION):
        undone.submit({"title": PLAIN, "property_code": "FSL"}, "k")
    assert said_in_the_log(undone, PLAIN) == {"portal.requests"}


def test_a_comment_on_a_guests_request_is_hidden(undone: World) -> None:
    with undone.guest("Marutani"):
        request = undone.submit({"type_slug": "concierge", "note": "?"}, "k")["body"]["request"]["id"]
    with undone.member(RECEPTION):
        undone.value("select api.add_request_comment(%s, %s)", request, PLAIN)
    assert said_in_the_log(undone, PLAIN) == set()
    found = "select new_values ->> 'body' from api.audit_log where table_name = 'portal.request_comments'"
    with undone.member(OWNER):
        assert (PLAIN,) in undone.rows(found)


@pytest.mark.parametrize("role", ["engine", "service", "resolver", "staff", "admin", "guest", "anon"])
def test_nobody_but_the_auditor_holds_the_keys(undone: World, role: str) -> None:
    for right in ("select", "insert", "update", "delete"):
        assert not undone.value("select has_table_privilege(%s, 'app.guest_keys', %s)", role, right)
    undone.conn.execute(f"set local role {role}".encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        undone.conn.execute("select key from app.guest_keys")


def test_a_housekeeper_reads_no_log_at_all(undone: World) -> None:
    assert read(undone, HOUSEKEEPER) == []
