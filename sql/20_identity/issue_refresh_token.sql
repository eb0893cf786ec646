-- issue_refresh_token: remembers the secret a browser was given.
-- may:      service, for the sign-in functions
-- refuses:  nothing
-- then:     the secret opens the session until it expires
-- real clock: the life of a secret
create or replace function app.issue_refresh_token(p_tenant_id uuid, p_session_id uuid, p_digest bytea, p_lifetime interval)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.set_caller(p_tenant_id);
  insert into identity.refresh_tokens (tenant_id, session_id, digest, expires_at)
  values (p_tenant_id, p_session_id, p_digest, clock_timestamp() + p_lifetime);
end
$$;

alter function app.issue_refresh_token(uuid, uuid, bytea, interval) owner to engine;
comment on function app.issue_refresh_token(uuid, uuid, bytea, interval) is 'Stores the sha256 of a session''s refresh secret; the secret itself is never stored.';
