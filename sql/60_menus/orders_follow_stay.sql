-- orders_follow_stay: what was ordered for a time at which the guest is not here any more is not cooked.
-- may:      called where a stay's days change and where a guest leaves; the booking is locked
-- refuses:  nothing
-- then:     each such order that is not locked expires: its places go back, its charge is reversed
create or replace function app.orders_follow_stay(p_booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_requests portal.requests[];
  v_request portal.requests;
  v_reason text := (
    select case b.checkin_status when 'CHECKED_OUT' then 'stay_is_over' else 'stay_dates_changed' end
    from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.id = p_booking_id);
begin
  -- lock: the requests, then their servings, each in order of id
  select coalesce(array_agg(l.request), '{}') into v_requests
  from (
    select r as request
    from portal.requests as r
    join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.type_slug = 'menu_order' and r.phase = 'open'
      and (b.checkin_status = 'CHECKED_OUT' and r.scheduled_for > app.now()
           or (r.scheduled_for at time zone p.time_zone)::date not between b.check_in and b.check_out)
    order by r.id
    for no key update of r) as l;
  perform app.lock_servings(v_requests);

  foreach v_request in array v_requests loop
    perform app.end_request(v_request, 'expire', v_reason);
  end loop;
end
$$;

comment on function app.orders_follow_stay(uuid) is
  'Menu orders of days outside the stay, and after check-out those still to be served. What is locked is with the kitchen, and stands.';
