-- retake_order: an order whose cancellation is undone takes its places again, and is paid for.
-- may:      called by follow_undo
-- refuses:  slot_full, folio_closed
-- then:     places taken, charge posted anew; for what is no menu order, nothing
create or replace function app.retake_order(p_request portal.requests, p_from_status text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_order service_menus.orders;
  v_charge public.charges;
begin
  select o.* into v_order
  from service_menus.orders as o
  join portal.workflow_versions as v on v.tenant_id = o.tenant_id and v.id = p_request.workflow_version_id
  where o.tenant_id = p_request.tenant_id and o.request_id = p_request.id
    and v.workflow #>> array['statuses', p_from_status, 'outcome'] in ('cancelled', 'declined', 'expired');
  if not found then
    return;
  end if;
  update service_menus.sessions as s
  set taken = s.taken + v_order.people
  from service_menus.time_slots as t
  where s.tenant_id = v_order.tenant_id and s.id = v_order.session_id
    and t.tenant_id = s.tenant_id and t.id = s.slot_id and s.taken + v_order.people <= t.capacity;
  if not found then
    raise exception 'Somebody else has taken the places.'
      using errcode = 'PT409', detail = 'slot_full', hint = 'Order anew for another time.';
  end if;

  -- what was kept of it gives way to the whole; what was kept whole still stands
  for v_charge in
    select c.*
    from public.charges as c
    where c.tenant_id = p_request.tenant_id and c.source like 'menu\_order:' || p_request.id || ':kept:%'
      and not exists (select from public.charges as x where x.tenant_id = c.tenant_id and x.reverses_id = c.id)
  loop
    perform app.reverse_posting(v_charge, 'Undone');
  end loop;
  if app.posted_for_request(p_request.id) = 0 then
    perform app.post_menu_charge(p_request, v_order);
  end if;
end
$$;

comment on function app.retake_order(portal.requests, text) is
  'p_from_status: the status that the request comes back from. A locked serving takes its own orders back.';
