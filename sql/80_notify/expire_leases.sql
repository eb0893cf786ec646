-- expire_leases: rows whose worker went silent.
-- may:      called by the worker
-- refuses:  nothing
-- then:     without an attempt under its fence a row is simply queued again; with one its outcome is unknown
create or replace function app.expire_leases()
returns integer
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
declare
  v_row record;
  v_count integer := 0;
begin
  -- lock first: the question for the attempt is then a later statement, which sees every committed one
  for v_row in
    select n.tenant_id, n.id, n.fence
    from public.notification_log as n
    where n.state = 'sending' and n.lease_until < clock_timestamp()
    order by n.lease_until
    limit 500
    for update skip locked
  loop
    v_count := v_count + 1;
    if exists (
      select from public.notification_attempts as a
      where a.tenant_id = v_row.tenant_id and a.notification_id = v_row.id and a.fence = v_row.fence
    ) then
      perform app.mark_unknown(v_row.tenant_id, v_row.id, v_row.fence, 'lease_expired', null);
    else
      update public.notification_log as n
      set state = 'queued', lease_until = null, updated_at = app.now()
      where n.tenant_id = v_row.tenant_id and n.id = v_row.id;
    end if;
  end loop;
  return v_count;
end
$$;

comment on function app.expire_leases() is 'Takes back leases that ran out (real clock) and returns how many. Worker only.';
revoke all on function app.expire_leases() from public, engine;
