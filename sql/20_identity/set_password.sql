-- set_password: a member has chosen a password.
-- may:      service, for the function auth-password, which has verified the old one
-- refuses:  nothing
-- then:     every other session of the person is over, in all their hotels
create or replace function app.set_password(p_tenant_id uuid, p_membership_id uuid, p_session_id uuid, p_password_hash text, p_address text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_email text;
begin
  perform app.set_caller(p_tenant_id, p_actor_id => p_membership_id, p_session_id => p_session_id);
  update identity.users as u
  set password_hash = p_password_hash, must_change_password = false, password_changed_at = app.now(), updated_at = app.now()
  from identity.memberships as m
  where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active and u.id = m.user_id
  returning u.email into v_email;
  if not found then
    return;
  end if;
  insert into identity.login_attempts (tenant_id, membership_id, outcome, address, at)
  values (p_tenant_id, p_membership_id, 'password_changed', p_address, app.now());
  perform app.forgive_login(app.login_buckets(v_email, p_address)),
          app.end_sessions_of_person(v_email, p_session_id, 'password_changed');
end
$$;

alter function app.set_password(uuid, uuid, uuid, text, text) owner to engine;
comment on function app.set_password(uuid, uuid, uuid, text, text) is 'Keeps the hash of a password that its owner has chosen; the session that chose it goes on.';
