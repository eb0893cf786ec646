-- tenants, plans, hotel_configs: a tenant sees itself.
alter table public.tenants enable row level security;
alter table public.tenants force row level security;

drop policy if exists tenant_isolation on public.tenants;
create policy tenant_isolation on public.tenants as restrictive
  to anon, guest, staff, admin, kiosk, engine
  using (id = (select app.tenant_id())) with check (id = (select app.tenant_id()));

drop policy if exists engine_all on public.tenants;
create policy engine_all on public.tenants to engine using (true) with check (true);

drop policy if exists service_all on public.tenants;
create policy service_all on public.tenants to service using (true) with check (true);

drop policy if exists members_read on public.tenants;
create policy members_read on public.tenants for select to staff, admin, kiosk using (true);

grant select on public.tenants to engine, service;
grant select (id, slug, hotel_name, address, onboarding_completed_at) on public.tenants to staff, admin, kiosk;
-- no insert, update, delete: commands only

alter table public.plans enable row level security;
drop policy if exists everyone_reads on public.plans;
create policy everyone_reads on public.plans for select to engine, service, admin, platform using (true);
grant select on public.plans to engine, service, admin, platform;

select app.isolate_tenant('public.hotel_configs');
drop policy if exists members_read on public.hotel_configs;
create policy members_read on public.hotel_configs for select to staff, admin, kiosk using (true);
grant select on public.hotel_configs to engine, service, staff, admin, kiosk;
