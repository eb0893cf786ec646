-- onboarding: a tenant's own steps, read by those who take them; and who there is, for the platform.
grant update (onboarding_steps, onboarding_completed_at, updated_at) on public.tenants to engine;
grant select (plan_id, onboarding_steps, onboarding_completed_at) on public.tenants to admin;

drop policy if exists platform_reads on public.tenants;
create policy platform_reads on public.tenants for select to platform using (true);
grant select (id, slug, hotel_name, plan_id, created_at, onboarding_completed_at) on public.tenants to platform;
-- nothing else of a tenant is the platform's
