-- retain_property: one batch of every class at one property; what belongs to the whole tenant goes with its first one.
-- may:      called by retention; run_jobs has set the tenant
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
  v_is_of_property boolean;
  v_before timestamptz;
  v_outcome jsonb := '{}'::jsonb;
begin
  for v_class, v_is_of_property in
    select c.class, c.is_of_property from app.retention_classes() as c where c.is_of_property or p_is_first
  loop
    v_before := app.now() - make_interval(days => app.retention_days(case when v_is_of_property then p_property_id end, v_class));
    continue when v_before is null;
    v_outcome := v_outcome || jsonb_build_object(v_class, case v_class
      when 'request_words' then app.forget_request_words(p_property_id, v_before, p_limit)
      when 'messages' then app.forget_messages(p_property_id, v_before, p_limit)
      when 'invoices' then app.forget_invoices(p_property_id, v_before, p_limit)
      when 'devices' then app.forget_devices(p_property_id, v_before, p_limit)
      when 'sessions' then app.forget_sessions(v_before, p_limit)
      when 'login_attempts' then app.forget_login_attempts(v_before, p_limit)
      when 'notices' then app.forget_notices(v_before, p_limit)
      when 'qr_codes' then app.forget_qr_codes(v_before, p_limit)
      when 'idempotency_keys' then app.forget_idempotency_keys(v_before, p_limit)
      when 'guests' then app.forget_guests(v_before, p_limit)
    end);
  end loop;
  return v_outcome;
end
$$;

alter function app.retain_property(uuid, boolean, integer) owner to engine;
comment on function app.retain_property(uuid, boolean, integer) is 'Calls app.forget_<class> for each class that is not kept for ever.';
revoke all on function app.retain_property(uuid, boolean, integer) from public, service;
