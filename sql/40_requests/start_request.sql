-- start_request: the first that follows from a submission.
-- may:      called by whatever makes one request, once it stands
-- refuses:  what the type's action at submission refuses
-- then:     guest acknowledged, team told, an alarm set, and the workflow's own first action taken
create or replace function app.start_request(p_request portal.requests)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_variables jsonb := app.request_variables(p_request);
  v_team text;
  v_feature text;
  v_action text;
begin
  select t.team_key, t.feature, v.workflow ->> 'on_submission'
  into v_team, v_feature, v_action
  from portal.request_types as t
  join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = p_request.workflow_version_id
  where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id;

  -- of work that is not on the portal the guest hears nothing
  if p_request.booking_id is not null and v_feature is not null then
    perform app.notify_guest(p_request.booking_id, 'request_received', v_variables, p_request.id, 'request_received:' || p_request.id);
  end if;
  perform app.notify_team(p_request.property_id, v_team, 'request_received', v_variables, p_request.id, 'request_received:' || p_request.id);
  perform app.set_alarm(p_request, p_request.id::text);
  if v_action is not null then
    perform app.perform_action(p_request, v_action, '{}');
  end if;
end
$$;

comment on function app.start_request(portal.requests) is 'Acknowledges to the guest, tells the type''s team, and takes the workflow''s action at submission (an approval asked for).';
