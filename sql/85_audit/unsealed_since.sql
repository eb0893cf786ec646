-- unsealed_since: how long the oldest change has waited for its seal.
create or replace function app.unsealed_since(p_tenant_id uuid)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select min(a.at)
  from app.audit_heads as h
  left join public.audit_seals as s on s.tenant_id = h.tenant_id and s.number = h.number
  join public.audit_log as a on a.tenant_id = h.tenant_id
    and (a.epoch, a.xid) >= (coalesce(s.epoch, 1), coalesce(s.until_xid, '0'::xid8))
  where h.tenant_id = p_tenant_id
$$;

alter function app.unsealed_since(uuid) owner to auditor;
comment on function app.unsealed_since(uuid) is 'When the oldest change that is under no seal was made; null: all are.';
