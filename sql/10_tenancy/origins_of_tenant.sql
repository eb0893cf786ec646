-- origins_of_tenant: who may show a tenant's portal in a frame.
create or replace function app.origins_of_tenant(p_tenant_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(o.origin order by o.origin), '{}') from public.tenant_origins as o where o.tenant_id = p_tenant_id
$$;

comment on function app.origins_of_tenant(uuid) is 'The tenant''s kiosk and widget origins.';
