-- tell_job_failed: the property hears once that a job fails or was missed, and no more once it succeeds.
create or replace function app.tell_job_failed(p_plan app.job_plans, p_job app.jobs, p_state text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := format('%s:%s:%s', p_plan.property_id, p_plan.job, p_plan.variant);
  v_details jsonb := jsonb_build_object('job', p_plan.job, 'variant', p_plan.variant, 'label', p_job.label);
begin
  if p_state = 'failed' then
    perform app.raise_alert(
      p_plan.tenant_id, p_plan.property_id, 'job_failed', 'high', format('%s: it failed and is tried again.', p_job.label ->> 'en'),
      v_details, 'job_failed:' || v_key);
  elsif p_state in ('done', 'missed') then
    -- what was missed is not tried again
    perform app.resolve_alert(p_plan.tenant_id, 'job_failed:' || v_key);
  end if;

  -- of one that comes every few minutes the next is near
  if p_state = 'missed' and p_job.every is null then
    -- nobody came by, or each try failed: only the latter is a fault of the job
    v_details := v_details || jsonb_build_object('has_failed', (
      select r.tries > 1
      from app.job_runs as r
      where r.tenant_id = p_plan.tenant_id and r.job = p_plan.job and r.property_id = p_plan.property_id and r.variant = p_plan.variant
      order by r.slot desc
      limit 1));
    perform app.raise_alert(
      p_plan.tenant_id, p_plan.property_id, 'job_missed', 'high', format('%s: it did not run in time and is left out until its next time.', p_job.label ->> 'en'),
      v_details, 'job_missed:' || v_key);
  elsif p_state = 'done' then
    perform app.resolve_alert(p_plan.tenant_id, 'job_missed:' || v_key);
  end if;
end
$$;

comment on function app.tell_job_failed(app.job_plans, app.jobs, text) is
  'One alert for a job at a property, open from the first failure, or of a daily one from the first slot missed, to the next success.';
