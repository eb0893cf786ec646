-- has_no_slack: whether no workspace is the hotel's: it has parted with its own, or the installation's was given to others.
create or replace function app.has_no_slack()
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (select from notify.senders as s where s.tenant_id = app.tenant_id() and s.channel = 'slack')
    and coalesce(
      (select num_nonnulls(a.bot_token, a.offered_token, a.problem) = 0 from notify.slack_access as a where a.tenant_id = app.tenant_id()),
      app.resolve_slack_is_given())
$$;

comment on function app.has_no_slack() is 'Then no card leaves: the installation''s own token would carry guests'' names into a workspace that is not the hotel''s.';
