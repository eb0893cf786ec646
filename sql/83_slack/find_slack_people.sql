-- find_slack_people: colleagues are looked for in Slack by their e-mail addresses.
-- may:      hotel:staff:write
-- refuses:  permission_missing, slack_not_connected
-- then:     the worker asks Slack for each who is not linked yet; whom it knows is linked
create or replace function api.find_slack_people()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:staff:write');
  perform app.ask_slack(false, true);
  return jsonb_build_object('is_match_due', true);
end
$$;

alter function api.find_slack_people() owner to engine;
comment on function api.find_slack_people() is 'Asks for a look-up; matched_at of api.slack_workspace moves when it is through. Nobody who is linked already is changed. A repeat asks again and harms nothing.';
revoke all on function api.find_slack_people() from public;
grant execute on function api.find_slack_people() to staff, admin;
