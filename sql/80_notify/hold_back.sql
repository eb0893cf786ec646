-- hold_back: of what was claimed, what may not leave now.
-- may:      called by begin_attempts, which holds the rows
-- refuses:  nothing
-- then:     suppressed with its reason, or queued once more for when quiet hours end; somebody hears of a template that is not approved; the ledger's trigger leads what is suppressed on
create or replace function app.hold_back(p_tenant_ids uuid[], p_ids uuid[], p_fences bigint[])
returns void
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
declare
  v_held record;
begin
  -- in one order: what follows of a row may lock its booking's and its property's
  for v_held in
    select m.tenant_id, m.id, m.template_key, w.reason, w.until
    from unnest(p_tenant_ids, p_ids, p_fences) as g (tenant_id, id, fence)
    join public.notification_log as m on m.tenant_id = g.tenant_id and m.id = g.id and m.fence = g.fence
    cross join lateral app.why_held_back(m) as w
    where m.state = 'sending' and m.channel <> 'slack' and w.reason is not null
    order by m.tenant_id, m.property_id, m.booking_id, m.id
  loop
    update public.notification_log as n
    set state = case when v_held.until is null then 'suppressed' else 'queued' end,
        send_after = coalesce(v_held.until, n.send_after), error_code = v_held.reason, lease_until = null, updated_at = app.now()
    where n.tenant_id = v_held.tenant_id and n.id = v_held.id;
    if v_held.reason = 'template_not_approved' then
      perform app.raise_template_alert(v_held.tenant_id, v_held.template_key);
    end if;
  end loop;
end
$$;

comment on function app.hold_back(uuid[], uuid[], bigint[]) is 'Asks app.why_held_back for each claimed message to a guest. A deferred one is claimed again when its hour comes. Worker only.';
revoke all on function app.hold_back(uuid[], uuid[], bigint[]) from public, engine;
