-- tg_app_settings__plan_jobs: a job's time and switch hold from the moment they are set.
create or replace function app.tg_app_settings__plan_jobs()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.app_settings := case when tg_op = 'DELETE' then old else new end;
begin
  perform app.plan_job(p, substr(v_row.key, 5))
  from public.properties as p
  where p.tenant_id = v_row.tenant_id and (v_row.property_id is null or p.id = v_row.property_id)
    and exists (select from app.jobs as j where 'job:' || j.key = v_row.key and not j.has_variants);
  return null;
end
$$;

comment on function app.tg_app_settings__plan_jobs() is 'Plans the job anew at every property that the setting job:<key> holds for.';

create or replace trigger app_settings__plan_jobs
  after insert or update or delete on public.app_settings
  for each row execute function app.tg_app_settings__plan_jobs();
