-- workflow_checks: what a request's workflow says of one of its actions.
create or replace function app.workflow_checks(p_request_id uuid, p_action text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request record;
  v_action jsonb;
  v_status text;
  v_by text;
  v_passes boolean;
begin
  select r.number, r.status, v.workflow, t.team_key
  into v_request
  from portal.requests as r
  join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
  join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
  where r.tenant_id = app.tenant_id() and r.id = p_request_id
    and (app.session_role() is distinct from 'guest' or r.booking_id = app.booking_id());
  v_action := v_request.workflow -> 'actions' -> p_action;
  if v_action is null then
    return null;
  end if;

  v_status := app.label(v_request.workflow #> array['statuses', v_request.status, 'label']);
  v_by := app.access_sentence('kind.' || case app.actor_kind() when 'guest' then 'guest' else 'staff' end);
  v_passes := app.action_leads_from(v_request.workflow, v_action, v_request.status)
    and (app.actor_kind() <> 'guest' or not v_action ? 'guest_from' or (v_action -> 'guest_from') ? v_request.status);
  return case when app.actor_kind() = 'staff' and v_request.team_key is not null
           then app.access_check('team', true, app.access_sentence('team.passed', v_request.team_key)) else '[]' end
    || case when app.actor_kind() = 'staff'
         then app.permission_checks(array['hotel:requests:read', coalesce(v_action ->> 'permission', 'hotel:requests:write')]) else '[]' end
    || case when not (v_action -> 'by') ? app.actor_kind()
         then app.access_check('workflow', false, app.access_sentence('workflow.by', v_by))
         else app.access_check('workflow', v_passes, app.access_sentence(
           case when v_passes then 'workflow.passed' else 'workflow.failed' end, v_request.number, v_status)) end;
end
$$;

comment on function app.workflow_checks(uuid, text) is
  'Checks for an action of a request: team, permissions, who takes it and from which status; null when the request has no such action.';
