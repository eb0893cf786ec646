-- postpone_lookup: the provider could not be asked.
-- may:      called by the worker
-- refuses:  nothing
-- then:     it is asked again later, uncounted; after ten such failures a human decides
-- real clock: the gap between two look-ups
create or replace function app.postpone_lookup(p_tenant_id uuid, p_id uuid, p_lookup_count integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_failures integer;
begin
  update public.notification_log as n
  set lookup_count = n.lookup_count - 1, lookup_failure_count = n.lookup_failure_count + 1,
      next_lookup_at = clock_timestamp() + c.lookup_gap
  from notify.channels as c
  where n.tenant_id = p_tenant_id and n.id = p_id and n.state = 'unknown' and n.lookup_count = p_lookup_count
    and n.next_lookup_at is not null and c.key = n.channel
  returning n.lookup_failure_count into v_failures;

  if v_failures >= 10 then
    perform app.ask_a_human(p_tenant_id, p_id, 'no_look_up');
  end if;
end
$$;

comment on function app.postpone_lookup(uuid, uuid, integer) is 'Plans another look-up after one that itself failed. Worker only.';
revoke all on function app.postpone_lookup(uuid, uuid, integer) from public, engine;
