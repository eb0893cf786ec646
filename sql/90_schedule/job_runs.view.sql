-- job_runs: what the clock has done.
create or replace view api.job_runs
with (security_invoker = true) as
select
  r.property_id, h.code as property_code, r.job, r.variant, app.label(j.label) as label, r.slot, r.ran_at, r.state, r.tries, r.outcome, r.error,
  j.every is null or r.state <> 'done' or exists (
    select from jsonb_each_text(r.outcome) as o where o.value not in ('0', 'false')) as is_telling
from app.job_runs as r
join app.jobs as j on j.key = r.job
join public.properties as h on h.tenant_id = r.tenant_id and h.id = r.property_id;

comment on view api.job_runs is
  'One row a slot: when it was due, when it ran, how often it was tried and what it counted. is_telling: not one of the many rounds of a recurring job that found nothing to do.';
grant select on api.job_runs to staff, admin;
