-- tell_job_failed: the house hears once that a job fails, and no more once it succeeds.
create or replace function app.tell_job_failed(p_plan app.job_plans, p_job app.jobs, p_state text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := format('job_failed:%s:%s:%s', p_plan.property_id, p_plan.job, p_plan.variant);
begin
  if p_state = 'failed' then
    perform app.raise_alert(
      p_plan.tenant_id, p_plan.property_id, 'job_failed', 'high', format('%s: it failed and is tried again.', p_job.label ->> 'en'),
      jsonb_build_object('job', p_plan.job, 'variant', p_plan.variant, 'label', p_job.label), v_key);
  elsif p_state = 'done' then
    perform app.resolve_alert(p_plan.tenant_id, v_key);
  end if;
end
$$;

comment on function app.tell_job_failed(app.job_plans, app.jobs, text) is 'One alert for a job at a property, open from the first failure to the next success.';
