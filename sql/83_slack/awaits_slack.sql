-- awaits_slack: whether a hotel's Slack is to be asked something now.
-- real clock: a lease
create or replace function app.awaits_slack()
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from notify.slack_access as a
    where (a.offered_token is not null or a.is_test_due or a.is_match_due) and a.next_try_at <= clock_timestamp())
$$;

comment on function app.awaits_slack() is 'Asked by the worker once a second, before it opens a connection for it.';
revoke all on function app.awaits_slack() from public, engine;
