-- settle_lookup: what the provider showed decides.
-- may:      called by the worker
-- refuses:  nothing
-- then:     one candidate: sent. None, twice a gap apart: queued again, once. Several, or none a second time: a human
-- real clock: the gap between two look-ups
create or replace function app.settle_lookup(p_tenant_id uuid, p_id uuid, p_lookup_count integer, p_candidates text[])
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.notification_log%rowtype;
  v_channel notify.channels%rowtype;
  v_new text[];
begin
  -- lock: look-ups of one recipient settle one after the other, so that two rows never take the same message
  select * into v_row from public.notification_log as n where n.tenant_id = p_tenant_id and n.id = p_id;
  perform pg_advisory_xact_lock(hashtextextended('settle_lookup:' || v_row.channel || v_row.recipient, 0));
  select * into v_row from public.notification_log as n where n.tenant_id = p_tenant_id and n.id = p_id for update;
  if v_row.state <> 'unknown' or v_row.lookup_count <> p_lookup_count or v_row.next_lookup_at is null then
    return v_row.state;
  end if;
  select * into v_channel from notify.channels as c where c.key = v_row.channel;

  -- a like message on its way may be the one that was found: look again later
  if cardinality(p_candidates) > 0 and exists (
    select from public.notification_log as n
    where n.state = 'sending' and n.channel = v_row.channel and n.recipient = v_row.recipient
  ) then
    update public.notification_log as n
    set lookup_count = n.lookup_count - 1, next_lookup_at = clock_timestamp() + v_channel.lookup_gap
    where n.tenant_id = p_tenant_id and n.id = p_id;
    return 'unknown';
  end if;

  -- ids that the ledger already has belong to other messages
  v_new := array(
    select c from unnest(p_candidates) as c
    where not exists (select from public.notification_attempts as a where a.provider_id = c));

  if cardinality(v_new) = 1 then
    perform app.mark_sent(array[p_tenant_id], array[p_id], array[v_row.fence], v_new);
  elsif cardinality(v_new) > 1 then
    perform app.ask_a_human(p_tenant_id, p_id, 'several_candidates');
  elsif v_row.lookup_count < 2 then
    update public.notification_log as n
    set next_lookup_at = clock_timestamp() + v_channel.lookup_gap
    where n.tenant_id = p_tenant_id and n.id = p_id;
  elsif v_row.is_resent then
    perform app.ask_a_human(p_tenant_id, p_id, 'not_found_again');
  else
    update public.notification_log as n
    set state = 'queued', is_resent = true, next_lookup_at = null, send_after = app.now(), updated_at = app.now()
    where n.tenant_id = p_tenant_id and n.id = p_id;
  end if;
  return (select n.state from public.notification_log as n where n.tenant_id = p_tenant_id and n.id = p_id);
end
$$;

comment on function app.settle_lookup(uuid, uuid, integer, text[]) is
  'Settles an unknown notification by the provider ids that a look-up found, and returns its state. Worker only.';
revoke all on function app.settle_lookup(uuid, uuid, integer, text[]) from public, engine;
