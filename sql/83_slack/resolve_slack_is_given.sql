-- resolve_slack_is_given: whether any hotel of the installation was given a workspace.
-- definer because it asks of all hotels; owned by resolver, which sees nothing else.
create or replace function app.resolve_slack_is_given()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select from notify.senders as s where s.channel = 'slack')
$$;

alter function app.resolve_slack_is_given() owner to resolver;
comment on function app.resolve_slack_is_given() is 'From then on the installation''s token speaks for those alone who were given a workspace; until then it is everybody''s.';
revoke all on function app.resolve_slack_is_given() from public;
grant execute on function app.resolve_slack_is_given() to engine, service;
