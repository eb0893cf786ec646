-- retain_property: one batch of every class at one property; what belongs to the whole tenant goes with its first one.
-- may:      called by apply_retention, which has set the tenant
-- refuses:  nothing
-- then:     {class: rows forgotten}
-- definer because it acts as engine, which cannot leave the tenant that was set.
create or replace function app.retain_property(p_property_id uuid, p_is_first boolean, p_limit integer)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_class text;
  v_of_tenant boolean;
  v_days integer;
  v_count integer;
  v_outcome jsonb := '{}';
begin
  for v_class, v_of_tenant in
    values ('request_words', false), ('messages', false), ('devices', false),
           ('sessions', true), ('login_attempts', true), ('idempotency_keys', true), ('guests', true)
  loop
    continue when v_of_tenant and not p_is_first;
    v_days := app.retention_days(case when not v_of_tenant then p_property_id end, v_class);
    continue when v_days is null;
    execute format('select app.forget_%s($1, $2, $3)', v_class)
    into v_count using p_property_id, app.now() - make_interval(days => v_days), p_limit;
    v_outcome := v_outcome || jsonb_build_object(v_class, v_count);
  end loop;
  return v_outcome;
end
$$;

alter function app.retain_property(uuid, boolean, integer) owner to engine;
comment on function app.retain_property(uuid, boolean, integer) is 'Calls app.forget_<class> for each class that is not kept for ever.';
revoke all on function app.retain_property(uuid, boolean, integer) from public, service;
