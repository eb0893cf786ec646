-- rotate_platform_secret: as rotate_refresh_token, for the platform's own people.
-- may:      service, for pages and the refresh function
-- refuses:  nothing: null when the session is over, or over from now on
-- then:     the next secret opens the session; a secret shown after its successor was used ends the session
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
  v_secret identity.platform_secrets;
begin
  -- lock: a family turns one at a time
  select s.* into v_session
  from identity.platform_sessions as s
  where s.id = (select k.session_id from identity.platform_secrets as k where k.digest = p_digest)
    and s.ended_at is null and s.expires_at > clock_timestamp()
  for update;
  if not found or not exists (select from identity.platform_users as p where p.user_id = v_session.user_id and p.is_active) then
    return null;
  end if;
  select k.* into v_secret from identity.platform_secrets as k where k.digest = p_digest;

  if v_secret.withdrawn_at is not null
     or exists (select from identity.platform_secrets as k where k.parent_digest = p_digest and k.used_at is not null) then
    update identity.platform_sessions as s set ended_at = clock_timestamp(), ended_because = 'refresh_reused' where s.id = v_session.id;
    insert into app.platform_alerts (kind, dedupe_key, details)
    values ('refresh_reused', 'refresh_reused:' || v_session.id, jsonb_build_object('session_id', v_session.id))
    on conflict (dedupe_key) do nothing;
    return null;
  end if;

  -- what nobody has shown gives way: beside the one that is shown, or lost on the way to the browser
  update identity.platform_secrets as k set withdrawn_at = clock_timestamp()
  where k.session_id = v_session.id and k.used_at is null and k.withdrawn_at is null and k.digest <> p_digest
    and (v_secret.used_at is null and k.parent_digest = v_secret.parent_digest
         or v_secret.used_at < clock_timestamp() - c_together and k.parent_digest = p_digest);
  update identity.platform_secrets as k set used_at = clock_timestamp() where k.digest = p_digest and k.used_at is null;
  insert into identity.platform_secrets (digest, session_id, parent_digest) values (p_next_digest, v_session.id, p_digest);
  return jsonb_build_object('role', 'platform', 'sub', v_session.user_id, 'session_id', v_session.id, 'expires_at', v_session.expires_at);
end
$$;

alter function app.rotate_platform_secret(bytea, bytea) owner to engine;
comment on function app.rotate_platform_secret(bytea, bytea) is
  'The claims of a living platform session by the sha256 of its secret, the next one kept; null when it is over or unknown. Every secret of the family is known: reuse ends the session, alerts the platform and is told to its person.';
