-- tg_properties__plan_jobs: a new property has its jobs from the start, one that moves to another zone has them there.
create or replace function app.tg_properties__plan_jobs()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.plan_jobs(new);
  perform app.plan_job(new, p.job, p.variant, p.at_time, p.is_on)
  from app.job_plans as p
  join app.jobs as j on j.key = p.job
  where p.tenant_id = new.tenant_id and p.property_id = new.id and j.has_variants;
  return null;
end
$$;

comment on function app.tg_properties__plan_jobs() is 'Plans a property''s jobs when it is made and when its zone changes, those with variants too.';

create or replace trigger properties__plan_jobs
  after insert or update of time_zone on public.properties
  for each row execute function app.tg_properties__plan_jobs();
