-- end_requests_of_booking: a booking that ends leaves no request behind.
-- may:      called by cancel_booking and tg_bookings__requests_end
-- refuses:  nothing
-- then:     each open request ends with actor and reason; stock and places go back, charges are reversed
create or replace function app.end_requests_of_booking(p_booking_id uuid, p_action text, p_reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_count integer := 0;
begin
  -- lock: all requests, then all servings and items they took, each in order of id
  perform 1
  from portal.requests as r
  where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
  order by r.id
  for no key update;
  perform from service_menus.sessions as s
  where s.tenant_id = app.tenant_id()
    and s.id in (
      select o.session_id
      from service_menus.orders as o
      join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
      where o.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed')
  order by s.id
  for no key update;
  perform 1
  from portal.catalog_items as i
  where i.tenant_id = app.tenant_id()
    and i.id in (
      select m.item_id
      from portal.stock_moves as m
      join portal.requests as r on r.tenant_id = m.tenant_id and r.id = m.request_id
      where m.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed')
  order by i.id
  for no key update;

  for v_request in
    select r.*
    from portal.requests as r
    where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
    order by r.id
  loop
    perform app.end_request(v_request, p_action, p_reason);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.end_requests_of_booking(uuid, text, text) is 'Takes p_action (cancel or expire) on every request of a booking that is not closed, through its workflow; returns how many.';
