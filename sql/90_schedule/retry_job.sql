-- retry_job: a job that failed is tried again with the next tick.
-- may:      hotel:settings:write
-- refuses:  permission_missing, property_not_found, job_not_found, job_has_not_failed
-- then:     it is due now, without waiting for its next try
create or replace function api.retry_job(p_property_code text, p_job text, p_variant text default '')
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_plan app.job_plans;
  v_state text;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  -- lock
  select p.* into v_plan
  from app.job_plans as p
  where p.tenant_id = app.tenant_id() and p.property_id = v_property.id and p.job = p_job and p.variant = p_variant
  for no key update;
  if not found then
    raise exception 'There is no job %.', app.printed(p_job)
      using errcode = 'PT404', detail = 'job_not_found', hint = 'The view jobs lists them.';
  end if;
  select r.state into v_state
  from app.job_runs as r
  where r.tenant_id = v_plan.tenant_id and r.job = p_job and r.property_id = v_plan.property_id and r.variant = p_variant
  order by r.slot desc
  limit 1;
  if v_state is distinct from 'failed' then
    raise exception 'This job has not failed.'
      using errcode = 'PT409', detail = 'job_has_not_failed', hint = 'It has run meanwhile, or its time is over.';
  end if;

  update app.job_plans as p
  set next_at = least(p.next_at, app.now())
  where p.tenant_id = v_plan.tenant_id and p.property_id = v_plan.property_id and p.job = p_job and p.variant = p_variant
  returning p.* into v_plan;
  return jsonb_build_object('property', v_property.code, 'job', p_job, 'variant', p_variant, 'next_at', v_plan.next_at);
end
$$;

alter function api.retry_job(text, text, text) owner to engine;
comment on function api.retry_job(text, text, text) is 'The next tick tries the slot that failed, while it is within the job''s grace. The same again changes nothing.';
revoke all on function api.retry_job(text, text, text) from public;
grant execute on function api.retry_job(text, text, text) to staff, admin;
