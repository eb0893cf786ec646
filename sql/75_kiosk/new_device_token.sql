-- new_device_token: the session and the secret of a kiosk's next token; the token before it is over.
-- may:      called by register_kiosk and rotate_kiosk_token
-- refuses:  nothing
-- then:     the kiosk's session is another
-- real clock: the life of a session
create or replace function app.new_device_token(p_kiosk_id uuid, p_secret text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_life constant interval := interval '1 year';
  v_session record;
begin
  insert into identity.sessions (tenant_id, session_type, expires_at)
  values (app.tenant_id(), 'kiosk', clock_timestamp() + c_life)
  returning id, expires_at into v_session;
  return jsonb_build_object(
    'role', 'kiosk', 'sub', p_kiosk_id, 'session_id', v_session.id, 'tenant_id', app.tenant_id(),
    'device_table', 'kiosk', 'jti', p_secret, 'expires_at', v_session.expires_at);
end
$$;

comment on function app.new_device_token(uuid, text) is 'Opens a session of a year for a kiosk and gives the claims of its token, which the function kiosk-register signs. Unsigned they open nothing.';
