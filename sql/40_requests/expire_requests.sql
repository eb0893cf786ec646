-- expire_requests: what outlived its stay expires, for every tenant.
-- may:      called by the tick
-- refuses:  nothing
-- then:     up to 200 requests a tenant expire; the next tick goes on
create or replace function app.expire_requests()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tenant_id uuid;
begin
  for v_tenant_id in select t.id from public.tenants as t order by t.id loop
    perform app.set_caller(v_tenant_id);
    perform app.expire_outlived_requests(200);
  end loop;
  perform app.set_caller(null);
end
$$;

comment on function app.expire_requests() is 'Lets every tenant''s outlived requests expire. Late, doubled and missed runs change nothing.';
revoke all on function app.expire_requests() from public, engine, service;
