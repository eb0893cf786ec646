-- resolve_sending_alerts: what was just taken shows that its template, its team, its address and its channel are well.
-- may:      called by the worker's functions
-- refuses:  nothing
-- then:     the alerts of template:*, pile:*, team_has_no_channel:* and channel:* that it disproves are closed
create or replace function app.resolve_sending_alerts(p_tenant_ids uuid[], p_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  v_channel text;
begin
  update public.alerts as a
  set resolved_at = app.now()
  from unnest(p_tenant_ids, p_ids) as g (tenant_id, id)
  join public.notification_log as n on n.tenant_id = g.tenant_id and n.id = g.id
  cross join lateral (values
    ('template:' || n.template_key),
    (app.pile_key(n.channel, n.recipient, n.booking_id)),
    (format('team_has_no_channel:%s:%s', n.property_id, n.variables ->> 'team'))) as k (key)
  where a.tenant_id = g.tenant_id and a.dedupe_key = k.key and a.resolved_at is null;

  for v_channel in
    select p.details ->> 'channel' from app.platform_alerts as p
    where p.kind = 'channel_closed' and p.resolved_at is null
      and p.details ->> 'channel' in (
        select n.channel from unnest(p_tenant_ids, p_ids) as g (tenant_id, id)
        join public.notification_log as n on n.tenant_id = g.tenant_id and n.id = g.id)
  loop
    perform app.reopen_channel(v_channel);
  end loop;
end
$$;

comment on function app.resolve_sending_alerts(uuid[], uuid[]) is 'Closes alerts about sending that the messages just taken disprove. Worker only.';
revoke all on function app.resolve_sending_alerts(uuid[], uuid[]) from public, engine;
