-- seal_tenant: the next seals of one tenant's chain.
-- may:      called by seal_audit, which lets one in at a time
-- refuses:  nothing
-- then:     rows of finished transactions are under a seal; those of a running one wait for the next
create or replace function app.seal_tenant(p_tenant_id uuid, p_bound xid8)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_last constant xid8 := xid8 '18446744073709551615';
  c_batch constant integer := 20000;
  v_head app.audit_heads;
  v_last public.audit_seals;
  v_seal public.audit_seals;
  v_rows record;
  v_sealed bigint := 0;
begin
  insert into app.audit_heads (tenant_id) values (p_tenant_id) on conflict do nothing;
  select h.* into v_head from app.audit_heads as h where h.tenant_id = p_tenant_id;
  select s.* into v_last from public.audit_seals as s where s.tenant_id = p_tenant_id and s.number = v_head.number;

  v_seal.tenant_id := p_tenant_id;
  for v_epoch in coalesce(v_last.epoch, 1)..v_head.epoch loop
    v_seal.epoch := v_epoch;
    v_seal.from_xid := case when v_epoch = v_last.epoch then v_last.until_xid else '0' end;
    loop
      -- every transaction of an epoch that is over has ended
      v_seal.until_xid := case when v_epoch < v_head.epoch then c_last else p_bound end;
      exit when v_seal.from_xid >= v_seal.until_xid;
      v_seal.until_xid := coalesce(
        (select b.xid
         from (select a.xid
               from public.audit_log as a
               where a.tenant_id = p_tenant_id and a.epoch = v_epoch and a.xid >= v_seal.from_xid and a.xid < v_seal.until_xid
               order by a.xid offset c_batch limit 1) as b
         where b.xid > v_seal.from_xid),
        v_seal.until_xid);
      v_rows := app.digest_rows(p_tenant_id, v_epoch, v_seal.from_xid, v_seal.until_xid);
      exit when v_rows.row_count = 0;

      v_seal.number := v_head.number + 1;
      v_seal.row_count := v_rows.row_count;
      v_seal.sealed_at := app.now();
      v_seal.digest := app.digest_seal(v_seal, v_head.digest, v_rows.digest);
      insert into public.audit_seals select v_seal.*;
      v_head.number := v_seal.number;
      v_head.digest := v_seal.digest;
      v_seal.from_xid := v_seal.until_xid;
      v_sealed := v_sealed + v_rows.row_count;
    end loop;
  end loop;

  update app.audit_heads as h
  set number = v_head.number, digest = v_head.digest
  where h.tenant_id = p_tenant_id and h.number <> v_head.number;
  return v_sealed;
end
$$;

alter function app.seal_tenant(uuid, xid8) owner to auditor;
comment on function app.seal_tenant(uuid, xid8) is
  'Seals what transactions below the bound have written, about 20,000 rows a seal (a transaction is never parted), and moves the head. Answers how many rows.';
