-- has_left_slack: whether the hotel disconnected its workspace and has given no token since.
create or replace function app.has_left_slack()
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from notify.slack_access as a
    where a.tenant_id = app.tenant_id() and num_nonnulls(a.bot_token, a.offered_token, a.problem) = 0
      and not exists (select from notify.senders as s where s.tenant_id = a.tenant_id and s.channel = 'slack'))
$$;

comment on function app.has_left_slack() is 'Then no card leaves: the installation''s own token would carry guests'' names into a workspace that is not the hotel''s.';
