-- take_back: a request goes back to where a move found it, through the workflow trigger.
-- may:      private: called by portal_undo_action, which has checked the moment
-- refuses:  what undoing refuses
-- then:     the trigger writes history and takes back what had followed
create or replace function app.take_back(p_request portal.requests, p_move portal.request_status_history)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform set_config('app.action', jsonb_build_object('request_id', p_request.id, 'key', 'undo', 'undoes', p_move.id)::text, true);
  update portal.requests as r
  set status = p_move.from_status,
      scheduled_for = (p_move.before ->> 'scheduled_for')::timestamptz,
      assignee_id = (p_move.before ->> 'assignee_id')::uuid,
      driver = p_move.before ->> 'driver',
      severity = p_move.before ->> 'severity',
      details = p_move.before -> 'details'
  where r.tenant_id = p_request.tenant_id and r.id = p_request.id;
  perform set_config('app.action', '', true);
end
$$;

comment on function app.take_back(portal.requests, portal.request_status_history) is
  'Restores status and what was given with the move. The request is locked and the move is its last.';
