"""forget_conversation: an erased guest's messages, pictures, consents and words are gone; the bill stays."""

from typing import Any

import pytest

from tests.world import MANAGER, RECEPTION, World

GUEST, WORD, MAIL = "Lindqvist", "Zaubernuss", "astrid@fjord.example"
TABLES = """
select c.oid::regclass::text from pg_class as c
where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'portal', 'notify')
"""
PHONE, PHONE_BEFORE = "+12025550199", "+12025550188"
WROTE = """
insert into notify.inbound_messages (tenant_id, channel, provider_id, address, body, media, received_at, booking_id)
select b.tenant_id, 'whatsapp', 'SM' || k.place, k.phone, 'Zaubernuss',
  '[{"url": "https://api.twilio.com/Zaubernuss", "type": "image/png"}]', now(), k.stay
from public.bookings b, (values (1, %(now)s, %(stay)s), (2, %(before)s, null)) as k (place, phone, stay) where b.id = %(stay)s
"""  # noqa: E501
SENT = """
insert into portal.request_attachments
  (tenant_id, request_id, message_id, number, source_url, content_type, state, reason, next_try_at, created_at)
select r.tenant_id, r.id, m.id, k.number, 'https://api.twilio.com/Zaubernuss', 'image/png', k.state, k.reason, k.due, now()
from (select * from portal.requests where booking_id = %s order by id limit 1) as r
join notify.inbound_messages m on m.provider_id = 'SM1',
  (values (1, 'waiting', null, now()), (2, 'kept', null, null), (3, 'refused', 'too_many', null)) as k (number, state, reason, due)
"""  # noqa: E501
SAID = """
insert into portal.feedback (tenant_id, property_id, booking_id, rating, comment, language)
select tenant_id, property_id, id, 5, 'Zaubernuss', 'en' from public.bookings where id = %s
"""
MAILED = """
select app.queue_notification('email', 'invoice', 'astrid@fjord.example', 'the bill', '{"guest_first_name": "Zaubernuss"}',
  'invoice', 'en', b.property_id, b.id) from public.bookings b where b.id = %s
"""  # noqa: E501
PAYER = """
insert into public.folios (tenant_id, property_id, booking_id, currency, tax_mode, number, payer_name, payer_details, closed_at, closed_note)
select tenant_id, property_id, booking_id, currency, tax_mode, 2, 'Fjord Shipping', 'Tax 77-1', now(), 'settled'
from public.folios where booking_id = %s and number = 1
"""  # noqa: E501


@pytest.fixture
def stay(undone: World) -> Any:
    """The stay of a guest who has written, from two phones, has sent pictures, got mail and left a mark."""
    for phone in (PHONE_BEFORE, PHONE):
        undone.conn.execute("update public.guests set phone = %s where last_name = %s", (phone, GUEST))
    undone.conn.execute("update public.guests set email = %s where last_name = %s", (MAIL, GUEST))
    stay = undone.booking(GUEST)
    with undone.member(RECEPTION):
        undone.submit({"type_slug": "concierge", "note": WORD, "on_behalf_of": str(stay)}, "k")
    undone.conn.execute(WROTE, {"now": PHONE, "before": PHONE_BEFORE, "stay": stay})
    undone.conn.execute("select app.set_caller(tenant_id) from public.bookings where id = %s", (stay,))
    for phone in (PHONE, PHONE_BEFORE):
        undone.conn.execute(
            "select app.suppress_address(app.tenant_id(), %s, 'stop', 'STOP', '{\"word\": \"Zaubernuss\"}')",
            (phone,),
        )
    for statement in (SENT, SAID, MAILED):
        undone.conn.execute(statement.encode(), (stay,))
    undone.conn.execute("select app.set_caller(null)")
    return stay


def erase(world: World) -> None:
    guest = world.value("select id from public.guests where last_name = %s", GUEST)
    with world.member(MANAGER):
        world.value("select api.erase_guest(%s)", guest)


def telling(world: World) -> set[str]:
    """Every table that still says something of it."""
    said = "|".join((WORD, PHONE[1:], PHONE_BEFORE[1:], MAIL))
    return {
        table
        for (table,) in world.rows(TABLES)
        if world.value(f"select exists (select from {table} as t where to_jsonb(t)::text ~ %s)", said)
    }


def test_nothing_of_the_correspondence_is_left(undone: World, stay: Any) -> None:
    assert telling(undone) >= {
        "notification_log",
        "notify.consents",
        "notify.inbound_messages",
        "notify.suppressions",
        "portal.feedback",
        "portal.request_attachments",
    }
    erase(undone)
    assert telling(undone) == set()
    files = "select state, reason from portal.request_attachments where source_url is null order by number"
    assert undone.rows(files)[-3:] == [("forgotten", None), ("forgotten", None), ("refused", "too_many")]
    mark = "select rating, comment from portal.feedback where booking_id = %s"
    assert undone.rows(mark, stay) == [(5, None)]


def test_a_phone_that_is_also_anothers_stays_suppressed(undone: World, stay: Any) -> None:
    undone.conn.execute("update public.guests set phone = %s where last_name = 'Okafor'", (PHONE,))
    erase(undone)
    assert undone.rows("select address from notify.suppressions where reason = 'stop'") == [(PHONE,)]


def test_what_another_guest_wrote_from_the_same_phone_stays(undone: World, stay: Any) -> None:
    undone.conn.execute("update public.guests set phone = %s where last_name = 'Okafor'", (PHONE,))
    undone.conn.execute(
        "insert into notify.inbound_messages"
        " (tenant_id, channel, provider_id, address, body, received_at, booking_id)"
        " select tenant_id, 'whatsapp', 'SM9', %s, 'We arrive at nine.', now(), id"
        " from public.bookings where id = %s",
        (PHONE, undone.booking("Okafor")),
    )
    erase(undone)
    written = (
        "select provider_id, address, body from notify.inbound_messages"
        " where provider_id like 'SM_' order by provider_id"
    )
    assert undone.rows(written) == [
        ("SM1", "•••", ""),
        ("SM2", "•••", ""),
        ("SM9", PHONE, "We arrive at nine."),
    ]


def test_who_pays_stays_on_the_bill(undone: World, stay: Any) -> None:
    undone.conn.execute(PAYER, (stay,))
    erase(undone)
    payers = "select payer_name, payer_details from public.folios where booking_id = %s order by number"
    assert undone.rows(payers, stay)[-1] == ("Fjord Shipping", "Tax 77-1")
