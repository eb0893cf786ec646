-- rows_outside_seals: whether the log holds rows of an epoch that is over, and under no seal of it.
create or replace function app.rows_outside_seals(p_tenant_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.audit_log as a
    join app.audit_heads as h on h.tenant_id = a.tenant_id
    left join public.audit_seals as l on l.tenant_id = h.tenant_id and l.number = h.number
    where a.tenant_id = p_tenant_id
      and (a.epoch > h.epoch or a.epoch < coalesce(l.epoch, 1)
           and not exists (select from public.audit_seals as s
                           where s.tenant_id = a.tenant_id and s.epoch = a.epoch and a.xid >= s.from_xid and a.xid < s.until_xid)))
$$;

alter function app.rows_outside_seals(uuid) owner to auditor;
comment on function app.rows_outside_seals(uuid) is 'A row that was put where no seal will ever look.';
