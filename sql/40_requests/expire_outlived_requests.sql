-- expire_outlived_requests: what waits for guests who are gone expires.
-- may:      called by expire_requests, with the tenant set
-- refuses:  nothing: what cannot expire raises an alert and holds nobody else up
-- then:     each expires through its workflow: history by the system, stock back, messages as the workflow says
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.expire_outlived_requests(p_most integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_requests portal.requests[];
  v_request portal.requests;
  v_count integer := 0;
begin
  -- lock: nobody is waited for; what is being worked on is looked at a minute later
  select coalesce(array_agg(l.request), '{}') into v_requests
  from (
    select r as request
    from portal.requests as r
    join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    where r.tenant_id = app.tenant_id()
      and r.phase not in ('resolved', 'closed')
      and b.checkin_status <> 'CHECKED_IN'
      and app.has_outlived_stay(r, b, app.today_in(p.time_zone))
    order by r.id
    limit p_most
    for share of b skip locked
    for no key update of r skip locked) as l;
  -- lock: all servings and items they took, each in order of id, as orders do
  perform from service_menus.sessions as s
  where s.tenant_id = app.tenant_id()
    and s.id in (
      select o.session_id from service_menus.orders as o
      where o.tenant_id = app.tenant_id() and o.request_id in (select q.id from unnest(v_requests) as q))
  order by s.id
  for no key update;
  perform from portal.catalog_items as i
  where i.tenant_id = app.tenant_id()
    and i.id in (
      select m.item_id from portal.stock_moves as m
      where m.tenant_id = app.tenant_id() and m.request_id in (select q.id from unnest(v_requests) as q))
  order by i.id
  for no key update;

  foreach v_request in array v_requests loop
    begin
      perform app.end_request(v_request, 'expire', case b.checkin_status when 'CHECKED_OUT' then 'stay_is_over' else 'guest_never_came' end)
      from public.bookings as b
      where b.tenant_id = v_request.tenant_id and b.id = v_request.booking_id;
      v_count := v_count + 1;
    exception
      when others then
        perform app.raise_alert(
          v_request.tenant_id, v_request.property_id, 'request_cannot_expire', 'normal',
          format('%s has outlived its stay and cannot expire.', v_request.number),
          jsonb_build_object('request_id', v_request.id, 'number', v_request.number, 'sqlstate', sqlstate), 'request_cannot_expire:' || v_request.id);
    end;
  end loop;
  return v_count;
end
$$;

alter function app.expire_outlived_requests(integer) owner to engine;
comment on function app.expire_outlived_requests(integer) is
  'Takes the action expire on the tenant''s outlived requests that are not resolved, p_most at a time, oldest first; returns how many expired.';
revoke all on function app.expire_outlived_requests(integer) from public, service;
