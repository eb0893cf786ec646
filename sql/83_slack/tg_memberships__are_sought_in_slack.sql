-- tg_memberships__are_sought_in_slack: who joins a hotel that is connected with Slack is looked for there.
-- real clock: the worker tries at once
create or replace function app.tg_memberships__are_sought_in_slack()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.slack_access as a
  set is_match_due = true, next_try_at = clock_timestamp()
  where a.tenant_id = new.tenant_id and a.bot_token is not null and a.problem is distinct from 'token_revoked';
  return null;
end
$$;

comment on function app.tg_memberships__are_sought_in_slack() is 'Somebody invited is linked by their e-mail address without anybody asking for it.';

create or replace trigger are_sought_in_slack
  after insert on identity.memberships
  for each row
  when (new.slack_user_id is null)
  execute function app.tg_memberships__are_sought_in_slack();
