-- set_job: when a job runs at a property, and whether.
-- may:      hotel:settings:write
-- refuses:  property_not_found, job_not_found, job_time_invalid
-- then:     the setting job:<key>; the job is planned anew from now on
create or replace function api.set_job(p_property_code text, p_job text, p_at time default null, p_is_on boolean default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_job app.jobs;
  v_value jsonb := jsonb_strip_nulls(jsonb_build_object('at', to_char(p_at, 'HH24:MI'), 'is_on', p_is_on));
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  select j.* into v_job from app.jobs as j where j.key = p_job and not j.has_variants;
  if not found then
    raise exception 'There is no job %.', app.printed(p_job)
      using errcode = 'PT404', detail = 'job_not_found', hint = 'The view jobs lists them.';
  end if;
  if p_at is not null and v_job.every is not null then
    raise exception 'This job runs every % and has no time of day.', app.printed(v_job.every)
      using errcode = 'PT422', detail = 'job_time_invalid', hint = 'Leave the time out.';
  end if;

  insert into public.app_settings as s (tenant_id, property_id, key, value, updated_at)
  values (app.tenant_id(), v_property.id, 'job:' || p_job, v_value, app.now())
  on conflict (tenant_id, property_id, key) do update set value = s.value || excluded.value, updated_at = excluded.updated_at
  where s.value <> s.value || excluded.value;
  return (
    select jsonb_build_object('property', v_property.code, 'job', p.job, 'at', to_char(p.at_time, 'HH24:MI'), 'is_on', p.is_on, 'next_at', p.next_at)
    from app.job_plans as p
    where p.tenant_id = app.tenant_id() and p.property_id = v_property.id and p.job = p_job and p.variant = '');
end
$$;

alter function api.set_job(text, text, time, boolean) owner to engine;
comment on function api.set_job(text, text, time, boolean) is 'p_at is local, HH:MM. What is left out stays as it is. A slot of today that has run does not run again. The same again changes nothing.';
revoke all on function api.set_job(text, text, time, boolean) from public;
grant execute on function api.set_job(text, text, time, boolean) to staff, admin;
