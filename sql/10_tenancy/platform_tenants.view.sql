-- platform_tenants: which hotels are with us.
create or replace view api.platform_tenants
with (security_invoker = true) as
select t.id, t.slug, t.hotel_name, l.name as plan_name, t.created_at, t.onboarding_completed_at
from public.tenants as t
left join public.plans as l on l.id = t.plan_id;

comment on view api.platform_tenants is 'Every tenant with its plan and when it came, for the platform''s own people; nothing of a guest.';
grant select on api.platform_tenants to platform;
