-- ask_slack: the worker is to ask the hotel's Slack.
-- may:      called by check_slack and find_slack_people
-- refuses:  slack_not_connected
-- then:     it is done at once
-- real clock: the worker tries at once
create or replace function app.ask_slack(p_test boolean, p_match boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.slack_access as a
  set is_test_due = a.is_test_due or p_test, is_match_due = a.is_match_due or p_match, next_try_at = clock_timestamp()
  where a.tenant_id = app.tenant_id() and a.bot_token is not null;
  if not found then
    raise exception 'No Slack workspace is connected.'
      using errcode = 'PT409', detail = 'slack_not_connected', hint = 'Give a bot token first.';
  end if;
  perform app.wake('outbox');
end
$$;

comment on function app.ask_slack(boolean, boolean) is 'p_test: whether the token is still good. p_match: who the colleagues are.';
