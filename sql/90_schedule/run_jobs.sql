-- run_jobs: what is due now, at every property.
-- may:      called by the tick
-- refuses:  nothing
-- then:     each due job has run by itself, in the order of their slots
create or replace function app.run_jobs()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_plan app.job_plans;
begin
  for v_plan in
    select d.*
    from (
      select p.*
      from app.job_plans as p
      where p.is_on and p.next_at <= app.now()
      order by p.next_at, p.tenant_id, p.property_id, p.job, p.variant
      limit 2000) as d
    join public.properties as h on h.tenant_id = d.tenant_id and h.id = d.property_id
    join app.jobs as j on j.key = d.job
    -- after days of silence each runs its latest slot alone: last night's end of the day before this morning's plan
    order by app.latest_slot(h.time_zone, d.at_time, j.every), d.next_at, d.tenant_id, d.property_id, d.job, d.variant
  loop
    perform app.set_caller(v_plan.tenant_id), set_config('app.command', 'job:' || v_plan.job, true);
    perform app.run_job(v_plan);
  end loop;
  perform app.set_caller(null);
end
$$;

comment on function app.run_jobs() is 'Asks one index. 2,000 a tick at most: an installation that comes back after days goes on with the next tick.';
revoke all on function app.run_jobs() from public, engine, service;
