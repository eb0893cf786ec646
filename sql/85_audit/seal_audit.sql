-- seal_audit: the log is put under seals, chain by chain.
-- may:      called by the tick
-- refuses:  nothing
-- then:     every row of a finished transaction is sealed; what has waited too long is an alert of the platform
create or replace function app.seal_audit()
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_bound xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_waiting uuid[];
  v_tenant_id uuid;
  v_sealed bigint := 0;
begin
  -- one sealer at a time
  if not pg_try_advisory_xact_lock(hashtextextended('app.seal_audit', 0)) then
    return 0;
  end if;
  -- transaction numbers began anew: the data was restored
  if exists (select from public.audit_seals as s
             join app.audit_heads as h on h.tenant_id = s.tenant_id and h.number = s.number and h.epoch = s.epoch
             where s.until_xid > pg_snapshot_xmax(pg_current_snapshot())) then
    perform app.begin_audit_epoch();
  end if;

  v_waiting := array(select app.tenants_to_seal());
  foreach v_tenant_id in array v_waiting loop
    v_sealed := v_sealed + app.seal_tenant(v_tenant_id, v_bound);
  end loop;
  perform app.watch_seals(v_waiting);
  return v_sealed;
end
$$;

alter function app.seal_audit() owner to auditor;
comment on function app.seal_audit() is
  'Seals every tenant''s log up to the oldest running transaction, so a late commit lands in the next seal and nothing is passed over. Not called by writers: a chain that grows in their transactions would put them in a row. Answers how many rows.';
revoke all on function app.seal_audit() from public, engine;
