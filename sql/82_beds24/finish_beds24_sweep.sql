-- finish_beds24_sweep: everything that changed since the last sweep has been looked at.
-- real clock: when it ended
create or replace function app.finish_beds24_sweep(p_tenant_id uuid, p_connection_id uuid, p_until timestamptz)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.beds24_access as a
  set is_sweep_due = false, swept_at = clock_timestamp(), swept_until = greatest(a.swept_until, p_until)
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id
$$;

comment on function app.finish_beds24_sweep(uuid, uuid, timestamptz) is 'p_until is the latest modified time among what Beds24 showed; null when it showed nothing. Worker only.';
revoke all on function app.finish_beds24_sweep(uuid, uuid, timestamptz) from public, engine;
