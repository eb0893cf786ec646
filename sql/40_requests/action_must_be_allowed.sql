-- action_must_be_allowed: what a manager decides is decided by someone who may, by whatever way the row is written.
-- may:      called by the workflow trigger
-- refuses:  permission_missing
create or replace function app.action_must_be_allowed(p_action jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.actor_kind() = 'guest' then
    if (p_action -> 'by') ? 'guest' or (p_action -> 'by') ? 'system' then
      return;
    end if;
  -- everyday work follows commands that asked for their own permission, a check-out for one
  elsif coalesce(p_action ->> 'permission', 'hotel:requests:write') = 'hotel:requests:write' then
    return;
  end if;
  perform app.require(coalesce(p_action ->> 'permission', 'hotel:requests:write'));
end
$$;

comment on function app.action_must_be_allowed(jsonb) is
  'Refuses an action that names more than hotel:requests:write unless the session holds it; without a session nobody holds it. A guest takes the guest''s own actions only.';
