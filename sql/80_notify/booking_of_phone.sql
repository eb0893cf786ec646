-- booking_of_phone: the stay that somebody who writes is taken to mean.
create or replace function app.booking_of_phone(p_phone text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select b.id
    from public.guests as g
    join public.bookings as b on b.tenant_id = g.tenant_id and b.guest_id = g.id
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    cross join lateral (select app.today_in(p.time_zone) as today) as t
    where g.tenant_id = app.tenant_id() and g.phone = p_phone and g.erased_at is null
      and app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, t.today) is not null
      and app.code_is_alive(b.checkin_status, b.check_out, b.checked_out_on, t.today)
    order by array_position(array['CHECKED_IN', 'PENDING', 'CHECKED_OUT'], b.checkin_status), abs(b.check_in - t.today), b.created_at desc, b.id
    limit 1);
end
$$;

comment on function app.booking_of_phone(text) is
  'Of the tenant''s bookings under this phone whose portal is open: in house, else the nearest arrival, else the one just left. Null: nobody we know.';
