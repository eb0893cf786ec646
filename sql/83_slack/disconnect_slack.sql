-- disconnect_slack: the hotel and its workspace part.
-- may:      hotel:settings:write, at all properties
-- refuses:  permission_missing
-- then:     the token is gone, no card leaves any more, and what is pressed there finds nobody; another hotel may connect the workspace
create or replace function api.disconnect_slack()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  perform app.require_all_properties();
  delete from notify.senders as s where s.tenant_id = app.tenant_id() and s.channel = 'slack';
  insert into notify.slack_access as a (tenant_id) values (app.tenant_id())
  on conflict (tenant_id) do update
  set bot_token = null, offered_token = null, team_id = null, team_name = null, bot_name = null, connected_at = null, tested_at = null,
      problem = null, is_test_due = false, is_match_due = false, last_error = null, last_error_at = null;
  update public.notification_log as n
  set state = 'cancelled', error_code = 'slack_not_connected', updated_at = app.now()
  where n.tenant_id = app.tenant_id() and n.channel = 'slack' and n.state = 'queued';
  perform app.resolve_alert(app.tenant_id(), 'slack');
  return jsonb_build_object('state', 'off');
end
$$;

alter function api.disconnect_slack() owner to engine;
comment on function api.disconnect_slack() is 'Forgets the token; cards that wait are cancelled. Who is who in Slack stays known. The same again changes nothing.';
revoke all on function api.disconnect_slack() from public;
grant execute on function api.disconnect_slack() to staff, admin;
