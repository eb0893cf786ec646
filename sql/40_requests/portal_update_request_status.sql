-- portal_update_request_status: an action of the request's workflow.
-- may:      hotel:requests:read and the action's permission (hotel:requests:write where it names none); guests for actions that are theirs
-- refuses:  request_not_found, request_moved_on, action_not_available, permission_missing, input_missing, input_invalid, input_unknown, tax_code_missing, folio_closed, charge_amount_missing, order_is_locked, and what carry_out_change refuses
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
  v_request portal.requests;
  v_workflow jsonb;
  v_action jsonb;
  v_last record;
begin
  if app.actor_kind() = 'staff' then
    perform app.require('hotel:requests:read');
  end if;
  v_request := app.lock_request(p_request_id);
  select v.workflow into v_workflow
  from portal.workflow_versions as v
  where v.tenant_id = v_request.tenant_id and v.id = v_request.workflow_version_id;
  v_action := v_workflow -> 'actions' -> p_action;

  if p_expected_status is not null and v_request.status <> p_expected_status then
    select h.* into v_last
    from portal.request_status_history as h
    where h.tenant_id = v_request.tenant_id and h.request_id = v_request.id
    order by h.at desc, h.id desc
    limit 1;
    if v_last.action = p_action and v_last.from_status = p_expected_status and v_last.actor_id = app.actor_id() then
      return app.request_as_json(v_request.id);
    end if;
    raise exception '% did this at %: % is now "%".',
        app.printed(coalesce(v_last.actor_name, 'The system')),
        app.printed((select to_char(v_last.at at time zone p.time_zone, 'HH24:MI') from public.properties as p
         where p.tenant_id = v_request.tenant_id and p.id = v_request.property_id)),
        app.printed(v_request.number), app.printed(app.label(v_workflow #> array['statuses', v_request.status, 'label']))
      using errcode = 'PT409', detail = 'request_moved_on',
            hint = format('It is %s now. Look at the request again before you act.', v_request.status);
  end if;

  if not coalesce((v_action -> 'by') ? app.actor_kind(), false)
     or not app.action_leads_from(v_workflow, v_action, v_request.status)
     or (app.actor_kind() = 'guest' and v_action ? 'guest_from' and not (v_action -> 'guest_from') ? v_request.status) then
    raise exception 'This cannot be done while % is "%".', app.printed(v_request.number),
        app.printed(app.label(v_workflow #> array['statuses', v_request.status, 'label']))
      using errcode = 'PT409', detail = 'action_not_available',
            hint = coalesce('Possible now: ' || (
              select string_agg(a ->> 'key', ', ')
              from jsonb_array_elements(app.available_actions(v_workflow, v_request.status, app.actor_kind())) as a) || '.',
              'Nothing more can be done with it.');
  end if;
  if app.actor_kind() = 'staff' then
    perform app.require(coalesce(v_action ->> 'permission', 'hotel:requests:write'));
  end if;

  perform app.perform_action(v_request, p_action, p_input, true);
  return app.request_as_json(v_request.id);
end
$$;

alter function api.portal_update_request_status(uuid, text, text, jsonb) owner to engine;
comment on function api.portal_update_request_status(uuid, text, text, jsonb) is
  'Takes an action of the request''s workflow version. p_expected_status is the status the button was shown with: if someone else was faster, 409 request_moved_on says who and when; the same member''s repeat of the same action answers the request again. p_input holds what the action requires.';
revoke all on function api.portal_update_request_status(uuid, text, text, jsonb) from public;
grant execute on function api.portal_update_request_status(uuid, text, text, jsonb) to guest, staff, admin;
