-- set_password: a member has chosen a password.
-- may:      service, for the function auth-password, which has verified the old one
-- refuses:  nothing: false when another change was faster, or the session is over
-- then:     every other session of the person is over, in all their hotels
-- real clock: the life of a session
create or replace function app.set_password(
  p_tenant_id uuid, p_membership_id uuid, p_session_id uuid, p_known_hash text, p_password_hash text, p_address text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_user record;
begin
  perform app.set_caller(p_tenant_id, p_actor_id => p_membership_id, p_session_id => p_session_id);
  -- lock: the person; whoever waited finds that what they verified holds no more
  select u.id, u.email into v_user
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active and u.password_hash is not distinct from p_known_hash
  for no key update of u;
  if not found or not exists (
    select from identity.sessions as s
    where s.tenant_id = p_tenant_id and s.id = p_session_id and s.ended_at is null and s.expires_at > clock_timestamp()) then
    return false;
  end if;
  update identity.users as u
  set password_hash = p_password_hash, must_change_password = false, password_changed_at = app.now(), updated_at = app.now()
  where u.id = v_user.id;
  insert into identity.login_attempts (tenant_id, membership_id, outcome, address, at)
  values (p_tenant_id, p_membership_id, 'password_changed', p_address, app.now());
  perform app.forgive_login(app.login_buckets(v_user.email, p_address)),
          app.end_sessions_of_person(v_user.email, p_session_id, 'password_changed');
  return true;
end
$$;

alter function app.set_password(uuid, uuid, uuid, text, text, text) owner to engine;
comment on function app.set_password(uuid, uuid, uuid, text, text, text) is
  'Keeps the hash of a password that its owner has chosen, if p_known_hash is still the one before it; the session that chose it goes on.';
