-- link_slack_user: Slack knows a colleague by their e-mail address.
-- may:      called by the worker
-- refuses:  nothing: who is linked already, or whose Slack user is a colleague already, stays as they are
-- then:     buttons pressed in Slack count as theirs
-- definer because it acts as engine, which cannot leave the tenant.
create or replace function app.link_slack_user(p_tenant_id uuid, p_member_id uuid, p_slack_user_id text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.set_caller(p_tenant_id, p_actor_name => 'Slack'), set_config('app.command', 'slack', true);
  update identity.memberships as m
  set slack_user_id = p_slack_user_id, updated_at = app.now()
  where m.tenant_id = p_tenant_id and m.id = p_member_id and m.is_active and m.slack_user_id is null
    and p_slack_user_id ~ '^[UW][A-Z0-9]{6,20}$'
    and not exists (select from identity.memberships as o where o.tenant_id = p_tenant_id and o.slack_user_id = p_slack_user_id);
  return found;
exception
  when unique_violation then
    return false;
end
$$;

alter function app.link_slack_user(uuid, uuid, text) owner to engine;
comment on function app.link_slack_user(uuid, uuid, text) is 'What users.lookupByEmail answered for a member. Whether it linked them. Worker only.';
revoke all on function app.link_slack_user(uuid, uuid, text) from public;
grant execute on function app.link_slack_user(uuid, uuid, text) to service;
