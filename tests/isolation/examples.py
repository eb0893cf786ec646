"""What to say to a command so that it works: an expression over one hotel's rows for each parameter.

A parameter without an example gets the hotel's rows of the table that it is named after. The stranger's side
needs no example: it is the same expression over the other hotel's rows.
"""

GUEST_OF = (
    "(select g.last_name from public.guests as g where g.tenant_id = b.tenant_id and g.id = b.guest_id)"
)
BOOKING = (
    f"(select b.id from public.bookings as b where b.tenant_id = %(tenant)s and {GUEST_OF} like '{{}}%%'"
    " order by b.created_at desc limit 1)"
)
IN_HOUSE = (
    f"(select b.id from public.bookings as b where b.tenant_id = %(tenant)s"
    f" and {GUEST_OF} in ('Marutani', 'Hofer') limit 1)"
)
REQUEST = (
    "(select r.id from portal.requests as r where r.tenant_id = %(tenant)s and r.type_slug = 'housekeeping'"
    f" and r.status = 'new' and r.booking_id = {IN_HOUSE} order by r.created_at desc limit 1)"
)
UNDONE = (
    "(select h.request_id from portal.request_status_history as h"
    " where h.tenant_id = %(tenant)s and h.undoes_id is not null limit 1)"
)
ROOM = """(
  select r.{} from public.rooms as r
  join public.room_types as t on t.tenant_id = r.tenant_id and t.id = r.room_type_id
  join public.properties as p on p.tenant_id = r.tenant_id and p.id = r.property_id
  where r.tenant_id = %(tenant)s and p.is_default and t.code = 'STANDARD'
  order by r.room_number desc limit 1)"""
ITEM = (
    "(select c.id from portal.catalog_items as c where c.tenant_id = %(tenant)s and c.sku = 'cola' limit 1)"
)
NEW_BOOKING = """(
  select jsonb_build_object(
    'property_code', p.code, 'room_type_code', t.code, 'room_number', r.room_number,
    'guest', jsonb_build_object('first_name', 'Ada', 'last_name', 'Newcomer'),
    'check_in', app.today(p.id) + 40, 'check_out', app.today(p.id) + 42, 'status', 'pending')
  from public.properties as p
  join public.room_types as t on t.tenant_id = p.tenant_id and t.property_id = p.id
  join public.rooms as r on r.tenant_id = t.tenant_id and r.room_type_id = t.id
  where p.tenant_id = %(tenant)s and p.is_default order by t.code desc, r.room_number desc limit 1)"""
CHARGE = (
    f"jsonb_build_object('booking_id', {IN_HOUSE}, 'category', 'room_service',"
    " 'description', 'Tea', 'unit_price', '10')"
)
TOWEL = """'[{"sku": "towel", "quantity": 1}]'::jsonb"""
ORDER = f"jsonb_build_object('type_slug', 'housekeeping', 'items', {TOWEL})"
WORKFLOW = (
    "(select r.data from app.reference_data as r where r.kind = 'request_types' and r.key = 'housekeeping')"
)
KEY = "'the same key'"
MENU_ORDER = """(
  select jsonb_build_object(
    'menu_id', m.id, 'slot_id', s.id, 'served_on', app.today_in(p.time_zone) + 1,
    'drinks', jsonb_build_array(jsonb_build_object('id', d.id, 'quantity', 1)))
  from service_menus.menus as m
  join public.properties as p on p.tenant_id = m.tenant_id and p.id = m.property_id and p.is_default
  join service_menus.time_slots as s on s.tenant_id = m.tenant_id and s.menu_id = m.id
  join service_menus.drinks as d on d.tenant_id = m.tenant_id and d.menu_id = m.id
  where m.tenant_id = %(tenant)s and m.meal = 'breakfast' order by s.starts_at desc, d.id limit 1)"""
ORDERED = "(select o.request_id from service_menus.orders as o where o.tenant_id = %(tenant)s limit 1)"
PROPERTY = "(select p.code from public.properties as p where p.tenant_id = %(tenant)s and p.is_default)"
MEMBER = (
    "(select m.id from identity.memberships as m"
    " where m.tenant_id = %(tenant)s and m.display_name like 'Spare%%')"
)
ROLE = "(select r.id from identity.roles as r where r.tenant_id = %(tenant)s and r.key = '{}')"
KIOSK = "(select k.id from kiosk.kiosks as k where k.tenant_id = %(tenant)s and k.name like 'Spare%%')"
QR = "(select q.id from identity.qr_tokens as q where q.tenant_id = %(tenant)s limit 1)"
PERMISSIONS = "array['hotel:rooms:read']"
NAME = """'{"en": "Night porter", "es": "Portero de noche"}'::jsonb"""

FOLIO = f"(select f.id from public.folios as f where f.booking_id = {IN_HOUSE} and f.number = {{}})"
PAYMENT = (
    "(select y.id from public.payments as y join public.folios as f on f.id = y.folio_id"
    f" where f.booking_id = {IN_HOUSE} and y.kind = '{{}}' and y.method = '{{}}' limit 1)"
)
UNSPLIT = (
    f"(select c.id from public.charges as c where c.folio_id = {FOLIO.format(1)}"
    " and c.source like 'manual:%%' order by c.posted_at limit 1)"
)
SHARES = (
    f"jsonb_build_array(jsonb_build_object('folio_id', {FOLIO.format(1)}, 'share', 1),"
    f" jsonb_build_object('folio_id', {FOLIO.format(2)}, 'share', 1))"
)

BEDS24_IMPORT = (
    "(select i.id from notify.beds24_imports as i"
    " where i.tenant_id = %(tenant)s and i.outcome = 'problem' limit 1)"
)
BEDS24_ROOMS = """'[{"beds24_room_id": 50001, "room_type_code": "STANDARD"}]'::jsonb"""

TEMPLATE = (
    "(select m.id from notify.templates as m where m.tenant_id = %(tenant)s"
    " and m.channel = 'whatsapp' and m.key = 'feedback_request')"
)
WORDS = (
    "(select m.bodies from notify.templates as m where m.tenant_id = %(tenant)s"
    " and m.channel = 'whatsapp' and m.key = 'feedback_request')"
)

EXAMPLES: dict[str, dict[str, str]] = {
    "api.save_template": {"p_template_id": TEMPLATE, "p_bodies": WORDS},
    "api.reset_template": {"p_template_id": TEMPLATE},
    "api.set_template_state": {"p_template_id": TEMPLATE, "p_state": "'approved'"},
    "api.preview_template": {"p_template_id": TEMPLATE, "p_booking_id": IN_HOUSE},
    "api.add_folio": {
        "p_folio": f"jsonb_build_object('booking_id', {IN_HOUSE}, 'payer_name', 'Acme')",
        "p_idempotency_key": KEY,
    },
    "api.apply_deposit": {
        "p_application": f"jsonb_build_object('payment_id', {PAYMENT.format('deposit', 'transfer')})",
        "p_idempotency_key": KEY,
    },
    "api.capture_payment": {
        "p_capture": "jsonb_build_object('payment_id', "
        + PAYMENT.format("authorisation", "card")
        + ", 'amount', '1')",
        "p_idempotency_key": KEY,
    },
    "api.close_folio": {"p_folio_id": FOLIO.format(2), "p_note": "'The company pays'"},
    "api.folio_document": {"p_folio_id": FOLIO.format(1)},
    "api.portal_leave_feedback": {"p_rating": "5", "p_booking_id": IN_HOUSE},
    "api.send_folio": {"p_folio_id": FOLIO.format(1)},
    "api.refund_payment": {
        "p_refund": "jsonb_build_object('payment_id', "
        + PAYMENT.format("payment", "card")
        + ", 'amount', '1', 'reason', 'Too much')",
        "p_idempotency_key": KEY,
    },
    "api.split_charge": {
        "p_split": f"jsonb_build_object('charge_id', {UNSPLIT}, 'shares', {SHARES}, 'reason', 'Halves')",
        "p_idempotency_key": KEY,
    },
    "api.split_folio": {
        "p_split": f"jsonb_build_object('folio_id', {FOLIO.format(1)}, 'shares', {SHARES},"
        " 'reason', 'Halves')",
        "p_idempotency_key": KEY,
    },
    "api.take_deposit": {
        "p_deposit": f"jsonb_build_object('booking_id', {IN_HOUSE}, 'amount', '5', 'method', 'cash')",
        "p_idempotency_key": KEY,
    },
    "api.take_payment": {
        "p_payment": f"jsonb_build_object('folio_id', {FOLIO.format(1)}, 'amount', '1', 'method', 'card')",
        "p_idempotency_key": KEY,
    },
    "api.void_payment": {"p_payment_id": PAYMENT.format("authorisation", "card"), "p_reason": "'Miscounted'"},
    "api.connect_beds24": {
        "p_property_code": PROPERTY,
        "p_beds24_property_id": "47110",
        "p_invite_code": "'an-invite-code'",
    },
    "api.disconnect_beds24": {"p_property_code": PROPERTY},
    "api.map_beds24_rooms": {"p_property_code": PROPERTY, "p_rooms": BEDS24_ROOMS},
    "api.retry_beds24_import": {"p_beds24_import_id": BEDS24_IMPORT},
    "api.leave_beds24_import": {"p_beds24_import_id": BEDS24_IMPORT},
    "api.add_rooms": {
        "p_property_code": PROPERTY,
        "p_room_type_code": "'SPARE'",
        "p_pattern": "'901-903'",
    },
    "api.change_member": {
        "p_member_id": MEMBER,
        "p_member": f"jsonb_build_object('name', 'Someone', 'properties', jsonb_build_array({PROPERTY}))",
    },
    "api.change_role": {"p_role_id": ROLE.format("SPARE"), "p_name": NAME, "p_permissions": PERMISSIONS},
    "api.create_role": {"p_code": "'NIGHT_PORTER'", "p_name": NAME, "p_permissions": PERMISSIONS},
    "api.delete_role": {"p_role_id": ROLE.format("SPARE")},
    "api.resolve_alert": {
        "p_alert_id": "(select a.id from public.alerts as a where a.tenant_id = %(tenant)s limit 1)"
    },
    "api.explain_erasure": {
        "p_guest_id": "(select g.id from public.guests as g where g.tenant_id = %(tenant)s"
        " and g.last_name like 'Nobody%%')"
    },
    "api.explain_access": {"p_action": "'add_request_comment'", "p_object": REQUEST},
    "api.give_one_time_password": {"p_member_id": MEMBER},
    "api.give_roles": {"p_membership_id": MEMBER, "p_role_ids": f"array[{ROLE.format('RECEPTION')}]"},
    "api.import_rooms": {
        "p_property_code": PROPERTY,
        "p_lines": """'[{"line": 1, "room_number": "911", "room_type": "SPARE", "floor": "9"}]'::jsonb""",
    },
    "api.invite_member": {
        "p_member": "(select jsonb_build_object('email', 'new@' || t.slug || '.example', 'name', 'New',"
        " 'roles', '[\"STAFF\"]'::jsonb) from public.tenants as t where t.id = %(tenant)s)",
    },
    "api.make_qr_code": {
        "p_code": f"jsonb_build_object('purpose', 'ROOM_SERVICE', 'property_code', {PROPERTY},"
        f" 'room_id', {ROOM.format('id')})"
    },
    "api.pass_onboarding_step": {"p_step": "'taxes'"},
    "api.register_kiosk": {"p_kiosk": f"jsonb_build_object('name', 'Another', 'property_code', {PROPERTY})"},
    "api.remove_room": {"p_property_code": PROPERTY, "p_room_number": "'900'"},
    "api.revoke_kiosk": {"p_kiosk_id": KIOSK},
    "api.revoke_qr_code": {"p_qr_id": QR},
    "api.role_difference": {"p_role_id": ROLE.format("STAFF")},
    "api.rotate_kiosk_token": {"p_kiosk_id": KIOSK},
    "api.row_at": {
        "p_table": "'public.rooms'",
        "p_id": ROOM.format("id"),
        "p_time": "clock_timestamp()::text",
    },
    "api.save_property": {"p_code": PROPERTY, "p_property": "jsonb_build_object('name', 'Another name')"},
    "api.save_room_type": {
        "p_property_code": PROPERTY,
        "p_code": "'ATTIC'",
        "p_name": "'Attic'",
        "p_price": "100",
    },
    "api.set_cleaning_preferences": {
        "p_preferences": """'{"daily": true}'::jsonb""",
        "p_booking_id": IN_HOUSE,
    },
    "api.set_job": {
        "p_property_code": PROPERTY,
        "p_job": "'retention'",
        "p_at": "'04:00'",
        "p_is_on": "true",
    },
    "api.retry_job": {"p_property_code": PROPERTY, "p_job": "'retention'"},
    "api.set_member_active": {"p_member_id": MEMBER, "p_is_active": "false"},
    "api.set_origins": {"p_origins": """'[{"origin": "https://new.example", "kind": "kiosk"}]'::jsonb"""},
    "api.set_property_picture": {"p_property_code": PROPERTY, "p_picture_id": "app.new_id()"},
    "api.set_retention": {"p_property_code": PROPERTY, "p_days": """'{"messages": 60}'::jsonb"""},
    "api.set_setting": {
        "p_property_code": PROPERTY,
        "p_name": "'staff_signs_in_by_email'",
        "p_value": "'false'::jsonb",
    },
    "api.set_taxes": {
        "p_property_code": PROPERTY,
        "p_tax_mode": "'exclusive'",
        "p_taxes": """'[{"code": "CITY", "name": "City tax", "rate": 5, "categories": []}]'::jsonb""",
    },
    "api.set_team_channels": {
        "p_property_code": PROPERTY,
        "p_channels": """'{"kitchen": "#kitchen-new"}'::jsonb""",
    },
    "api.add_request_comment": {"p_request_id": REQUEST, "p_body": "'On the way'"},
    "api.cancel_booking": {"p_booking_id": BOOKING.format("Leaving"), "p_reason": "'changed plans'"},
    "api.explain_no_show": {"p_booking_id": BOOKING.format("Arriving")},
    "api.mark_no_show": {"p_booking_id": BOOKING.format("Arriving")},
    "api.take_back_no_show": {"p_booking_id": BOOKING.format("Arriving"), "p_reason": "'came late'"},
    "api.change_stay_dates": {
        "p_booking_id": BOOKING.format("Coming"),
        "p_check_out": "(select (b.check_out + 1)::text from public.bookings as b"
        f" where b.id = {BOOKING.format('Coming')})",
    },
    "api.check_in_guest": {"p_booking_id": BOOKING.format("Arriving")},
    "api.check_out_guest": {"p_booking_id": BOOKING.format("Parting"), "p_note": "'The company pays'"},
    "api.confirm_booking": {"p_booking_id": BOOKING.format("Asking")},
    "api.create_booking": {"p_booking": NEW_BOOKING, "p_idempotency_key": KEY},
    "api.erase_guest": {
        "p_guest_id": "(select g.id from public.guests as g where g.tenant_id = %(tenant)s"
        " and g.last_name like 'Nobody%%')"
    },
    "api.booking_change_offer": {
        "p_subtype": "'late_checkout'",
        "p_inputs": "'{}'::jsonb",
        "p_booking_id": IN_HOUSE,
    },
    "api.events_since": {"p_cursor": "'0-0'"},
    "api.change_menu_order": {
        "p_request_id": ORDERED,
        "p_order": MENU_ORDER,
        "p_idempotency_key": KEY,
    },
    "api.menu_context": {"p_meal": "'breakfast'", "p_booking_id": IN_HOUSE},
    "api.submit_menu_order": {
        "p_order": f"{MENU_ORDER} || jsonb_build_object('on_behalf_of', {IN_HOUSE})",
        "p_idempotency_key": KEY,
    },
    "api.move_room": {
        "p_booking_id": BOOKING.format("Coming"),
        "p_room_id": ROOM.format("id"),
        "p_reason": "'noise'",
    },
    "api.set_catalog_stock": {"p_item_id": ITEM, "p_stock": "12"},
    "api.set_feature_windows": {
        "p_property_code": PROPERTY,
        "p_feature": "'concierge'",
        "p_states": "array['in_house']",
    },
    "api.portal_adjust_catalog_stock": {"p_item_id": ITEM, "p_delta": "5", "p_reason": "'delivery'"},
    "api.portal_confirm_identity": {
        "p_last_name": f"(select {GUEST_OF} from public.bookings as b where b.id = {IN_HOUSE})"
    },
    "api.portal_resolve_code": {
        "p_code": "(select c.code from portal.codes as c"
        f" where c.tenant_id = %(tenant)s and c.booking_id = {IN_HOUSE})"
    },
    "api.portal_submit_request": {
        "p_request": f"{ORDER} || jsonb_build_object('on_behalf_of', {IN_HOUSE})",
        "p_idempotency_key": KEY,
    },
    "api.lift_suppression": {
        "p_suppression_id": "(select s.id from notify.suppressions as s"
        " where s.tenant_id = %(tenant)s and s.reason = 'stop' limit 1)",
        "p_how": "'by_phone'",
    },
    "api.offer_conversation": {"p_request_id": REQUEST},
    "api.portal_undo_action": {"p_request_id": UNDONE},
    "api.request_conversation": {"p_request_id": REQUEST},
    "api.portal_update_request_status": {"p_request_id": REQUEST, "p_action": "'acknowledge'"},
    "api.post_charge": {"p_charge": CHARGE, "p_idempotency_key": KEY},
    "api.publish_workflow": {"p_type_slug": "'housekeeping'", "p_type": WORKFLOW},
    "api.replay_notification": {
        "p_notification_id": "(select n.id from public.notification_log as n"
        " where n.tenant_id = %(tenant)s and n.state = 'dead' limit 1)"
    },
    "api.request_actions": {"p_request_id": REQUEST},
    "api.reverse_charge": {
        "p_charge_id": "(select c.id from public.charges as c"
        " where c.tenant_id = %(tenant)s and c.description::text like '%%Tea of%%' limit 1)",
        "p_reason": "'by mistake'",
    },
    "api.connect_slack": {"p_bot_token": "'xoxb-of-nobody'"},
    "api.check_slack": {},
    "api.find_slack_people": {},
    "api.disconnect_slack": {},
    "api.set_language": {"p_language": "'es'"},
}

# Where a guest says something else than staff do.
OF_GUESTS: dict[str, dict[str, str]] = {
    "api.menu_context": {"p_meal": "'breakfast'", "p_booking_id": "null::uuid"},
    "api.submit_menu_order": {"p_order": MENU_ORDER, "p_idempotency_key": KEY},
    "api.add_request_comment": {**EXAMPLES["api.add_request_comment"], "p_is_internal": "false"},
    "api.portal_submit_request": {"p_request": ORDER, "p_idempotency_key": KEY},
    "api.portal_update_request_status": {"p_request_id": REQUEST, "p_action": "'cancel'"},
}

# Whoever has this may see what it opens, wherever they are signed in: it is itself the key.
KEYS: set[tuple[str, str]] = {("api.portal_resolve_code", "p_code")}
