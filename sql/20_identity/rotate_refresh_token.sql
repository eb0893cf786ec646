-- rotate_refresh_token: a browser's secret is shown, and gives way to the next.
-- may:      service, for pages and the refresh function
-- refuses:  nothing: null when the session is over, or over from now on
-- then:     the next secret opens the session; a secret shown after its successor was used ends the session
-- real clock: the life of a secret
create or replace function app.rotate_refresh_token(p_digest bytea, p_next_digest bytea, p_roles text[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_life constant interval := interval '7 days';
  c_together constant interval := interval '10 seconds';
  v_found record;
  v_session identity.sessions;
  v_token identity.refresh_tokens;
begin
  select * into v_found from app.resolve_refresh_token(p_digest);
  if not found then
    return null;
  end if;
  perform app.set_caller(v_found.tenant_id);
  -- lock: a family turns one at a time
  select s.* into v_session
  from identity.sessions as s
  where s.tenant_id = v_found.tenant_id and s.id = v_found.session_id
    and s.session_type = any (p_roles) and s.ended_at is null and s.expires_at > clock_timestamp()
  for update;
  if not found then
    return null;
  end if;
  perform set_config('app.session_id', v_session.id::text, true);
  select t.* into v_token from identity.refresh_tokens as t where t.tenant_id = v_found.tenant_id and t.digest = p_digest;

  if v_token.withdrawn_at is not null
     or exists (select from identity.refresh_tokens as t
                where t.tenant_id = v_token.tenant_id and t.parent_id = v_token.id and t.used_at is not null) then
    perform app.report_reuse(v_session);
    return null;
  end if;
  if v_token.expires_at <= clock_timestamp() then
    return null;
  end if;

  -- what nobody has shown gives way: beside the one that is shown, or lost on the way to the browser
  update identity.refresh_tokens as t set withdrawn_at = clock_timestamp()
  where t.tenant_id = v_token.tenant_id and t.used_at is null and t.withdrawn_at is null and t.id <> v_token.id
    and (v_token.used_at is null and t.parent_id = v_token.parent_id
         or v_token.used_at < clock_timestamp() - c_together and t.parent_id = v_token.id);
  update identity.refresh_tokens as t set used_at = clock_timestamp()
  where t.tenant_id = v_token.tenant_id and t.id = v_token.id and t.used_at is null;
  insert into identity.refresh_tokens (tenant_id, session_id, parent_id, digest, expires_at)
  values (v_token.tenant_id, v_token.session_id, v_token.id, p_next_digest, least(clock_timestamp() + c_life, v_session.expires_at));
  return app.session_claims(v_session);
end
$$;

alter function app.rotate_refresh_token(bytea, bytea, text[]) owner to engine;
comment on function app.rotate_refresh_token(bytea, bytea, text[]) is
  'The claims of a living session by the sha256 of its secret, and the next secret kept; null when it is over, unknown or of another flow. A secret may be shown again while no successor of it has been used: within ten seconds callers came together, later the answer was lost. Anything else is reuse: the session ends, its member and the owner hear of it.';
