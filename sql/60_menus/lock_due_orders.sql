-- lock_due_orders: what is to be cooked soon stands from now on.
-- may:      called by lock_menu_orders
-- refuses:  nothing
-- then:     each order placed for a serving whose lock time has come is locked through its workflow, and the serving with it
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.lock_due_orders(p_property_id uuid)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_requests portal.requests[];
  v_request portal.requests;
begin
  -- lock: the requests, then their servings, each in order of id
  select coalesce(array_agg(l.request), '{}') into v_requests
  from (
    select r as request
    from portal.requests as r
    join service_menus.orders as o on o.tenant_id = r.tenant_id and o.request_id = r.id
    join service_menus.sessions as s on s.tenant_id = o.tenant_id and s.id = o.session_id
    join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
    where r.tenant_id = app.tenant_id() and m.property_id = p_property_id and r.status = 'placed'
      and app.now() >= s.starts_at - make_interval(mins => m.lock_minutes_before)
    order by r.id
    limit 500
    for no key update of r) as l;
  perform from service_menus.sessions as s
  join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
  where s.tenant_id = app.tenant_id() and m.property_id = p_property_id and s.locked_at is null
    and app.now() >= s.starts_at - make_interval(mins => m.lock_minutes_before)
  order by s.id
  for no key update of s;

  update service_menus.sessions as s
  set locked_at = app.now()
  from service_menus.menus as m
  where s.tenant_id = app.tenant_id() and m.tenant_id = s.tenant_id and m.id = s.menu_id and m.property_id = p_property_id and s.locked_at is null
    and app.now() >= s.starts_at - make_interval(mins => m.lock_minutes_before);
  foreach v_request in array v_requests loop
    perform app.perform_action(v_request, 'lock', '{}');
  end loop;
  return cardinality(v_requests);
end
$$;

alter function app.lock_due_orders(uuid) owner to engine;
comment on function app.lock_due_orders(uuid) is
  'Takes the action lock on up to 500 orders of a property; returns how many. One that changes just now is waited for, and an order that came at the last moment is locked the next time.';
revoke all on function app.lock_due_orders(uuid) from public, service;
