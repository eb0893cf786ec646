-- claim_lookups: unknown rows whose provider is asked now.
-- The row comes back after the channel's lease if nobody reports; lookup_count is the fence of the report.
create or replace function app.claim_lookups(p_limit integer)
returns table (tenant_id uuid, id uuid, lookup_count integer, attempted_at timestamptz)
language sql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
  update public.notification_log as n
  set next_lookup_at = clock_timestamp() + c.lease, lookup_count = n.lookup_count + 1
  from notify.channels as c
  where c.key = n.channel
    and n.ctid = any (array(
      select d.ctid
      from public.notification_log as d
      where d.next_lookup_at <= clock_timestamp()
      order by d.next_lookup_at
      limit p_limit
      for update skip locked))
  returning n.tenant_id, n.id, n.lookup_count,
    (select a.started_at
     from public.notification_attempts as a
     where a.tenant_id = n.tenant_id and a.notification_id = n.id and a.fence = n.fence)
$$;

comment on function app.claim_lookups(integer) is 'Claims due look-ups with the instant their attempt began (real clock). Worker only.';
revoke all on function app.claim_lookups(integer) from public, engine;
