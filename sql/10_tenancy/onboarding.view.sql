-- onboarding: how far the hotel has been set up.
create or replace view api.onboarding
with (security_invoker = true) as
select t.hotel_name, t.slug, l.name as plan_name, t.onboarding_steps as steps, t.onboarding_completed_at as completed_at,
       (select count(*) from public.properties as p) as property_count,
       (select count(*) from public.rooms as r where r.is_active) as room_count,
       (select count(distinct m.key) from notify.teams as m where m.slack_channel is not null) as channel_count,
       (select count(distinct m.key) from notify.teams as m) as team_count,
       (select count(*) from identity.memberships as m where m.is_active) as member_count
from public.tenants as t
left join public.plans as l on l.id = t.plan_id
where (select app.can('hotel:settings:write'));

comment on view api.onboarding is 'One row for whoever may change settings: the tenant, its plan, the steps gone through, and what there is so far.';
grant select on api.onboarding to admin;
