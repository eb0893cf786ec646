-- tenant_origins: whoever keeps the settings sees them; the functions ask before a browser is answered.
select app.isolate_tenant('public.tenant_origins');

drop policy if exists managers_read on public.tenant_origins;
create policy managers_read on public.tenant_origins for select to staff, admin
  using ((select app.can('hotel:settings:write')));

grant select, insert, update, delete on public.tenant_origins to engine;
grant select on public.tenant_origins to service, staff, admin;
-- no insert, update, delete: set_origins only
