-- unsealed: what has no seal yet, also before there is any seal at all.
create or replace function app.unsealed(p_tenant_id uuid)
returns table (row_count bigint, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with last as (
    select s.epoch, s.until_xid
    from app.audit_heads as h
    join public.audit_seals as s on s.tenant_id = h.tenant_id and s.number = h.number
    where h.tenant_id = p_tenant_id
  )
  select count(*), min(a.at)
  from public.audit_log as a
  where a.tenant_id = p_tenant_id
    and (a.epoch, a.xid) >= (coalesce((select l.epoch from last as l), 1), coalesce((select l.until_xid from last as l), '0'::xid8))
$$;

alter function app.unsealed(uuid) owner to auditor;
comment on function app.unsealed(uuid) is 'How many changes are under no seal, and when the oldest of them was made; null: all are under one.';
