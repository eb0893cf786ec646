-- run_job: one slot of one job at one property.
-- may:      called by run_jobs, which has set the tenant
-- refuses:  nothing
-- then:     a row of job_runs says what came of it; a slot that is done, or was missed for longer than its grace, never runs
create or replace function app.run_job(p_plan app.job_plans)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job app.jobs;
  v_zone text;
  v_slot timestamptz;
  v_run app.job_runs;
  v_outcome jsonb;
  v_error text;
  v_state text;
begin
  select j.* into v_job from app.jobs as j where j.key = p_plan.job;
  select p.time_zone into v_zone from public.properties as p where p.tenant_id = p_plan.tenant_id and p.id = p_plan.property_id;
  v_slot := app.latest_slot(v_zone, p_plan.at_time, v_job.every);

  -- a slot is begun once, and gone on with while it is neither done nor missed
  insert into app.job_runs as r (tenant_id, job, property_id, variant, slot, ran_at, state)
  values (p_plan.tenant_id, p_plan.job, p_plan.property_id, p_plan.variant, v_slot, app.now(),
          case when app.now() - v_slot > v_job.grace then 'missed' else 'running' end)
  on conflict (tenant_id, job, property_id, variant, slot) do update set
    state = case when app.now() - r.slot > v_job.grace then 'missed' else 'running' end,
    ran_at = app.now(), tries = r.tries + 1, error = null
  where r.state in ('running', 'failed')
  returning * into v_run;
  v_state := v_run.state;

  if v_state = 'running' then
    begin
      execute format('select app.%I($1)', p_plan.job) into v_outcome using v_run;
      v_state := case when (v_outcome ->> 'is_unfinished')::boolean then 'running' else 'done' end;
    exception
      when others then
        v_state := 'failed';
        v_error := sqlstate || ' ' || left(sqlerrm, 300);
    end;
    perform app.set_caller(p_plan.tenant_id);
    update app.job_runs as r
    set state = v_state, error = v_error, outcome = app.sum_of_counts(r.outcome, v_outcome - 'is_unfinished')
    where r.tenant_id = p_plan.tenant_id and r.job = p_plan.job and r.property_id = p_plan.property_id
      and r.variant = p_plan.variant and r.slot = v_slot;
  end if;
  perform app.tell_job_failed(p_plan, v_job, v_state);

  -- unfinished: the next tick goes on; failed: again after 1, 2, 4 … 30 minutes
  update app.job_plans as p
  set next_at = case v_state
    when 'running' then app.now()
    when 'failed' then least(app.now() + least(power(2, v_run.tries - 1), 30) * interval '1 minute', app.next_slot(v_zone, p.at_time, v_job.every))
    else app.next_slot(v_zone, p.at_time, v_job.every, case when v_job.every is null then v_slot end)
  end
  where p.tenant_id = p_plan.tenant_id and p.property_id = p_plan.property_id and p.job = p_plan.job and p.variant = p_plan.variant;
end
$$;

comment on function app.run_job(app.job_plans) is
  'Calls app.<job>(the run: property_id, slot, variant), which answers with counts, and with is_unfinished true when a further batch waits. What fails is undone, told once as an alert and tried again until its grace is over; a daily one that was missed is told too.';
