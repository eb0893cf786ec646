-- finish_beds24: a worker lets go of a connection.
-- may:      called by the worker
-- refuses:  nothing
-- then:     after a failure it waits, longer each time; after credits ran out until they are back
-- real clock: leases
create or replace function app.finish_beds24(p_tenant_id uuid, p_connection_id uuid, p_fence bigint, p_error text, p_wait interval)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.beds24_access as a
  set lease_until = null,
      failures = case when p_error is null then 0 when p_wait is null then a.failures + 1 else a.failures end,
      next_try_at = clock_timestamp() + coalesce(
        p_wait, case when p_error is null then interval '0' else app.retry_delay('2 seconds', '10 minutes', a.failures + 1) end),
      last_error = coalesce(p_error, a.last_error),
      last_error_at = case when p_error is null then a.last_error_at else clock_timestamp() end
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id and a.fence = p_fence
$$;

comment on function app.finish_beds24(uuid, uuid, bigint, text, interval) is
  'Without an error the connection is free at once. With p_wait Beds24 asked to wait, which is no failure. Worker only.';
revoke all on function app.finish_beds24(uuid, uuid, bigint, text, interval) from public, engine;
