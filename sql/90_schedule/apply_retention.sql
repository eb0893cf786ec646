-- apply_retention: what has been kept long enough is forgotten, once a day at each property.
-- may:      called by the tick
-- refuses:  nothing
-- then:     each property's night is a row of job_runs once nothing is left to do
create or replace function app.apply_retention()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_batch constant integer := 500;
  v_property record;
  v_slot timestamptz;
  v_outcome jsonb;
begin
  for v_property in
    select p.tenant_id, p.id, p.time_zone, row_number() over (partition by p.tenant_id order by p.is_default desc, p.id) = 1 as is_first
    from public.properties as p
    order by p.tenant_id, p.id
  loop
    perform app.set_caller(v_property.tenant_id);
    v_slot := app.latest_slot(v_property.time_zone, (app.setting(v_property.id, 'retention_at', '"03:00"') #>> '{}')::time);
    continue when exists (
      select from app.job_runs as r
      where r.tenant_id = v_property.tenant_id and r.job = 'retention' and r.property_id = v_property.id and r.slot = v_slot);

    v_outcome := app.retain_property(v_property.id, v_property.is_first, c_batch);
    -- a full batch: the next tick goes on
    if not exists (select from jsonb_each_text(v_outcome) as o where o.value::integer >= c_batch) then
      insert into app.job_runs (tenant_id, job, property_id, slot, ran_at, outcome)
      values (v_property.tenant_id, 'retention', v_property.id, v_slot, app.now(), v_outcome)
      on conflict do nothing;
    end if;
  end loop;
end
$$;

comment on function app.apply_retention() is
  'At the property''s setting retention_at (03:00 local), in batches of 500 rows a class and tick. The outcome kept is that of the last batch.';
revoke all on function app.apply_retention() from public, engine, service;
