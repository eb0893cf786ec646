-- retention: what has been kept long enough is forgotten, once a day at each property.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {class: rows forgotten}; unfinished while a class fills its batch
create or replace function app.retention(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_batch constant integer := 500;
  v_outcome jsonb := app.retain_property(
    p_run.property_id,
    p_run.property_id = (select p.id from public.properties as p where p.tenant_id = app.tenant_id() order by p.is_default desc, p.id limit 1),
    c_batch) || jsonb_build_object('job_runs', app.forget_job_runs(p_run.property_id, c_batch));
begin
  return v_outcome || jsonb_build_object('is_unfinished', exists (
    select from jsonb_each_text(v_outcome) as o where o.value::integer >= c_batch));
end
$$;

comment on function app.retention(app.job_runs) is 'In batches of 500 rows a class and tick. What belongs to the tenant goes with its first property.';
revoke all on function app.retention(app.job_runs) from public, engine, service;
