-- tenants_of_origin: whose kiosk or widget an origin is. Asked before a tenant is known, by the functions alone.
create or replace function app.tenants_of_origin(p_origin text)
returns uuid[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(o.tenant_id), '{}') from public.tenant_origins as o where o.origin = p_origin
$$;

comment on function app.tenants_of_origin(text) is 'The tenants that named this origin; none for an origin that is nobody''s.';
revoke all on function app.tenants_of_origin(text) from engine;
