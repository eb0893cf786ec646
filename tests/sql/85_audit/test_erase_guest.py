"""erase_guest: nothing leads to the person any more, the house keeps what it must, and no seal breaks."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.folio import bill
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

GUEST = "Lindqvist"
NOTE = "Zaubernuss"
TABLES = """
select c.oid::regclass::text from pg_class as c
where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
"""  # noqa: E501
ANOTHER = (
    "insert into public.bookings"
    " (tenant_id, property_id, guest_id, guest_name, room_type_id, check_in, check_out, currency)"
)
BIND = """
update identity.memberships set property_ids = array(select id from public.properties where code = %s)
"""
ERASE = "select api.erase_guest(%s)"


def guest_id(world: World, last_name: str = GUEST) -> Any:
    return world.value("select id from public.guests where last_name = %s", last_name)


@pytest.fixture
def guest(undone: World) -> Any:
    """A guest who has left, of whom the house knows much: contact data, a request with words, a session."""
    undone.conn.execute(
        "update public.guests set email = 'astrid@fjord.example', phone = '+12025550199',"
        " id_number = 'X-7781', notes = %s where last_name = %s",
        (NOTE, GUEST),
    )
    undone.conn.execute(
        "update public.bookings set special_requests = %s where guest_name like %s", (NOTE, f"%{GUEST}%")
    )
    code = undone.value("select code from portal.codes where booking_id = %s", undone.booking(GUEST))
    undone.value("select app.open_portal_session(%s, '198.51.100.7', sha256('device'))", code)
    with undone.guest(GUEST):
        request = undone.submit({"type_slug": "concierge", "note": NOTE}, "k")["body"]["request"]["id"]
        undone.value("select api.add_request_comment(%s, %s)", request, f"{NOTE}, says {GUEST}")
    with undone.member(RECEPTION):
        undone.value("select api.add_request_comment(%s, %s)", request, f"Call Ms {GUEST}")
    return guest_id(undone)


def erase(world: World, guest: Any, by: str = MANAGER) -> dict[str, Any]:
    with world.member(by):
        report: dict[str, Any] = world.value(ERASE, guest)
    return report


def refusal(world: World, guest: Any, by: str = MANAGER) -> tuple[str | None, str | None]:
    with pytest.raises(Refused) as refused:
        erase(world, guest, by)
    return refused.value.slug, refused.value.code


def told(world: World, *words: str) -> set[tuple[str, str]]:
    """Every table of the house that still says one of these words."""
    return {
        (table, word)
        for (table,) in world.rows(TABLES)
        for word in words
        if world.value(
            f"select exists (select from {table} as t where to_jsonb(t)::text ilike %s)", f"%{word}%"
        )
    }


def test_no_table_says_who_it_was(undone: World, guest: Any) -> None:
    words = (GUEST, NOTE, "astrid@fjord.example", "2025550199", "X-7781")
    assert {table for table, _ in told(undone, *words)} >= {
        "bookings",
        "guests",
        "portal.request_comments",
        "portal.request_status_history",
        "portal.requests",
        "notification_log",
    }
    erase(undone, guest)
    assert told(undone, *words) == set()


def test_what_was_done_and_when_is_still_known(undone: World, guest: Any) -> None:
    """blank_requests: words go, status, history and that somebody commented stay."""
    facts = (
        "select r.number, r.status, r.phase, r.created_at, r.title ->> 'en', h.to_status, h.actor_kind,"
        " c.author_kind, c.created_at from portal.requests r"
        " join portal.request_status_history h on h.request_id = r.id"
        " left join portal.request_comments c on c.request_id = r.id where r.booking_id = %s order by 1, 6, 9"
    )
    booking = undone.booking(GUEST)
    before = undone.rows(facts, booking)
    undone.conn.execute("select app.set_caller(tenant_id) from public.guests where id = %s", (guest,))
    undone.conn.execute(
        "select app.blank_requests(array(select id from portal.requests where booking_id = %s))", (booking,)
    )
    assert undone.rows(facts, booking) == before
    said = (
        "select r.note, r.details, r.last_actor_name, c.body from portal.requests r"
        " join portal.request_comments c on c.request_id = r.id where r.booking_id = %s"
    )
    assert set(map(str, undone.rows(said, booking))) == {"(None, {}, None, '•••')"}


def test_the_systems_own_erasure_has_the_same_conditions(undone: World) -> None:
    """make_guest_nobody, which the retention calls: no permission is asked, the rest holds."""
    in_house = guest_id(undone, "Marutani")
    undone.conn.execute("select app.set_caller(tenant_id) from public.guests where id = %s", (in_house,))
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute("select app.make_guest_nobody(%s)", (in_house,))
    assert refused.value.slug == "guest_has_a_stay"


def test_the_log_keeps_its_entries_and_nobody_can_read_what_they_hide(undone: World, guest: Any) -> None:
    entries = "select count(*) from public.audit_log where guest_id = %s"
    before = undone.value(entries, guest)
    report = erase(undone, guest)
    assert undone.value(entries, guest) > before > 0
    assert undone.value("select count(*) from app.guest_keys where guest_id = %s", guest) == 0
    with undone.member(OWNER):
        hidden = undone.rows(
            "select distinct new_values ->> 'last_name' from api.audit_log"
            " where table_name = 'public.guests' and row_key ->> 'id' = %s and new_values ? 'last_name'",
            str(guest),
        )
        as_it_was = undone.value("select api.row_at('public.guests', %s, '2199-01-01')", guest)
    assert hidden == [("•••",)]
    assert (as_it_was["last_name"], as_it_was["phone"]) == ("•••", None)
    [kept] = [one["count"] for one in report["stays"] if one["what"] == "audit_entries"]
    assert kept == undone.value(entries, guest)


def test_no_seal_breaks(undone: World, guest: Any) -> None:
    undone.value("select app.seal_audit()")
    erase(undone, guest)
    undone.value("select app.seal_audit()")
    with undone.member(OWNER):
        assert undone.value("select api.audit_verify()")["is_sound"]


def test_invoices_stay_and_the_report_says_why(undone: World, guest: Any) -> None:
    charges = (
        "select array_agg(c.id order by c.id) from public.charges c join public.folios f on f.id = c.folio_id"
        " where f.booking_id = %s"
    )
    booking = undone.booking(GUEST)
    before = undone.value(charges, booking)
    report = erase(undone, guest)
    assert undone.value(charges, booking) == before
    assert report["guest_id"] == str(guest)
    stays = {one["what"]: one for one in report["stays"]}
    assert stays["bookings"]["count"] == 1
    assert stays["requests"]["count"] >= 1
    assert stays.get("charges", {"count": 0})["count"] == len(before or [])
    assert all(one["reason"].endswith(".") for one in report["stays"])


def test_an_issued_invoice_keeps_its_name_and_the_report_says_so(undone: World, guest: Any) -> None:
    booking = undone.booking(GUEST)
    undone.conn.execute("update public.folios set closed_at = null where booking_id = %s", (booking,))
    folio = bill(undone, booking, 700)
    with undone.member(RECEPTION):
        undone.value("select api.close_folio(%s, 'The company pays')", folio)
    report = erase(undone, guest)
    assert {one["what"]: one["count"] for one in report["stays"]}["invoices"] == 1
    assert {table for table, _ in told(undone, GUEST)} == {"folios"}
    with undone.member(RECEPTION):
        printed = undone.value("select api.folio_document(%s)", folio)
    assert printed["recipient"]["name"].endswith(GUEST)
    with undone.member(OWNER):
        logged = undone.value("select api.row_at('public.folios', %s, '2199-01-01')", folio)
    assert logged["recipient"] == "•••"


def test_the_report_speaks_the_managers_language(undone: World, guest: Any) -> None:
    undone.conn.execute("update identity.memberships set language = 'es'")
    report = erase(undone, guest)
    assert "Fechas" in report["stays"][0]["reason"]


def test_every_way_back_in_is_shut(undone: World, guest: Any) -> None:
    booking = undone.booking(GUEST)
    code = undone.value("select code from portal.codes where booking_id = %s", booking)
    erase(undone, guest)
    assert undone.rows(
        "select distinct ended_because from identity.sessions where booking_id = %s", booking
    ) == [("guest_erased",)]
    assert undone.value("select count(*) from identity.seen_devices where booking_id = %s", booking) == 0
    assert undone.value("select outcome from app.try_code(%s, '198.51.100.7', null)", code) == "unknown"
    tenant = undone.value("select tenant_id from public.bookings where id = %s", booking)
    assert not undone.value("select app.enter_as_guest(%s, %s, null, 'identified')", tenant, booking)


def test_a_message_that_still_waits_is_not_sent(undone: World, guest: Any) -> None:
    waiting = (
        "select count(*) from public.notification_log"
        " where booking_id = %s and state in ('queued', 'unknown')"
    )
    booking = undone.booking(GUEST)
    assert undone.value(waiting, booking) > 0
    erase(undone, guest)
    assert undone.value(waiting, booking) == 0


def test_the_same_guest_again_changes_nothing(undone: World, guest: Any) -> None:
    first = erase(undone, guest)
    position = "select max(position) from public.audit_log"
    before = undone.value(position)
    assert erase(undone, guest) == first
    assert undone.value(position) == before


def test_nothing_is_booked_for_nobody(undone: World, guest: Any) -> None:
    booking = {
        "property_code": "FSL",
        "guest_id": str(guest),
        "check_in": "2099-01-01",
        "check_out": "2099-01-02",
    }
    erase(undone, guest)
    with undone.member(RECEPTION):
        kind = undone.value(
            "select t.code from api.room_types t join api.properties p on p.id = t.property_id"
            " where p.code = 'FSL' limit 1"
        )
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        undone.value("select api.create_booking(%s)", Jsonb(booking | {"room_type_code": kind}))
    assert (refused.value.slug, refused.value.code) == ("guest_is_erased", "PT409")


def test_nothing_is_asked_for_nobody(undone: World, guest: Any) -> None:
    booking = str(undone.booking(GUEST))
    erase(undone, guest)
    with pytest.raises(Refused) as refused, undone.member(RECEPTION):
        undone.submit({"type_slug": "concierge", "note": "?", "on_behalf_of": booking}, "k2")
    assert refused.value.slug == "guest_is_erased"


@pytest.mark.parametrize("last_name", ["Marutani", "Okafor", "Alvarez", "Haddad"])
def test_a_guest_in_house_or_expected_is_not_erased(undone: World, last_name: str) -> None:
    assert refusal(undone, guest_id(undone, last_name)) == ("guest_has_a_stay", "PT409")


def test_a_draft_in_the_future_counts_and_a_cancelled_one_does_not(undone: World, guest: Any) -> None:
    draft = undone.value(
        ANOTHER + " select tenant_id, property_id, guest_id, guest_name, room_type_id, '2099-01-01',"
        " '2099-01-02', currency from public.bookings where id = %s returning id",
        undone.booking(GUEST),
    )
    assert refusal(undone, guest) == ("guest_has_a_stay", "PT409")
    undone.conn.execute(
        "update public.bookings set status = 'cancelled', cancelled_at = now() where id = %s", (draft,)
    )
    erase(undone, guest)


def test_an_open_folio_must_be_settled_first(undone: World, guest: Any) -> None:
    booking = undone.booking(GUEST)
    undone.conn.execute(
        "update public.folios set closed_at = null, closed_note = null where booking_id = %s", (booking,)
    )
    charge = {"booking_id": str(booking), "category": "fee", "description": "Lost key", "unit_price": "1000"}
    with undone.member(RECEPTION):
        undone.value("select api.post_charge(%s, 'k')", Jsonb(charge))
    assert refusal(undone, guest) == ("folio_not_settled", "PT409")


@pytest.mark.parametrize("email", [RECEPTION, HOUSEKEEPER])
def test_only_managers_erase(undone: World, guest: Any, email: str) -> None:
    with pytest.raises(Refused) as refused:
        erase(undone, guest, email)
    assert refused.value.code in ("42501", "PT403")


def test_a_manager_without_the_right_does_not(undone: World, guest: Any) -> None:
    undone.conn.execute("delete from identity.role_permissions where permission = 'hotel:guests:write'")
    assert refusal(undone, guest) == ("permission_missing", "PT403")


def test_the_strangers_guest_and_a_missing_one_are_the_same(undone: World, guest: Any) -> None:
    missing = "00000000-0000-0000-0000-000000000000"
    assert refusal(undone, guest, STRANGER) == refusal(undone, missing) == ("guest_not_found", "PT404")


def test_a_manager_of_one_property_erases_nobody_who_stayed_elsewhere(undone: World, guest: Any) -> None:
    undone.conn.execute(BIND, ("CLF",))
    assert refusal(undone, guest) == ("guest_not_found", "PT404")
    undone.conn.execute(BIND, ("FSL",))
    with undone.conn.transaction(force_rollback=True):
        undone.conn.execute("set local session_replication_role = replica")
        undone.conn.execute(
            ANOTHER + " select b.tenant_id, p.id, b.guest_id, b.guest_name, b.room_type_id,"
            " '2020-01-01', '2020-01-02', b.currency from public.bookings b, public.properties p"
            " where b.id = %s and p.code = 'CLF'",
            (undone.booking(GUEST),),
        )
        undone.conn.execute("set local session_replication_role = origin")
        assert refusal(undone, guest) == ("permission_missing", "PT403")
    erase(undone, guest)
