-- open_development_session: signs in as someone of the cast, without a password.
-- may:      service, in the development build only: production does not have this function
-- refuses:  nothing: null when there is no such member
-- then:     a session of seven days
-- real clock: the life of a session
create or replace function app.open_development_session(p_email text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_login record;
  v_session record;
begin
  select r.tenant_id, r.membership_id into v_login from app.resolve_login(p_email) as r limit 1;
  if not found or not app.enter_as_member(v_login.tenant_id, v_login.membership_id, null) then
    return null;
  end if;
  insert into identity.sessions (tenant_id, session_type, membership_id, expires_at)
  values (v_login.tenant_id, app.session_role(), v_login.membership_id, clock_timestamp() + interval '7 days')
  returning id, expires_at into v_session;
  return jsonb_build_object(
    'role', app.session_role(), 'sub', v_login.membership_id, 'session_id', v_session.id,
    'tenant_id', v_login.tenant_id, 'booking_id', null, 'level', null,
    'language', app.language(), 'expires_at', v_session.expires_at);
end
$$;

alter function app.open_development_session(text) owner to engine;
comment on function app.open_development_session(text) is 'Development build only: opens a session for a member by e-mail and gives its claims.';
