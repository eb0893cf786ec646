-- The demo's bookings, from the transaction's setting seed.data (the list of stays), made by the same commands as any.
-- A kept stay is made anew when no demo guest is in its state any more; the others are made once.
-- The development clock goes back for each step and returns at the end.

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

do $$
declare
  v_shift interval;
  v_stay record;
  v_today date;
  v_key text;
begin
  select c.shift into v_shift from app.clock as c for update;

  for v_stay in
    select e.value as plan, t.slug, p as property, p.tenant_id, p.id as property_id,
           format('demo:%s:%s:', p.code, e.value ->> 'state') as key
    from jsonb_array_elements(current_setting('seed.data')::jsonb) with ordinality as e
    join public.tenants as t on t.slug = e.value ->> 'tenant'
    join public.properties as p on p.tenant_id = t.id and p.code = e.value ->> 'property'
    order by e.ordinality
  loop
    v_today := app.today_in((v_stay.property).time_zone);
    if (v_stay.plan ->> 'is_kept')::boolean then
      continue when exists (
        select from public.bookings as b
        where b.tenant_id = v_stay.tenant_id
          and b.property_id = v_stay.property_id
          and pg_temp.demo_state(b, v_today) = v_stay.plan ->> 'state');
      select v_stay.key || count(*) + 1 into v_key
      from public.bookings as b
      where b.tenant_id = v_stay.tenant_id and b.idempotency_key like v_stay.key || '%';
    else
      v_key := v_stay.key || (v_stay.plan #>> '{guests,0,last_name}');
      continue when exists (
        select from public.bookings as b
        where b.tenant_id = v_stay.tenant_id and b.idempotency_key = v_key);
    end if;

    perform app.act_as_member(format('reception@%s.example', v_stay.slug));
    perform pg_temp.make_stay(v_stay.property, v_stay.plan, v_key, v_today);
    update app.clock set shift = v_shift;
  end loop;
end
$$;
