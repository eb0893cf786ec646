-- refuse_slack: a token opens nothing for this hotel.
-- may:      called by the worker and bind_slack
-- refuses:  nothing
-- then:     one that was offered is dropped and what there was stays; one that worked frees its workspace, with one alert, and cards wait
-- definer because it acts as engine, which cannot leave the tenant.
create or replace function app.refuse_slack(p_tenant_id uuid, p_token text, p_problem text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_is_offered boolean;
begin
  perform app.set_caller(p_tenant_id, p_actor_name => 'Slack'), set_config('app.command', 'slack', true);
  select a.offered_token is not null into v_is_offered
  from notify.slack_access as a
  where a.tenant_id = p_tenant_id and p_token = coalesce(a.offered_token, a.bot_token)
  for no key update;
  if v_is_offered is null then
    return;
  end if;
  update notify.slack_access as a
  set offered_token = null, is_test_due = false, is_match_due = a.is_match_due and v_is_offered,
      problem = case when v_is_offered or p_problem = 'workspace_taken' then p_problem else 'token_revoked' end
  where a.tenant_id = p_tenant_id;
  if not v_is_offered then
    delete from notify.senders as s where s.tenant_id = p_tenant_id and s.channel = 'slack';
    perform app.raise_alert(
      p_tenant_id, null, 'slack_refused', 'urgent',
      'Slack does not let this hotel in any more: cards to the teams wait until somebody connects the workspace anew.',
      jsonb_build_object('problem', p_problem), 'slack');
  end if;
end
$$;

alter function app.refuse_slack(uuid, text, text) owner to engine;
comment on function app.refuse_slack(uuid, text, text) is 'p_problem: token_refused, not_a_bot, workspace_taken. Of a token that is the hotel''s no more nothing changes. Worker only.';
revoke all on function app.refuse_slack(uuid, text, text) from public;
grant execute on function app.refuse_slack(uuid, text, text) to service;
