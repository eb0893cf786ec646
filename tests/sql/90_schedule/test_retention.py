"""retention: what has been kept long enough is forgotten, by each property's own setting and night."""

from typing import Any

import pytest

from functions.pages.paper import folio_pdf
from tests.folio import bill
from tests.world import RECEPTION, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}], "note": "cold, please"}
RUNS = (
    "select p.code, r.slot from app.job_runs r join public.properties p on p.id = r.property_id"
    " where r.job = 'retention' order by 1, 2"
)
OURS = "(select id from public.tenants where slug = 'hamsun')"


def wait_days(world: World, days: int) -> None:
    world.conn.execute("update app.clock set shift = shift + make_interval(days => %s)", (days,))


def keep(world: World, data: str, days: str, property_code: str | None = None) -> None:
    """A setting of ours, of the whole house or of one property."""
    world.conn.execute(
        "insert into public.app_settings (tenant_id, property_id, key, value) values"
        f" ({OURS}, (select id from public.properties where code = %s), %s, %s::jsonb)".encode(),
        (property_code, f"retention_days:{data}", days),
    )


def retain(world: World) -> None:
    """The night has come; a day that has had its one has none again."""
    world.conn.execute("update app.job_plans set next_at = app.now() where job = 'retention'")
    world.conn.execute("select app.run_jobs()")


@pytest.fixture
def order(undone: World) -> Any:
    """An order with a note that was delivered, and the messages that told of it have left."""
    with undone.guest("Marutani"):
        request = undone.submit(COLA, "k")["body"]["request"]["id"]
        undone.value("select api.add_request_comment(%s, 'Where is it?')", request)
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    undone.conn.execute(
        "update public.notification_log set state = 'sent', error_message = 'no +12025550199'"
        " where request_id = %s",
        (request,),
    )
    return request


def words(world: World, request: Any) -> list[tuple[Any, ...]]:
    return world.rows(
        "select r.note, c.body from portal.requests r join portal.request_comments c on c.request_id = r.id"
        " where r.id = %s",
        request,
    )


def message_words(world: World, request: Any) -> set[tuple[Any, ...]]:
    return set(
        world.rows(
            "select recipient, variables::text, error_message from public.notification_log"
            " where request_id = %s and channel = 'whatsapp'",
            request,
        )
    )


def test_words_of_requests_go_a_year_after_they_were_closed(undone: World, order: Any) -> None:
    """forget_request_words."""
    wait_days(undone, 364)
    retain(undone)
    assert words(undone, order) == [("cold, please", "Where is it?")]
    wait_days(undone, 2)
    retain(undone)
    assert words(undone, order) == [(None, "•••")]
    assert undone.value("select status from portal.requests where id = %s", order) == "delivered"


def test_an_open_request_keeps_its_words(undone: World) -> None:
    with undone.guest("Marutani"):
        request = undone.submit(COLA, "k")["body"]["request"]["id"]
    wait_days(undone, 800)
    retain(undone)
    assert undone.value("select note from portal.requests where id = %s", request) == "cold, please"


def test_messages_keep_neither_recipient_nor_words(undone: World, order: Any) -> None:
    """forget_messages: also the provider's words, which may name the phone."""
    assert ("•••", "{}", None) not in message_words(undone, order)
    wait_days(undone, 91)
    retain(undone)
    assert message_words(undone, order) == {("•••", "{}", None)}


def test_a_message_that_nobody_has_settled_keeps_both(undone: World, order: Any) -> None:
    undone.conn.execute(
        "update public.notification_log set fence = fence + 1, state = 'unknown' where request_id = %s",
        (order,),
    )
    before = message_words(undone, order)
    wait_days(undone, 91)
    retain(undone)
    assert message_words(undone, order) == before


def test_a_property_keeps_as_long_as_it_says(undone: World, order: Any) -> None:
    keep(undone, "request_words", "3")
    keep(undone, "request_words", "1000", "FSL")
    wait_days(undone, 400)
    retain(undone)
    assert words(undone, order)[0][0] == "cold, please"


def test_null_keeps_for_ever(undone: World, order: Any) -> None:
    keep(undone, "request_words", "null")
    wait_days(undone, 4000)
    retain(undone)
    assert words(undone, order)[0][0] == "cold, please"


def test_sessions_go_a_month_after_they_ended(undone: World) -> None:
    """forget_sessions, with their secrets; a session that still stands stays."""
    ended = undone.value("select app.open_development_session(%s) ->> 'session_id'", RECEPTION)
    open_ = undone.value("select app.open_development_session(%s) ->> 'session_id'", RECEPTION)
    undone.conn.execute("update identity.sessions set ended_at = app.now() where id = %s", (ended,))
    undone.conn.execute(
        "update identity.sessions set expires_at = now() + interval '90 days' where id = %s", (open_,)
    )
    undone.conn.execute(
        "insert into identity.refresh_tokens (tenant_id, session_id, digest, expires_at)"
        f" values ({OURS}, %s, 'x', now())".encode(),
        (ended,),
    )
    left = "select count(*) from identity.sessions where id in (%s, %s)"
    wait_days(undone, 29)
    retain(undone)
    assert undone.value(left, ended, open_) == 2
    wait_days(undone, 2)
    retain(undone)
    assert undone.value(left, ended, open_) == 1
    assert undone.value("select count(*) from identity.refresh_tokens where session_id = %s", ended) == 0


def test_devices_go_a_month_after_the_stay(undone: World) -> None:
    """forget_devices: of a guest who has left, not of one in house."""
    undone.conn.execute(
        "insert into identity.seen_devices (tenant_id, booking_id, device_digest) values"
        f" ({OURS}, %s, 'left'), ({OURS}, %s, 'stays')".encode(),
        (undone.booking("Lindqvist"), undone.booking("Marutani")),
    )
    wait_days(undone, 60)
    retain(undone)
    assert undone.rows(
        "select device_digest from identity.seen_devices where device_digest in ('left', 'stays')"
    ) == [(b"stays",)]


def test_sign_ins_go_after_half_a_year(undone: World) -> None:
    """forget_login_attempts."""
    undone.conn.execute(
        "insert into identity.login_attempts (tenant_id, membership_id, outcome, at)"
        " select tenant_id, id, 'refused', app.now() from identity.memberships limit 3"
    )
    count = "select count(*) from identity.login_attempts"
    before = undone.value(count)
    wait_days(undone, 179)
    retain(undone)
    assert undone.value(count) == before
    wait_days(undone, 2)
    retain(undone)
    assert undone.value(count) == 0


def test_guests_are_kept_unless_the_house_says_otherwise(undone: World) -> None:
    """forget_guests: who is still in house or owes something is not forgotten."""
    known = "select array_agg(last_name) from public.guests where erased_at is null and tenant_id = "
    wait_days(undone, 5000)
    retain(undone)
    assert len(undone.value(known + OURS)) > 3
    keep(undone, "guests", "730")
    wait_days(undone, 1)
    retain(undone)
    still_there = undone.value(known + OURS)
    assert "Marutani" in still_there
    assert "Lindqvist" not in still_there


def test_each_property_has_its_night_once(undone: World) -> None:
    retain(undone)
    runs = undone.rows(RUNS)
    assert len(runs) == undone.value("select count(*) from public.properties")
    retain(undone)
    assert undone.rows(RUNS) == runs
    wait_days(undone, 1)
    retain(undone)
    assert len(undone.rows(RUNS)) == 2 * len(runs)


def test_what_is_done_for_the_day_waits_for_the_next(undone: World, order: Any) -> None:
    keep(undone, "request_words", "3")
    retain(undone)
    undone.conn.execute(
        "update portal.requests set closed_at = closed_at - interval '9 days' where id = %s", (order,)
    )
    retain(undone)
    assert words(undone, order)[0][0] == "cold, please"
    wait_days(undone, 1)
    retain(undone)
    assert words(undone, order)[0][0] is None


def test_more_than_a_batch_goes_on_with_the_next_tick(undone: World) -> None:
    """forget_idempotency_keys, which there are most of."""
    undone.conn.execute(
        "insert into app.idempotency_keys (tenant_id, caller, command, key, body_digest, created_at)"
        f" select {OURS}, 'staff:x', 'order', n::text, '', app.now() - interval '8 days'"
        " from generate_series(1, 1200) as n".encode()
    )
    left = "select count(*) from app.idempotency_keys where caller = 'staff:x'"
    done = f"select count(*) from app.job_runs where tenant_id = {OURS} and state = 'done'"
    done += " and outcome ? 'idempotency_keys'"
    seen = []
    for _ in range(3):
        retain(undone)
        seen.append((undone.value(left), undone.value(done)))
    assert seen == [(700, 0), (200, 0), (0, 1)]


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "service"])
def test_only_the_clockwork_forgets(undone: World, role: str) -> None:
    for function in ("retention(app.job_runs)", "retain_property(uuid, boolean, integer)"):
        assert not undone.value("select has_function_privilege(%s, %s, 'execute')", role, f"app.{function}")


def test_dismissed_notices_go_after_ninety_days(undone: World) -> None:
    """forget_notices: what nobody has seen stays, however old."""
    undone.conn.execute(
        "insert into identity.notices (tenant_id, membership_id, kind, created_at, seen_at)"
        " select m.tenant_id, m.id, s.kind, app.now() - interval '1 year', s.seen_at"
        " from (select * from identity.memberships limit 1) as m, (values ('seen', app.now()), ('not', null))"
        " as s (kind, seen_at)"
    )
    left = "select kind from identity.notices order by kind"
    wait_days(undone, 89)
    retain(undone)
    assert undone.rows(left) == [("not",), ("seen",)]
    wait_days(undone, 2)
    retain(undone)
    assert undone.rows(left) == [("not",)]


def test_qr_codes_go_ninety_days_after_they_opened_something_last(undone: World) -> None:
    """forget_qr_codes: not one on the wall, nor one whose session is still kept."""
    undone.conn.execute(
        "insert into identity.qr_tokens"
        " (tenant_id, purpose, digest, label, property_id, expires_at, revoked_at)"
        " select p.tenant_id, 'GUEST_ACCESS', sha256(c.label::bytea), c.label, p.id, c.ends, c.revoked"
        " from public.properties p, (values ('expired', app.now(), null), ('revoked', null, app.now()),"
        " ('on the wall', null, null), ('long', app.now() + interval '1 year', null),"
        " ('came', app.now(), null)) as c (label, ends, revoked) where p.code = 'FSL'"
    )
    undone.conn.execute(
        "insert into identity.sessions (tenant_id, session_type, booking_id, level, expires_at, qr_token_id)"
        " select q.tenant_id, 'guest', %s, 'context', now() + interval '1 year', q.id"
        " from identity.qr_tokens q where q.label = 'came'",
        (undone.booking("Marutani"),),
    )
    left = "select label from identity.qr_tokens where label is not null order by label"
    everything = undone.rows(left)
    wait_days(undone, 89)
    retain(undone)
    assert undone.rows(left) == everything
    wait_days(undone, 2)
    retain(undone)
    assert set(everything) - set(undone.rows(left)) == {("expired",), ("revoked",)}


def test_rounds_of_what_recurs_are_kept_two_days_and_other_runs_ninety(undone: World) -> None:
    """forget_job_runs."""
    undone.conn.execute(
        "insert into app.jobs (key, position, label, every, grace, is_on)"
        " values ('go_round', 1, '{\"en\": \"Go round\", \"es\": \"Rondar\"}', '5 minutes', '1 hour', false)"
    )
    undone.conn.execute(
        "insert into app.job_runs (tenant_id, job, property_id, slot, ran_at, state, error)"
        " select p.tenant_id, j.job, p.id, app.now() - make_interval(days => j.days), app.now(), j.state,"
        " case j.state when 'failed' then 'why' end from public.properties as p, (values"
        " ('go_round', 'done', 1), ('go_round', 'done', 3), ('go_round', 'failed', 4),"
        " ('go_round', 'failed', 91), ('reset_do_not_disturb', 'done', 89),"
        " ('reset_do_not_disturb', 'done', 91)) as j (job, state, days) where p.code = 'FSL'"
    )
    retain(undone)
    kept = undone.rows(
        "select job, state, app.now()::date - slot::date from app.job_runs"
        f" where tenant_id = {OURS} and job <> 'retention'"
        " and slot < app.now() - interval '20 hours' order by 1, 3"
    )
    assert kept == [
        ("go_round", "done", 1),
        ("go_round", "failed", 4),
        ("reset_do_not_disturb", "done", 89),
    ]


def test_an_invoice_is_whole_until_its_time_is_over(undone: World) -> None:
    """Then it is forgotten to whom it went, and the books stay."""
    booking = undone.booking("Okafor")
    folio = bill(undone, booking, 500)
    with undone.member(RECEPTION):
        undone.value("select api.close_folio(%s, 'The company pays')", folio)
    issued = "select invoice_number, recipient = '{}' from public.folios where id = %s"
    number = undone.value(issued, folio)
    wait_days(undone, 3650)
    retain(undone)
    assert undone.rows(issued, folio) == [(number, False)]
    wait_days(undone, 2)
    retain(undone)
    assert undone.rows(issued, folio) == [(number, True)]
    undone.conn.execute("select app.set_caller(tenant_id) from public.folios where id = %s", (folio,))
    again = "select app.forget_invoices(property_id, app.now(), 10) from public.folios where id = %s"
    assert undone.value(again, folio) == 0
    with undone.member(RECEPTION):
        printed = undone.value("select api.folio_document(%s)", folio)
    assert (printed["recipient"], printed["totals"]["gross"]) == ({}, 500)
    assert folio_pdf(printed).startswith(b"%PDF-")
