-- slack_strangers: colleagues of whom nobody said yet who they are in Slack.
create or replace function app.slack_strangers(p_tenant_id uuid)
returns table (member_id uuid, email text)
language sql
stable
set search_path = ''
as $$
  select m.id, u.email
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  where m.tenant_id = p_tenant_id and m.is_active and m.slack_user_id is null
  order by m.id
$$;

comment on function app.slack_strangers(uuid) is 'Active members without a Slack member ID, with the address that Slack is asked for. Worker only.';
revoke all on function app.slack_strangers(uuid) from public, engine;
