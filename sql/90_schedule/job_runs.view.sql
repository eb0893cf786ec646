-- job_runs: what the clock has done.
create or replace view api.job_runs
with (security_invoker = true) as
select r.property_id, h.code as property_code, r.job, r.variant, app.label(j.label) as label, r.slot, r.ran_at, r.state, r.tries, r.outcome, r.error
from app.job_runs as r
join app.jobs as j on j.key = r.job
join public.properties as h on h.tenant_id = r.tenant_id and h.id = r.property_id;

comment on view api.job_runs is 'One row a slot: when it was due, when it ran, how often it was tried and what it counted.';
grant select on api.job_runs to staff, admin;
