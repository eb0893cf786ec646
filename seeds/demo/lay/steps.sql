-- Temporary functions for stays.sql and requests.sql: the clock, the guest, the room and one stay from booking to departure.

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

-- a house full of guests who should have left: the one longest overdue has left on the day planned
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

-- one stay, each step on its own day
create or replace function pg_temp.make_stay(p_property public.properties, p_plan jsonb, p_key text, p_today date)
returns void
language plpgsql
as $$
declare
  v_from date := p_today + (p_plan ->> 'arrives')::integer;
  v_until date := p_today + (p_plan ->> 'leaves')::integer;
  v_room_id uuid := pg_temp.free_room(p_property, p_plan, v_from, v_until);
  v_guest jsonb := pg_temp.free_guest(p_property, p_plan -> 'guests', p_today);
  v_booking_id uuid;
begin
  if v_room_id is null then
    perform pg_temp.make_room(p_property, p_plan, p_today);
    v_room_id := pg_temp.free_room(p_property, p_plan, v_from, v_until);
  end if;

  perform pg_temp.go_to(p_property, p_today + (p_plan ->> 'booked')::integer, '10:20');
  v_booking_id := api.create_booking(
    jsonb_build_object(
      'property_code', p_property.code, 'room_type_code', p_plan -> 'room_type', 'guest', v_guest, 'adults', p_plan -> 'adults',
      'check_in', v_from, 'check_out', v_until),
    p_key) ->> 'id';
  perform api.confirm_booking(v_booking_id, v_room_id);

  if p_plan ->> 'state' in ('in_house', 'departure_day', 'post_checkout') then
    perform pg_temp.go_to(p_property, v_from, '15:10');
    perform api.check_in_guest(v_booking_id);
  end if;
  if p_plan ->> 'state' = 'post_checkout' then
    perform pg_temp.go_to(p_property, v_until, '10:40');
    perform api.check_out_guest(v_booking_id, 'Paid at the desk.');
  end if;
end
$$;

-- inputs with hours from now as an instant and an address as a member
create or replace function pg_temp.spelled_out(p_input jsonb, p_now timestamptz)
returns jsonb
language sql
stable
as $$
  select p_input || jsonb_strip_nulls(jsonb_build_object(
    'scheduled_for', date_trunc('hour', p_now) + make_interval(hours => (p_input #>> '{scheduled_for,in_hours}')::integer, mins => 10),
    'assignee', (select m.id
                 from identity.users as u
                 join identity.memberships as m on m.user_id = u.id and m.tenant_id = app.tenant_id()
                 where u.email = p_input ->> 'assignee')))
$$;
