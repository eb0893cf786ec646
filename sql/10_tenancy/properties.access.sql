-- properties: members see those they work at, a guest the one stayed in.
select app.isolate_tenant('public.properties');

drop policy if exists members_read on public.properties;
create policy members_read on public.properties for select to staff, admin, kiosk
  using ((select app.sees_all_properties()) or id = any ((select app.property_ids())::uuid[]));

drop policy if exists guest_reads_own on public.properties;
create policy guest_reads_own on public.properties for select to guest
  using (id = any ((select app.property_ids())::uuid[]));

grant select on public.properties to engine, service, staff, admin, kiosk;
grant select (tenant_id, id, code, name, time_zone, country, currency, tax_mode, default_language, check_in_time, check_out_time,
              phone, picture_url, accent_color) on public.properties to guest;
grant insert, update on public.properties to engine;
-- no delete: what happened at a property keeps its name
