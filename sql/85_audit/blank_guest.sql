-- blank_guest: the guest and the stays no longer say who it was.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     name, contact data and what the hotel noted are gone; dates, room and price stay
create or replace function app.blank_guest(p_guest_id uuid, p_booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.bookings as b
  set guest_name = 'Erased guest', special_requests = null, session_id = null, idempotency_key = null, asked_digest = null,
      cancel_reason = null, updated_at = app.now()
  where b.tenant_id = app.tenant_id() and b.id = any (p_booking_ids);
  update public.stays as s
  set moved_because = null, updated_at = app.now()
  where s.tenant_id = app.tenant_id() and s.booking_id = any (p_booking_ids) and s.moved_because is not null;
  delete from notify.beds24_hints as h
  using public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = any (p_booking_ids) and h.tenant_id = b.tenant_id and h.beds24_booking_id = b.beds24_booking_id;
  update public.guests as g
  set first_name = 'Erased', last_name = 'guest', email = null, phone = null, id_type = null, id_number = null, nationality = null,
      address = null, dietary_notes = null, notes = null, erased_at = app.now(), updated_at = app.now()
  where g.tenant_id = app.tenant_id() and g.id = p_guest_id;
end
$$;

comment on function app.blank_guest(uuid, uuid[]) is 'Takes the person out of the guest''s row and of the bookings, and forgets what Beds24''s webhooks said of them.';
