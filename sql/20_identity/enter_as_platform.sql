-- enter_as_platform: the transaction acts for somebody of the platform, in no tenant.
-- real clock: the life of a session
create or replace function app.enter_as_platform(p_session_id uuid, p_user_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text;
begin
  select p.display_name into v_name
  from identity.platform_sessions as s
  join identity.platform_users as p on p.user_id = s.user_id and p.is_active
  where s.id = p_session_id and s.user_id = p_user_id and s.ended_at is null and s.expires_at > clock_timestamp();
  if not found then
    return false;
  end if;
  perform app.set_caller(null, 'platform', p_user_id, v_name, p_session_id);
  return true;
end
$$;

comment on function app.enter_as_platform(uuid, uuid) is 'Sets the caller to a platform user with a living session; no tenant stands, so no tenant''s row is theirs to change.';
