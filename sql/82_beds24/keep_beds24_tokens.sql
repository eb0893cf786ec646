-- keep_beds24_tokens: Beds24 let us in.
-- may:      called by the worker
-- refuses:  nothing
-- then:     the invite code is gone; a new access token holds for as long as Beds24 said
-- real clock: the life of tokens
create or replace function app.keep_beds24_tokens(
  p_tenant_id uuid,
  p_connection_id uuid,
  p_access_token text,
  p_seconds integer,
  p_refresh_token text default null
)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.beds24_access as a
  set access_token = p_access_token, access_until = clock_timestamp() + p_seconds * interval '1 second',
      refresh_token = coalesce(p_refresh_token, a.refresh_token), refresh_used_at = clock_timestamp(),
      invite_code = case when p_refresh_token is null then a.invite_code end
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id
$$;

comment on function app.keep_beds24_tokens(uuid, uuid, text, integer, text) is 'Keeps what /authentication/setup or /authentication/token answered. Worker only.';
revoke all on function app.keep_beds24_tokens(uuid, uuid, text, integer, text) from public, engine;
