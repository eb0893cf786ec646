-- alerts: members see those of their properties and of the whole tenant; those of sign-in, whoever sees to them.
select app.isolate_tenant('public.alerts');

drop policy if exists members_read on public.alerts;
create policy members_read on public.alerts for select to staff, admin
  using ((kind <> all ((select app.alerts_of_sign_in())::text[]) or (select app.can('hotel:audit:read')) or (select app.can('hotel:staff:write')))
    and (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

grant select, insert, update on public.alerts to engine, service;
grant select on public.alerts to staff, admin;
-- no insert, update, delete: commands and the worker only
