-- beds24_sweep: what changed at Beds24 is asked for, whether a webhook told of it or not.
-- may:      called by run_job, at a property that is connected
-- refuses:  nothing
-- then:     the worker asks; what waits for a human is tried again each hour; webhooks older than 30 days are forgotten
-- real clock: when an import was tried
create or replace function app.beds24_sweep(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_connection_id uuid;
  v_tried integer;
  v_forgotten integer;
begin
  update notify.beds24_access as a
  set is_sweep_due = true
  from notify.beds24_connections as c
  where c.tenant_id = p_run.tenant_id and c.property_id = p_run.property_id
    and a.tenant_id = c.tenant_id and a.connection_id = c.id and a.state = 'connected'
  returning c.id into v_connection_id;

  update notify.beds24_imports as i
  set asked = i.asked + 1
  where i.tenant_id = p_run.tenant_id and i.connection_id = v_connection_id
    and i.outcome = 'problem' and i.asked = i.answered and i.tried_at < clock_timestamp() - interval '1 hour';
  get diagnostics v_tried = row_count;
  delete from notify.beds24_hints as h
  where h.tenant_id = p_run.tenant_id and h.connection_id = v_connection_id and h.received_at < app.now() - interval '30 days';
  get diagnostics v_forgotten = row_count;
  return jsonb_build_object('tried_again', v_tried, 'hints_forgotten', v_forgotten);
end
$$;

comment on function app.beds24_sweep(app.job_runs) is 'The job of connected properties; planned by verify_beds24.';
