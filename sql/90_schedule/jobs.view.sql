-- jobs: what the clock does at each property, when it is due next, and how it went last.
create or replace view api.jobs
with (security_invoker = true) as
select
  p.property_id, h.code as property_code, p.job, p.variant, app.label(j.label) as label, j.position, p.at_time, j.every, j.grace, p.is_on, p.next_at,
  r.slot as last_slot, r.ran_at as last_ran_at, r.state as last_state, r.tries as last_tries, r.outcome as last_outcome, r.error as last_error
from app.job_plans as p
join app.jobs as j on j.key = p.job
join public.properties as h on h.tenant_id = p.tenant_id and h.id = p.property_id
left join lateral (
  select * from app.job_runs as r
  where r.tenant_id = p.tenant_id and r.job = p.job and r.property_id = p.property_id and r.variant = p.variant
  order by r.slot desc
  limit 1) as r on true;

comment on view api.jobs is 'Jobs of the viewer''s properties: at_time is local, every the distance of a recurring one; last_state running, done, failed (error says why) or missed.';
grant select on api.jobs to staff, admin;
