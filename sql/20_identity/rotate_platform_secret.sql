-- rotate_platform_secret: as rotate_refresh_token, for the platform's own people.
-- may:      service, for pages and the refresh function
-- refuses:  nothing: null when the session is over, or over from now on
-- then:     the next secret opens the session; the one before it, shown late, ends it
-- real clock: the life of a secret
create or replace function app.rotate_platform_secret(p_digest bytea, p_next_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_together constant interval := interval '10 seconds';
  v_session identity.platform_sessions;
begin
  -- lock: a session turns one at a time
  select s.* into v_session
  from identity.platform_sessions as s
  where p_digest in (s.secret_digest, s.previous_digest) and s.ended_at is null and s.expires_at > clock_timestamp()
  for update;
  if not found or not exists (select from identity.platform_users as p where p.user_id = v_session.user_id and p.is_active) then
    return null;
  end if;
  if v_session.secret_digest <> p_digest and v_session.rotated_at < clock_timestamp() - c_together then
    update identity.platform_sessions as s set ended_at = clock_timestamp(), ended_because = 'refresh_reused' where s.id = v_session.id;
    insert into app.platform_alerts (kind, dedupe_key, details)
    values ('refresh_reused', 'refresh_reused:' || v_session.id, jsonb_build_object('session_id', v_session.id))
    on conflict (dedupe_key) do nothing;
    return null;
  end if;
  update identity.platform_sessions as s
  set secret_digest = p_next_digest, previous_digest = p_digest, rotated_at = clock_timestamp()
  where s.id = v_session.id;
  return jsonb_build_object('role', 'platform', 'sub', v_session.user_id, 'session_id', v_session.id, 'expires_at', v_session.expires_at);
end
$$;

alter function app.rotate_platform_secret(bytea, bytea) owner to engine;
comment on function app.rotate_platform_secret(bytea, bytea) is 'The claims of a living platform session by the sha256 of its secret, the next one kept; null when it is over or unknown.';
