-- set_alarm: a team is told again when the time has come that a request was made for.
-- may:      called by start_request and follow_undo
-- refuses:  nothing
-- then:     one message that leaves at the request's scheduled_for, where its workflow names a team for that
create or replace function app.set_alarm(p_request portal.requests, p_dedupe text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_team text;
begin
  select v.workflow ->> 'alarm' into v_team
  from portal.workflow_versions as v
  where v.tenant_id = p_request.tenant_id and v.id = p_request.workflow_version_id;
  if v_team is null or p_request.phase = 'closed' or coalesce(p_request.scheduled_for <= app.now(), true)
     or exists (select from public.notification_log as n
                where n.tenant_id = p_request.tenant_id and n.request_id = p_request.id and n.event_key = 'request_due' and n.state = 'queued') then
    return;
  end if;
  perform app.notify_team(p_request.property_id, v_team, 'request_due', app.request_variables(p_request), p_request.id, 'request_due:' || p_dedupe);
  update public.notification_log as n set send_after = p_request.scheduled_for
  where n.tenant_id = p_request.tenant_id and n.dedupe_key = format('team:%s:request_due:%s', v_team, p_dedupe) and n.state = 'queued';
end
$$;

comment on function app.set_alarm(portal.requests, text) is
  'By the workflow''s "alarm", a team''s key: who calls a guest awake, say. A request has one at a time; p_dedupe names it.';
