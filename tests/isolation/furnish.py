"""Both hotels alike: whatever a command needs to find stands ready in each, and no list is empty."""

from typing import Any

from psycopg.types.json import Jsonb

from tests.isolation.actors import IN_HOUSE, MEMBERS, value
from tests.isolation.catalog import Connection
from tests.isolation.examples import MENU_ORDER

PLACE = """
select p.code, t.code, p.id, p.time_zone
from public.tenants as h
join public.properties as p on p.tenant_id = h.id and p.is_default
join public.room_types as t on t.tenant_id = p.tenant_id and t.property_id = p.id
where h.slug = %s order by t.code desc limit 1
"""
# Arriving today, here for the day, coming (to be changed), coming (to be cancelled), and a mere draft.
STAYS = {
    "Arriving": (0, 2),
    "Parting": (0, 0),
    "Coming": (10, 12),
    "Leaving": (20, 22),
    "Asking": (30, 32),
}

# What only workers and mishaps make.
BY_THE_WORKER = """
with message as (
  update public.notification_log as n set state = 'dead'
  where n.id = (select l.id from public.notification_log as l
                where l.tenant_id = %(tenant)s and l.state = 'queued' order by l.created_at limit 1)
  returning n.tenant_id, n.id
), attempt as (
  insert into public.notification_attempts (tenant_id, notification_id, fence, number, outcome, ended_at)
  select tenant_id, id, 1, 1, 'failed', now() from message
), device as (
  insert into identity.seen_devices (tenant_id, booking_id, device_digest)
  select %(tenant)s, %(booking)s, app.digest(%(slug)s)
), setting as (
  insert into public.app_settings (tenant_id, key, value)
  values (%(tenant)s, 'isolation.word', to_jsonb(%(slug)s::text))
), config as (
  insert into public.hotel_configs (tenant_id, config)
  values (%(tenant)s, jsonb_build_object('word', %(slug)s::text))
), notice as (
  insert into identity.notices (tenant_id, membership_id, kind)
  select m.tenant_id, m.id, 'signed_out' from identity.memberships as m where m.tenant_id = %(tenant)s
), mark as (
  insert into portal.feedback (tenant_id, property_id, booking_id, rating, language)
  select %(tenant)s, b.property_id, b.id, 5, 'en' from public.bookings as b where b.id = %(booking)s
), asked as (
  update portal.feature_windows as w set is_open = true
  where w.tenant_id = %(tenant)s and w.feature = 'feedback'
), nobody as (
  insert into public.guests (tenant_id, first_name, last_name)
  values (%(tenant)s, 'Nobody-' || %(slug)s, 'Nobody-' || %(slug)s)
), run as (
  insert into app.job_runs (tenant_id, job, property_id, slot, state, error)
  values (%(tenant)s, 'retention', %(property)s, now() - interval '3 days', 'failed', 'X0000')
), cleaning as (
  insert into housekeeping.daily_cron_log (
    tenant_id, property_id, booking_id, on_date, decision, reason, decided_at)
  values (%(tenant)s, %(property)s, %(booking)s, current_date - 3, 'skipped', 'do_not_disturb', now())
), import as (
  insert into notify.beds24_imports (tenant_id, connection_id, property_id, beds24_booking_id,
                                     outcome, problem, problem_says)
  select c.tenant_id, c.id, c.property_id, 4711,
         'problem', 'beds24_room_unknown', 'A room unknown to ' || %(slug)s
  from notify.beds24_connections as c where c.tenant_id = %(tenant)s
), workspace as (
  insert into notify.slack_access (tenant_id, bot_token, team_id, team_name, connected_at)
  values (%(tenant)s, 'the token of ' || %(slug)s, 'T0' || upper(%(slug)s), 'The team of ' || %(slug)s, now())
), hint as (
  insert into notify.beds24_hints (tenant_id, connection_id, beds24_booking_id, digest, body)
  select c.tenant_id, c.id, 4711, app.digest(%(slug)s), 'A hint to ' || %(slug)s
  from notify.beds24_connections as c where c.tenant_id = %(tenant)s
), block as (
  insert into public.room_blocks (tenant_id, room_id, kind, starts_on, ends_on, reason)
  select tenant_id, id, 'out_of_order', current_date + 50, current_date + 52, 'A pipe at ' || %(slug)s
  from public.rooms where tenant_id = %(tenant)s limit 1
)
select app.raise_alert(tenant_id, null, 'notification_dead', 'normal', 'A message of ' || %(slug)s,
                       '{}', 'notification:' || id) from message
"""


def furnish(conn: Connection, hotel: str) -> None:
    """Make the hotel's share through its own commands, as its owner and its guest."""
    property_code, type_code, property_id, zone = conn.execute(PLACE.encode(), (hotel,)).fetchall()[0]
    for name, offsets in STAYS.items():
        arrives, leaves = (day(conn, zone, offset) for offset in offsets)
        booking = as_owner(
            conn,
            hotel,
            "select api.create_booking(%s)",
            Jsonb(
                {
                    "property_code": property_code,
                    "room_type_code": type_code,
                    "guest": {"first_name": f"{name}-{hotel}", "last_name": f"{name}-{hotel}"},
                    "check_in": arrives,
                    "check_out": leaves,
                }
            ),
        )
        if name != "Asking":
            room = value(conn, FREE_ROOM, property_id, type_code, arrives, leaves)
            as_owner(conn, hotel, "select api.confirm_booking(%s, %s)", booking["id"], room)
        if name == "Parting":
            as_owner(conn, hotel, "select api.check_in_guest(%s)", booking["id"])
    in_house = value(
        conn,
        "select b.id from public.bookings as b"
        " join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id where g.last_name = %s",
        IN_HOUSE[hotel],
    )
    ordered = {
        "type_slug": "housekeeping",
        "items": [{"sku": "towel", "quantity": 1}],
        "note": f"To {hotel}",
    }
    as_owner(
        conn,
        hotel,
        "select api.portal_submit_request(%s, %s)",
        Jsonb({**ordered, "on_behalf_of": str(in_house)}),
        f"furnish-{hotel}",
    )
    newest = value(
        conn,
        "select id from portal.requests where booking_id = %s order by created_at desc limit 1",
        in_house,
    )
    as_owner(
        conn, hotel, "select api.add_request_comment(%s, %s, false)", newest, f"On the way, says {hotel}"
    )
    furnish_undone(conn, hotel, in_house)
    furnish_written(conn, hotel)
    charge = {
        "booking_id": str(in_house),
        "category": "room_service",
        "description": f"Tea of {hotel}",
        "unit_price": "10",
    }
    as_owner(conn, hotel, "select api.post_charge(%s, %s)", Jsonb(charge), f"furnish-{hotel}")
    furnish_bill(conn, hotel, in_house)
    item = value(
        conn,
        "select c.id from portal.catalog_items as c join public.tenants as h on h.id = c.tenant_id"
        " where h.slug = %s and c.sku = 'cola' limit 1",
        hotel,
    )
    as_owner(conn, hotel, "select api.portal_adjust_catalog_stock(%s, 3, 'delivery')", item)
    furnish_people(conn, hotel, property_code)
    tenant = value(conn, "select id from public.tenants where slug = %s", hotel)
    wanted = conn.execute(f"select {MENU_ORDER}".encode(), {"tenant": tenant}).fetchall()[0][0]
    as_owner(
        conn,
        hotel,
        "select api.submit_menu_order(%s, %s)",
        Jsonb(wanted | {"on_behalf_of": str(in_house), "note": f"No nuts, says {hotel}"}),
        f"furnish-menu-{hotel}",
    )
    known = {"tenant": tenant, "slug": hotel, "booking": in_house, "property": property_id}
    conn.execute(BY_THE_WORKER.encode(), known)
    conn.execute("select app.seal_audit()")


def furnish_bill(conn: Connection, hotel: str, booking: Any) -> None:
    """A second bill; a payment, a hold and a deposit on the first."""
    key = f"furnish-{hotel}"
    company = {"booking_id": str(booking), "payer_name": f"Company of {hotel}"}
    as_owner(conn, hotel, "select api.add_folio(%s, %s)", Jsonb(company), key)
    folio = value(conn, "select id from public.folios where booking_id = %s and number = 1", booking)
    paid = {"folio_id": str(folio), "amount": "2", "method": "card", "reference": f"Slip of {hotel}"}
    as_owner(conn, hotel, "select api.take_payment(%s, %s)", Jsonb(paid), key)
    held = {**paid, "kind": "authorisation"}
    as_owner(conn, hotel, "select api.take_payment(%s, %s)", Jsonb(held), f"{key}-hold")
    kept = {"booking_id": str(booking), "amount": "3", "method": "transfer"}
    as_owner(conn, hotel, "select api.take_deposit(%s, %s)", Jsonb(kept), key)


def furnish_people(conn: Connection, hotel: str, property_code: str) -> None:
    """A role, a member, a kiosk, a poster and a room that nobody needs; and who may frame the pages."""
    name = {"en": f"Spare of {hotel}", "es": f"De reserva {hotel}"}
    as_owner(conn, hotel, "select api.create_role('SPARE', %s, array['hotel:rooms:read'])", Jsonb(name))
    person = {"email": f"spare@{hotel}.example", "name": f"Spare-{hotel}", "roles": ["STAFF"]}
    as_owner(conn, hotel, "select api.invite_member(%s)", Jsonb(person))
    kiosk = {"name": f"Spare-{hotel}", "property_code": property_code}
    as_owner(conn, hotel, "select api.register_kiosk(%s)", Jsonb(kiosk))
    as_owner(conn, hotel, "select api.save_room_type(%s, 'SPARE', 'Spare', 100)", property_code)
    as_owner(conn, hotel, "select api.add_rooms(%s, 'SPARE', '900')", property_code)
    poster = {"purpose": "MAINTENANCE", "property_code": property_code, "label": f"Poster-{hotel}"}
    as_owner(conn, hotel, "select api.make_qr_code(%s)", Jsonb(poster))
    origin = [{"origin": f"https://{hotel}.example", "kind": "kiosk"}]
    as_owner(conn, hotel, "select api.set_origins(%s)", Jsonb(origin))


FREE_ROOM = """
select r.id from public.rooms as r
join public.room_types as t on t.tenant_id = r.tenant_id and t.id = r.room_type_id
where r.property_id = %s and t.code = %s and r.occupancy = 'vacant'
  and r.cleanliness = 'clean' and r.is_active
  and not exists (select from public.stays as s
                  where s.tenant_id = r.tenant_id and s.room_id = r.id and s.released_at is null
                    and daterange(s.starts_on, s.ends_on, '[]')
                        && daterange(%s, %s, '[]'))
order by r.room_number limit 1
"""


def day(conn: Connection, zone: str, offset: int) -> str:
    """A date of the house, counted from today."""
    return str(value(conn, "select (app.today_in(%s) + %s::integer)::text", zone, offset))


def as_owner(conn: Connection, hotel: str, call: str, *values: Any) -> Any:
    """One command as the hotel's owner, in a transaction of its own."""
    with conn.transaction():
        conn.execute("select app.act_as_member(%s)", (MEMBERS["admin"][hotel],))
        conn.execute("set local role admin")
        return value(conn, call, *values)


def furnish_undone(conn: Connection, hotel: str, booking: Any) -> None:
    """A request with an action that was taken back."""
    window = (
        "update public.app_settings as s set value = %s from public.tenants as h"
        " where h.id = s.tenant_id and h.slug = %s and s.key = 'undo_seconds'"
    )
    asked = {"type_slug": "concierge", "subtype": "other", "on_behalf_of": str(booking)}
    answer = as_owner(
        conn, hotel, "select api.portal_submit_request(%s, %s)", Jsonb(asked), f"undone-{hotel}"
    )
    request = answer["body"]["request"]["id"]
    conn.execute(window.encode(), ("60", hotel))
    as_owner(conn, hotel, "select api.portal_update_request_status(%s, 'acknowledge')", request)
    as_owner(conn, hotel, "select api.portal_undo_action(%s)", request)
    conn.execute(window.encode(), ("0", hotel))


def furnish_written(conn: Connection, hotel: str) -> None:
    """A guest wrote, with a picture; somebody else wants no messages."""
    conn.execute(
        b"select app.receive_message(s.address, g.phone, 'SM' || h.slug, 'Hello ' || h.slug,"
        b" jsonb_build_array(jsonb_build_object("
        b"   'url', 'https://api.twilio.com/' || h.slug, 'type', 'image/png')))"
        b" from public.tenants as h join notify.senders as s on s.tenant_id = h.id and s.channel = 'whatsapp'"
        b" join public.guests as g on g.tenant_id = h.id and g.last_name = %s where h.slug = %s",
        (IN_HOUSE[hotel], hotel),
    )
    conn.execute(
        b"select app.suppress_address(h.id, '+1202555' || length(h.slug), 'stop', h.slug, '{}')"
        b" from public.tenants as h where h.slug = %s",
        (hotel,),
    )
