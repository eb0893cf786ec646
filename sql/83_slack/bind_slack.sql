-- bind_slack: Slack said which workspace a token opens.
-- may:      called by the worker
-- refuses:  nothing: a workspace that is another hotel's leaves the token dropped, with a problem to read
-- then:     the workspace is this hotel's alone, its cards leave with the token, and colleagues are looked for
-- definer because it acts as engine, which cannot leave the tenant.
-- real clock: the test; what waited leaves at once
create or replace function app.bind_slack(p_tenant_id uuid, p_token text, p_team_id text, p_team_name text, p_bot_name text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_access notify.slack_access;
begin
  perform app.set_caller(p_tenant_id, p_actor_name => 'Slack'), set_config('app.command', 'slack', true);
  -- lock: the hotel's way in; a token given, or taken away, meanwhile is looked at in its turn
  select a.* into v_access from notify.slack_access as a where a.tenant_id = p_tenant_id for no key update;
  if p_token is distinct from coalesce(v_access.offered_token, v_access.bot_token) then
    return false;
  end if;

  insert into notify.senders as s (tenant_id, channel, address, created_at) values (p_tenant_id, 'slack', p_team_id, app.now())
  on conflict (tenant_id, channel) do update
  set address = excluded.address, created_at = excluded.created_at
  where s.address <> excluded.address;
  update notify.slack_access as a
  set bot_token = p_token, offered_token = null, team_id = p_team_id, team_name = left(p_team_name, 120), bot_name = left(p_bot_name, 120),
      connected_at = case when a.team_id = p_team_id then coalesce(a.connected_at, app.now()) else app.now() end,
      tested_at = clock_timestamp(), problem = null, is_match_due = a.is_match_due or a.offered_token is not null
  where a.tenant_id = p_tenant_id;
  perform app.resolve_alert(p_tenant_id, 'slack');
  update public.notification_log as n
  set send_after = app.now(), updated_at = app.now()
  where n.tenant_id = p_tenant_id and n.channel = 'slack' and n.state = 'queued' and n.send_after > app.now() and n.attempt_count > 0;
  return true;
exception
  when unique_violation then
    perform app.refuse_slack(p_tenant_id, p_token, 'workspace_taken');
    return false;
end
$$;

alter function app.bind_slack(uuid, text, text, text, text) owner to engine;
comment on function app.bind_slack(uuid, text, text, text, text) is
  'What auth.test answered to a token. The team comes from Slack, never from a form. False where nothing came of it. Worker only.';
revoke all on function app.bind_slack(uuid, text, text, text, text) from public;
grant execute on function app.bind_slack(uuid, text, text, text, text) to service;
