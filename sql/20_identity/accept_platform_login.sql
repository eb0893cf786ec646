-- accept_platform_login: the password was right.
-- may:      service, for the sign-in functions
-- refuses:  nothing
-- then:     a session of half a day, and the failures before it forgotten
-- real clock: the life of a session
create or replace function app.accept_platform_login(p_email text, p_address text, p_user_id uuid, p_secret_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_session record;
begin
  perform app.forgive_login(app.login_buckets(p_email, p_address));
  insert into identity.platform_sessions (user_id, expires_at, address)
  values (p_user_id, clock_timestamp() + interval '12 hours', p_address)
  returning id, expires_at into v_session;
  insert into identity.platform_secrets (digest, session_id) values (p_secret_digest, v_session.id);
  return jsonb_build_object(
    'role', 'platform', 'sub', p_user_id, 'session_id', v_session.id, 'expires_at', v_session.expires_at,
    'notices', app.platform_notices(p_user_id));
end
$$;

alter function app.accept_platform_login(text, text, uuid, bytea) owner to engine;
comment on function app.accept_platform_login(text, text, uuid, bytea) is 'The claims of the session just opened, with the notices not yet read; no tenant is in them. Called only once the password has been verified.';
