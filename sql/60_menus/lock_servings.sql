-- lock_servings: the servings that menu orders took places of, each in order of id, as orders do.
create or replace function app.lock_servings(p_requests portal.requests[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform from service_menus.sessions as s
  where s.tenant_id = app.tenant_id()
    and s.id in (
      select o.session_id from service_menus.orders as o
      where o.tenant_id = app.tenant_id() and o.request_id in (select q.id from unnest(p_requests) as q))
  order by s.id
  for no key update;
end
$$;

comment on function app.lock_servings(portal.requests[]) is
  'For whoever ends several requests at once: after the requests, before items and bills. Requests that are no menu orders have none.';
