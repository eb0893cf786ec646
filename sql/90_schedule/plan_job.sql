-- plan_job: from when on a job is due at a property.
-- may:      called where a property, its zone, its settings or its menus change
-- refuses:  nothing
-- then:     one row of job_plans; the same again changes nothing
create or replace function app.plan_job(
  p_property public.properties,
  p_job text,
  p_variant text default '',
  p_at_time time default null,
  p_is_on boolean default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job app.jobs;
  v_setting jsonb;
  v_at time;
  v_done timestamptz;
begin
  select j.* into v_job from app.jobs as j where j.key = p_job;
  select s.value into v_setting
  from public.app_settings as s
  where s.tenant_id = p_property.tenant_id and s.key = 'job:' || p_job and (s.property_id = p_property.id or s.property_id is null)
  order by s.property_id is null
  limit 1;
  if v_job.every is null then
    v_at := coalesce(p_at_time, (v_setting ->> 'at')::time, v_job.at_time);
    select max(r.slot) into v_done
    from app.job_runs as r
    where r.tenant_id = p_property.tenant_id and r.job = p_job and r.property_id = p_property.id and r.variant = p_variant;
  end if;

  insert into app.job_plans as p (tenant_id, property_id, job, variant, at_time, is_on, next_at)
  values (p_property.tenant_id, p_property.id, p_job, p_variant, v_at, coalesce(p_is_on, (v_setting ->> 'is_on')::boolean, v_job.is_on),
          app.next_slot(p_property.time_zone, v_at, v_job.every, v_done))
  on conflict (tenant_id, property_id, job, variant) do update
  set at_time = excluded.at_time, is_on = excluded.is_on,
      -- one that waits to be made up for keeps its place
      next_at = case when p.is_on and p.at_time is not distinct from excluded.at_time then least(p.next_at, excluded.next_at) else excluded.next_at end
  where (p.at_time, p.is_on) is distinct from (excluded.at_time, excluded.is_on) or p.next_at > excluded.next_at;
end
$$;

comment on function app.plan_job(public.properties, text, text, time, boolean) is
  'Time and switch as given, else of the property''s setting job:<key> {"at": "09:00", "is_on": true}, else the job''s own.';
