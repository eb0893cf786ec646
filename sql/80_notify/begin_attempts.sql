-- begin_attempts: the tries about to be made, committed just before the provider is called.
-- Only what is still held under its fence begins, and only what nothing holds back; what was forgotten meanwhile ends with its lease.
-- real clock: a lease
create or replace function app.begin_attempts(p_tenant_ids uuid[], p_ids uuid[], p_fences bigint[])
returns setof uuid
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
begin
  -- lock: whoever takes a lease back waits for this commit, and then sees the attempt
  perform from public.notification_log as n
  join unnest(p_tenant_ids, p_ids) as g (tenant_id, id) on n.tenant_id = g.tenant_id and n.id = g.id
  order by n.tenant_id, n.id
  for no key update of n;

  perform app.hold_back(p_tenant_ids, p_ids, p_fences);

  return query
    insert into public.notification_attempts (tenant_id, notification_id, fence, number)
    select n.tenant_id, n.id, n.fence, n.attempt_count + 1
    from unnest(p_tenant_ids, p_ids, p_fences) as g (tenant_id, id, fence)
    join public.notification_log as n on n.tenant_id = g.tenant_id and n.id = g.id
    where n.fence = g.fence and n.state = 'sending' and n.lease_until > clock_timestamp() and not app.is_forgotten(n)
    returning notification_id;
end
$$;

comment on function app.begin_attempts(uuid[], uuid[], bigint[]) is
  'Writes the attempt rows of claimed notifications and returns those that may be sent now. Worker only.';
revoke all on function app.begin_attempts(uuid[], uuid[], bigint[]) from public, engine;
