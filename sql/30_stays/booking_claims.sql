-- booking_claims: what a booking takes out of inventory.
create or replace function app.booking_claims(p_booking_id uuid)
returns table (room_type_id uuid, night date)
language sql
stable
set search_path = ''
as $$
  select r.room_type_id, n
  from public.stays as s
  join public.rooms as r on r.tenant_id = s.tenant_id and r.id = s.room_id
  cross join lateral app.nights_between(s.starts_on, s.ends_on) as n
  where s.tenant_id = app.tenant_id()
    and s.booking_id = p_booking_id
    and s.released_at is null
  union all
  select b.room_type_id, n
  from public.bookings as b
  cross join lateral app.nights_between(b.check_in, b.check_out) as n
  where b.tenant_id = app.tenant_id()
    and b.id = p_booking_id
    and b.room_id is null
    and b.status in ('pending', 'confirmed')
$$;

comment on function app.booking_claims(uuid) is
  'Nights a booking holds, each with the type it is taken from: with a room, that room''s type; without, the type booked. A pending booking is a hold and counts, a draft does not.';
