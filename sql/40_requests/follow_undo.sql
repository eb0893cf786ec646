-- follow_undo: what undoing an action brings about beyond the status.
-- may:      called by the workflow trigger
-- refuses:  guest_has_heard, sold_out_meanwhile, slot_full, folio_closed
-- then:     its stock, places, charges, room and messages are as if it had not been; a team that has heard hears of it
create or replace function app.follow_undo(p_request portal.requests, p_undo portal.request_status_history)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_undone portal.request_status_history;
begin
  select h.* into v_undone
  from portal.request_status_history as h
  where h.tenant_id = p_undo.tenant_id and h.id = p_undo.undoes_id;

  perform app.retake_stock(p_request.id, v_undone.at);
  perform app.retake_order(p_request, p_undo.from_status);
  perform app.undo_charges(p_request.id, v_undone.at);
  perform app.restore_room(p_request, v_undone);
  perform app.set_alarm(p_request, p_undo.id::text);
  if app.withdraw_messages(p_request.id, p_undo.undoes_id) then
    perform app.notify_team(
      p_request.property_id, t.team_key, 'request_status',
      app.request_variables(p_request) || '{"note": {"en": "Taken back.", "es": "Se ha deshecho."}}', p_request.id, 'request_undone:' || p_undo.id)
    from portal.request_types as t
    where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id;
  end if;
end
$$;

comment on function app.follow_undo(portal.requests, portal.request_status_history) is
  'Runs in the transaction of the change back; if a part cannot be taken back, nothing is.';
