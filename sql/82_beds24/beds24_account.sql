-- beds24_account: how to reach Beds24 for a connection.
-- real clock: tokens and credits
create or replace function app.beds24_account(p_tenant_id uuid, p_connection_id uuid)
returns table (state text, refresh_token text, access_token text, access_seconds double precision, wait_seconds double precision)
language sql
stable
set search_path = ''
as $$
  select a.state, a.refresh_token, a.access_token, extract(epoch from a.access_until - clock_timestamp())::double precision,
         case when a.credits_left < 10 then extract(epoch from a.credits_until - clock_timestamp())::double precision end
  from notify.beds24_access as a
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id
$$;

comment on function app.beds24_account(uuid, uuid) is 'wait_seconds: how long to leave Beds24 alone because hardly any credits are left; null or below 0: not at all. Worker only.';
revoke all on function app.beds24_account(uuid, uuid) from public, engine;
