-- portal_update_request_status: an action of the request's workflow.
-- may:      hotel:requests:read and the action's permission (hotel:requests:write where it names none); guests for actions that are theirs
-- refuses:  request_not_found, request_moved_on, action_not_available, permission_missing, second_fact_needed, input_missing, input_invalid, input_unknown, tax_code_missing, folio_closed, charge_amount_missing, order_is_locked, and what carry_out_change refuses
-- then:     status, history, event; charge, stock and messages as the workflow says
create or replace function api.portal_update_request_status(
  p_request_id uuid,
  p_action text,
  p_expected_status text default null,
  p_input jsonb default '{}'
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_move record;
begin
  if app.actor_kind() = 'staff' then
    perform app.require('hotel:requests:read');
  end if;
  v_move := app.action_to_take(p_request_id, p_action, p_expected_status);
  if not v_move.is_done then
    if app.actor_kind() = 'staff' then
      perform app.require(coalesce(v_move.permission, 'hotel:requests:write'));
    -- what only the guest could ask for nobody else with the code calls off
    elsif (v_move.request).total > 0 or exists (
      select from portal.request_types as t
      where t.tenant_id = (v_move.request).tenant_id and t.id = (v_move.request).request_type_id and t.needs_identified) then
      perform app.require_identified();
    end if;
    perform app.perform_action(v_move.request, p_action, p_input, true);
  end if;
  return app.request_as_json(p_request_id);
end
$$;

alter function api.portal_update_request_status(uuid, text, text, jsonb) owner to engine;
comment on function api.portal_update_request_status(uuid, text, text, jsonb) is
  'Takes an action of the request''s workflow version. p_expected_status is the status the button was shown with: if someone else was faster, 409 request_moved_on says who and when; the same member''s repeat of the same action answers the request again. p_input holds what the action requires.';
revoke all on function api.portal_update_request_status(uuid, text, text, jsonb) from public;
grant execute on function api.portal_update_request_status(uuid, text, text, jsonb) to guest, staff, admin;
