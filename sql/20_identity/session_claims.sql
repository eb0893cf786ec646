-- session_claims: what a token of a session says, if the session still stands.
-- may:      called by the functions that open a session or turn its secret
-- refuses:  nothing: null when whoever it is for may no longer come in
-- then:     the transaction acts for the session's caller
create or replace function app.session_claims(p_session identity.sessions)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_is_open boolean;
begin
  if p_session.session_type = 'guest' then
    v_is_open := app.enter_as_guest(p_session.tenant_id, p_session.booking_id, p_session.id, p_session.level);
  else
    v_is_open := app.enter_as_member(p_session.tenant_id, p_session.membership_id, p_session.id);
  end if;
  if not v_is_open then
    return null;
  end if;
  return jsonb_build_object(
    'role', p_session.session_type, 'sub', coalesce(p_session.membership_id, p_session.booking_id),
    'session_id', p_session.id, 'tenant_id', p_session.tenant_id, 'booking_id', p_session.booking_id,
    'level', p_session.level, 'language', app.language(), 'expires_at', p_session.expires_at);
end
$$;

comment on function app.session_claims(identity.sessions) is 'The claims of a session; null when its member left or its portal is closed.';
