-- watch_jobs: whether a job fails to the end, at whichever property.
-- may:      the worker, now and then
-- refuses:  nothing
-- then:     one alert of the platform for a job, from when a slot of it was given up until it fails nowhere any more
create or replace function app.watch_jobs()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job record;
begin
  -- a daily job's slot is given up when its grace is over, a recurring one's when the next slot fails too
  for v_job in
    select j.key as job, count(*) as places, min(a.raised_at) as since
    from public.alerts as a
    join app.jobs as j on j.key = a.details ->> 'job'
    where a.resolved_at is null
      and (a.kind = 'job_missed' and (a.details ->> 'has_failed')::boolean
           or a.kind = 'job_failed' and a.raised_at < app.now() - j.every)
    group by j.key
  loop
    insert into app.platform_alerts (kind, dedupe_key, details, raised_at)
    select 'job_given_up', format('job_given_up:%s:%s', v_job.job, v_job.since),
           jsonb_build_object('job', v_job.job, 'places', v_job.places), app.now()
    where not exists (
      select from app.platform_alerts as p
      where p.kind = 'job_given_up' and p.details ->> 'job' = v_job.job and p.resolved_at is null)
    on conflict (dedupe_key) do nothing;
  end loop;

  update app.platform_alerts as p
  set resolved_at = app.now()
  where p.kind = 'job_given_up' and p.resolved_at is null and not exists (
    select from public.alerts as a
    where a.resolved_at is null and a.details ->> 'job' = p.details ->> 'job'
      and (a.kind = 'job_failed' or a.kind = 'job_missed' and (a.details ->> 'has_failed')::boolean));
end
$$;

comment on function app.watch_jobs() is
  'Alerts job_given_up: {job, places: at how many properties}. What a property is told of its own job stands in its own alerts.';
revoke all on function app.watch_jobs() from public, engine;
grant execute on function app.watch_jobs() to service;
