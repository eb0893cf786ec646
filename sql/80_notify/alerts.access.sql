-- alerts: members see those of their properties and of the whole tenant.
select app.isolate_tenant('public.alerts');

drop policy if exists members_read on public.alerts;
create policy members_read on public.alerts for select to staff, admin
  using (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[]));

grant select, insert, update on public.alerts to engine, service;
grant select on public.alerts to staff, admin;
-- no insert, update, delete: commands and the worker only
