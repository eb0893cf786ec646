-- perform_action: one action on a request that is locked, through the workflow trigger.
-- may:      called by commands and the tick
-- refuses:  input_missing, input_invalid, input_unknown, and what the action's consequences refuse
-- then:     the trigger writes history and everything that follows
create or replace function app.perform_action(p_request portal.requests, p_action text, p_input jsonb, p_can_be_undone boolean default false)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_action jsonb;
  v_input jsonb;
begin
  select v.workflow -> 'actions' -> p_action into v_action
  from portal.workflow_versions as v
  where v.tenant_id = p_request.tenant_id and v.id = p_request.workflow_version_id;

  -- what only the system does the system says, whoever set it off
  v_input := app.typed_inputs(p_request.property_id, app.fields_of_subtype(v_action -> 'requires', p_request.subtype), p_input,
                              case when v_action -> 'by' = '["system"]' then 'system' else app.actor_kind() end);
  perform set_config('app.action', (
    jsonb_build_object('request_id', p_request.id, 'key', p_action, 'input', v_input)
    || jsonb_strip_nulls(jsonb_build_object('undo_until', case when p_can_be_undone then app.undo_until(p_request.property_id, v_action) end)))::text, true);
  update portal.requests as r
  set status = v_action ->> 'to',
      scheduled_for = coalesce((v_input ->> 'scheduled_for')::timestamptz, r.scheduled_for),
      assignee_id = coalesce((v_input ->> 'assignee')::uuid, r.assignee_id),
      driver = coalesce(v_input ->> 'driver', r.driver),
      severity = coalesce(v_input ->> 'severity', r.severity),
      details = r.details || (v_input - '{scheduled_for,assignee,driver,severity}'::text[])
  where r.tenant_id = p_request.tenant_id and r.id = p_request.id;
  perform set_config('app.action', '', true);
end
$$;

comment on function app.perform_action(portal.requests, text, jsonb, boolean) is
  'Takes an action whose right and moment the caller has checked: reads its inputs, moves the status, and lets the trigger do what follows. p_can_be_undone: a member took it by itself, so that it may be taken back by itself.';
