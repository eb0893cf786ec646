-- check_slack: a manager has the connection tried.
-- may:      hotel:settings:write, at all properties
-- refuses:  permission_missing, slack_not_connected
-- then:     the worker shows the token to Slack once more
create or replace function api.check_slack()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  perform app.require_all_properties();
  perform app.ask_slack(true, false);
  return jsonb_build_object('is_test_due', true);
end
$$;

alter function api.check_slack() owner to engine;
comment on function api.check_slack() is 'Asks for a test; tested_at of api.slack_workspace moves when Slack has answered. The same again changes nothing.';
revoke all on function api.check_slack() from public;
grant execute on function api.check_slack() to staff, admin;
