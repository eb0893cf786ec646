-- set_password: a member has chosen a password.
-- may:      service, for the function auth-password, which has verified the old one
-- refuses:  nothing: false when another change was faster, or the session is over
-- then:     every other session of the person is over, and the password holds wherever the old one did
-- real clock: the life of a session
create or replace function app.set_password(
  p_tenant_id uuid, p_membership_id uuid, p_session_id uuid, p_known text, p_password_hash text, p_address text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_user record;
  v_is_whole boolean;
  v_own record;
begin
  perform app.set_caller(p_tenant_id);
  v_is_whole := app.is_whole_account(
    (select u.email from identity.memberships as m join identity.users as u on u.id = m.user_id
     where m.tenant_id = p_tenant_id and m.id = p_membership_id), p_tenant_id, p_membership_id);
  perform app.set_caller(p_tenant_id, p_actor_id => p_membership_id, p_session_id => p_session_id);
  -- lock: the person; whoever waited finds that what they verified holds no more
  select u.id, u.email into v_user
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active
  for no key update of u;
  if not found or p_known is distinct from (
    select coalesce(w.password_hash, encode(w.one_time_digest, 'hex'))
    from identity.passwords as w
    where w.tenant_id = p_tenant_id and w.membership_id = p_membership_id)
  or not exists (
    select from identity.sessions as s
    where s.tenant_id = p_tenant_id and s.id = p_session_id and s.ended_at is null and s.expires_at > clock_timestamp()) then
    return false;
  end if;
  insert into identity.login_attempts (tenant_id, membership_id, outcome, address, at)
  values (p_tenant_id, p_membership_id, 'password_changed', p_address, app.now());
  perform app.forgive_login(app.login_buckets(v_user.email, p_address), v_is_whole),
          app.end_sessions_of_person(p_tenant_id, p_membership_id, p_session_id, 'password_changed');
  for v_own in select r.tenant_id, r.membership_id from app.memberships_of_person(p_tenant_id, p_membership_id) as r loop
    perform app.keep_password(v_own.tenant_id, v_own.membership_id, p_password_hash);
  end loop;
  return true;
end
$$;

alter function app.set_password(uuid, uuid, uuid, text, text, text) owner to engine;
comment on function app.set_password(uuid, uuid, uuid, text, text, text) is
  'Keeps the hash of a password that its owner has chosen, if p_known is still what stood before it (a hash, or a password for once in hexadecimal); the session that chose it goes on.';
