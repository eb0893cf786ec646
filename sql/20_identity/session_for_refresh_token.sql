-- session_for_refresh_token: what a browser's secret stands for, if it still stands.
-- may:      service, for pages and the refresh function
-- refuses:  nothing: null when the session is over
-- then:     nothing
-- real clock: the life of a session
create or replace function app.session_for_refresh_token(p_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_token record;
  v_session record;
  v_is_open boolean;
begin
  select * into v_token from app.resolve_refresh_token(p_digest);
  if not found then
    return null;
  end if;
  perform app.set_caller(v_token.tenant_id);
  select s.* into v_session
  from identity.sessions as s
  where s.tenant_id = v_token.tenant_id
    and s.id = v_token.session_id
    and s.ended_at is null
    and s.expires_at > clock_timestamp();
  if not found then
    return null;
  end if;
  if v_session.session_type = 'guest' then
    v_is_open := app.enter_as_guest(v_session.tenant_id, v_session.booking_id, v_session.id, v_session.level);
  else
    v_is_open := app.enter_as_member(v_session.tenant_id, v_session.membership_id, v_session.id);
  end if;
  if not v_is_open then
    return null;
  end if;
  return jsonb_build_object(
    'role', v_session.session_type, 'sub', coalesce(v_session.membership_id, v_session.booking_id),
    'session_id', v_session.id, 'tenant_id', v_session.tenant_id, 'booking_id', v_session.booking_id,
    'level', v_session.level, 'language', app.language(), 'expires_at', v_session.expires_at);
end
$$;

alter function app.session_for_refresh_token(bytea) owner to engine;
comment on function app.session_for_refresh_token(bytea) is 'The claims of a living session by the sha256 of its secret; null when it is over or unknown.';
