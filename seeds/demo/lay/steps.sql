-- Temporary functions for stays.sql: the clock, the guest, the room.

create or replace function pg_temp.go_to(p_property public.properties, p_day date, p_time time)
returns void
language sql
as $$
  update app.clock set shift = (p_day + p_time) at time zone p_property.time_zone - now()
$$;

-- the stay state in which a demo guest's live code finds a booking; null for everyone else
create or replace function pg_temp.demo_state(p_booking public.bookings, p_today date)
returns text
language sql
stable
as $$
  select app.stay_state(p_booking.status, p_booking.checkin_status, p_booking.check_in, p_booking.check_out, p_today)
  where p_booking.idempotency_key like 'demo:%'
    and app.code_is_alive(p_booking.checkin_status, p_booking.check_out, p_booking.checked_out_on, p_today)
$$;

-- the first of the guests named who is not around already
create or replace function pg_temp.free_guest(p_property public.properties, p_guests jsonb, p_today date)
returns jsonb
language sql
stable
as $$
  select g.value
  from jsonb_array_elements(p_guests) with ordinality as g
  order by exists (
      select from public.bookings as b
      where b.tenant_id = p_property.tenant_id
        and b.guest_name = format('%s %s', g.value ->> 'first_name', g.value ->> 'last_name')
        and pg_temp.demo_state(b, p_today) is not null),
    g.ordinality
  limit 1
$$;

-- the room planned, else another of its type; ready, because housekeeping has been there
create or replace function pg_temp.free_room(p_property public.properties, p_plan jsonb, p_from date, p_until date)
returns uuid
language sql
as $$
  update public.rooms as r
  set cleanliness = 'clean'
  where (r.tenant_id, r.id) = (
    select o.tenant_id, o.id
    from app.available_rooms(p_property.id, p_from, p_until) as a
    join public.rooms as o on o.tenant_id = p_property.tenant_id and o.id = any (a.room_ids)
    join public.room_types as t on t.tenant_id = o.tenant_id and t.id = o.room_type_id
    where t.code = p_plan ->> 'room_type'
      and o.occupancy = 'vacant'
    order by o.room_number = p_plan ->> 'room' desc, o.room_number
    limit 1)
  returning r.id
$$;

-- a hotel full of guests who should have left: the one longest overdue has left on the day planned
create or replace function pg_temp.make_room(p_property public.properties, p_plan jsonb, p_today date)
returns void
language plpgsql
as $$
declare
  v_overdue record;
begin
  select b.id, b.check_out into v_overdue
  from public.bookings as b
  join public.room_types as t on t.tenant_id = b.tenant_id and t.id = b.room_type_id
  where b.tenant_id = p_property.tenant_id
    and t.code = p_plan ->> 'room_type'
    and b.checkin_status = 'CHECKED_IN'
    and b.check_out < p_today
    and b.idempotency_key like 'demo:%'
  order by b.check_out
  limit 1;
  perform pg_temp.go_to(p_property, v_overdue.check_out, '10:40');
  perform api.check_out_guest(v_overdue.id, 'Paid at the desk.');
end
$$;
