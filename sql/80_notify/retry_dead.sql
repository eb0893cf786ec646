-- retry_dead: whoever looks after the machine sends what was given up again, of all tenants or of one.
-- may:      the migrating role, by the command line
-- refuses:  nothing
-- then:     dead messages are queued again, but for guests who were reached on another way, and what nobody knows any more
create or replace function app.retry_dead(p_channel text, p_id uuid, p_tenant text default null)
returns table (id uuid, channel text, event_key text, tenant text, outcome text)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row record;
begin
  for v_row in
    select n.tenant_id, n.id, n.channel, n.event_key, n.state, t.slug, coalesce(n.fallback_of, n.id) as first_id,
           app.is_forgotten(n) as is_forgotten
    from public.notification_log as n
    join public.tenants as t on t.id = n.tenant_id
    where case when p_id is not null then n.id = p_id else n.state = 'dead' end
      and n.channel = coalesce(p_channel, n.channel) and t.slug = coalesce(p_tenant, t.slug)
    order by n.created_at, n.id
    for no key update of n skip locked
  loop
    id := v_row.id;
    channel := v_row.channel;
    event_key := v_row.event_key;
    tenant := v_row.slug;
    outcome := case
      when v_row.state not in ('dead', 'failed', 'unknown') then v_row.state
      when app.has_been_reached(v_row.tenant_id, v_row.first_id) then 'reached'
      when v_row.is_forgotten then 'forgotten'
      else 'queued'
    end;
    if outcome = 'queued' then
      perform app.requeue_notification(v_row.tenant_id, v_row.id);
    end if;
    return next;
  end loop;
end
$$;

comment on function app.retry_dead(text, uuid, text) is
  'All dead messages, those of a channel or of a tenant (its slug), or one by its id, which may be failed or unknown too. outcome: queued; reached: the guest got it another way, and it is left; forgotten: its recipient or words have been deleted; else the state in which there is nothing to retry. A second call finds them queued.';
revoke all on function app.retry_dead(text, uuid, text) from public, engine, service;
