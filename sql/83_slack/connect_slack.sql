-- connect_slack: the hotel shows a bot token, and Slack says whose workspace it opens.
-- may:      hotel:settings:write, at all properties
-- refuses:  permission_missing, slack_token_invalid
-- then:     the worker shows the token to Slack; until Slack has answered everything stays as it is
-- real clock: the worker tries at once
create or replace function api.connect_slack(p_bot_token text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  perform app.require_all_properties();
  if btrim(coalesce(p_bot_token, '')) !~ '^xoxb-[0-9A-Za-z-]{6,250}$' then
    raise exception 'This is not the bot token of a Slack app.'
      using errcode = 'PT422', detail = 'slack_token_invalid', hint = 'It begins with xoxb-; Slack shows it below OAuth & Permissions of the app.';
  end if;
  insert into notify.slack_access as a (tenant_id, offered_token) values (app.tenant_id(), btrim(p_bot_token))
  on conflict (tenant_id) do update
  set offered_token = excluded.offered_token, problem = null, failures = 0, last_error = null, last_error_at = null, next_try_at = clock_timestamp();
  perform app.wake('outbox');
  return jsonb_build_object('state', 'asked');
end
$$;

alter function api.connect_slack(text) owner to engine;
comment on function api.connect_slack(text) is
  'Takes a token (xoxb-…) and answers {state: asked}, never the token; api.slack_workspace says what Slack made of it. The same again is shown to Slack again, and changes nothing else.';
revoke all on function api.connect_slack(text) from public;
grant execute on function api.connect_slack(text) to staff, admin;
