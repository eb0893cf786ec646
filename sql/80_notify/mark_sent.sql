-- mark_sent: the provider accepted; its ids are kept, and alerts that this disproves are closed.
-- An older fence no longer counts for the row; its attempt keeps what was answered.
-- real clock: an attempt took place when it did
create or replace function app.mark_sent(p_tenant_ids uuid[], p_ids uuid[], p_fences bigint[], p_provider_ids text[])
returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
declare
  v_now timestamptz := app.now();
begin
  -- lock: the rows before their attempts, as callbacks do
  perform from public.notification_log as n
  join unnest(p_tenant_ids, p_ids) as g (tenant_id, id) on n.tenant_id = g.tenant_id and n.id = g.id
  order by n.tenant_id, n.id
  for no key update of n;

  update public.notification_attempts as a
  set outcome = 'accepted', provider_id = g.provider_id, ended_at = clock_timestamp()
  from unnest(p_tenant_ids, p_ids, p_fences, p_provider_ids) as g (tenant_id, id, fence, provider_id)
  where a.tenant_id = g.tenant_id and a.notification_id = g.id and a.fence = g.fence;

  update public.notification_log as n
  set state = case when app.notification_rank(n.state) > 1 then n.state else 'sent' end,
      lease_until = null, next_lookup_at = null, provider_id = g.provider_id,
      attempt_count = n.attempt_count + case when n.state = 'sending' then 1 else 0 end,
      error_code = null, error_message = null, sent_at = coalesce(n.sent_at, v_now), updated_at = v_now
  from unnest(p_tenant_ids, p_ids, p_fences, p_provider_ids) as g (tenant_id, id, fence, provider_id)
  where n.tenant_id = g.tenant_id and n.id = g.id and n.fence = g.fence and n.state in ('sending', 'unknown', 'queued');

  perform app.resolve_sending_alerts(p_tenant_ids, p_ids);
end
$$;

comment on function app.mark_sent(uuid[], uuid[], bigint[], text[]) is
  'Marks what the provider accepted as sent, under the fence of its claim; also a row that was given up meanwhile. Worker only.';
revoke all on function app.mark_sent(uuid[], uuid[], bigint[], text[]) from public, engine;
